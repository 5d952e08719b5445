"""Export a site's articles and comments to a file, as a stream."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, Protocol

from django.db.models import Exists, OuterRef

from comments import encryption
from comments.archives.files import Progress
from comments.models import Article, Comment, Site

_BATCH = 2000
_COLUMNS = (
    *("id", "article_id", "parent_id", "reply_to_id", "author_name", "author_url", "author_key"),
    *("text", "status", "reason", "created_at", "edited_at", "vote_count__votes"),
    *("staff_answer", "pick"),
)
_EMAIL = "contact__sealed_email"

Row = Mapping[str, Any]


class Writer(Protocol):
    """Writes one format; `comment` gets the columns of a row, and the e-mail as `email`."""

    def begin(self, site: Site) -> None: ...

    def article(self, article: Article) -> None: ...

    def comment(self, article: Article, row: Row) -> None: ...

    def end_article(self) -> None: ...

    def end(self) -> None: ...


@dataclass
class Exported:
    """How many articles, comments and e-mails were written."""

    articles: int = 0
    comments: int = 0
    emails: int = 0
    # Encrypted with a key that CONTACT_KEYS lacks.
    unreadable: int = 0


def count(site: Site) -> int:
    return Comment.objects.filter(article__site=site).count()


def export(site: Site, writer: Writer, progress: Progress, *, emails: bool) -> Exported:
    """Write all articles with comments, and all comments in any status, each after its parent."""
    done = Exported()
    columns = (*_COLUMNS, _EMAIL) if emails else _COLUMNS
    found = Comment.objects.filter(article__site=site).order_by("article_id", "id")
    rows = found.values(*columns).iterator(_BATCH)
    articles = _articles(site)
    writer.begin(site)
    for number, of_article in groupby(rows, key=itemgetter("article_id")):
        article = next(each for each in articles if each.pk == number)
        writer.article(article)
        for row in of_article:
            writer.comment(article, {**row, "email": _email(row, done)})
            done.comments += 1
            progress(1)
        writer.end_article()
        done.articles += 1
    writer.end()
    return done


def _articles(site: Site) -> Iterator[Article]:
    has_comments = Exists(Comment.objects.filter(article=OuterRef("pk")))
    found = Article.objects.filter(has_comments, site=site).defer("text").order_by("pk")
    return found.iterator(_BATCH)


def _email(row: Row, done: Exported) -> str:
    try:
        email = encryption.unseal(row.get(_EMAIL) or "")
    except encryption.WrongKeyError:
        done.unreadable += 1
        return ""
    done.emails += bool(email)
    return email
