"""What a comment says of its own: without what it takes from the page that it stands on.

That is the article, the comment that it answers, and those of the discussion that it quotes.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from django.utils.html import strip_tags

from comments.models import Article, Comment, Status
from moderation.campaigns.mentions import contacts_in, mentions
from moderation.campaigns.near_duplicates import LEAST_WORDS, Runs, Stems, runs, without, words
from moderation.policy.lexicon import lines
from moderation.policy.reading import normalized

# So many of a discussion's latest published comments are looked through for what is quoted.
LOOKED_THROUGH = 300
# Of an article so many characters count.
ARTICLE_READ = 50_000
_PASSAGE = re.compile(r"^[ \t]*>.*$|«[^«»]+»|“[^“”]+”|„[^„“”]+[“”]|\"[^\"\n]+\"", re.MULTILINE)
_LEAST_PASSAGE = 3
# No more passages of one comment are looked for, the longest first.
_MOST_PASSAGES = 20


@dataclass(frozen=True)
class Own:
    """The words and contacts of a comment that are neither the page's nor another comment's."""

    words: frozenset[str]
    contacts: frozenset[str]

    @cached_property
    def rare(self) -> frozenset[str]:
        """The words without those of prayers, condolences and the like."""
        return self.words - _formulas()

    @property
    def is_long(self) -> bool:
        return len(self.words) >= LEAST_WORDS


@dataclass(frozen=True)
class _Said:
    """A published comment of a discussion: its thread, its author, its words but for quotations."""

    thread: int
    name: str
    words: str


@dataclass(frozen=True)
class _Page:
    """What stands around some comments, in three queries however many they are."""

    articles: Mapping[int, str]
    parents: Mapping[int, str]
    # Of each article the latest published comments.
    said: Mapping[int, Sequence[_Said]]


def own_of(comments: Sequence[Comment], *, compared: Collection[int]) -> dict[int, Own]:
    """What each of these comments says of its own; words only of those that are compared."""
    if not comments:
        return {}
    page = _page_of(comments)
    texts = {comment.pk: _unquoted(comment, page) for comment in comments}
    read = [pk for pk in texts if pk in compared]
    stems = dict(zip(read, words([texts[pk] for pk in read]), strict=True))
    return {c.pk: _own(c, texts[c.pk], stems.get(c.pk, ()), page) for c in comments}


def _own(comment: Comment, text: str, stems: Stems, page: _Page) -> Own:
    article, parent = page.articles[comment.article_id], page.parents.get(comment.parent_id or 0)
    around = (article, parent) if parent else (article,)
    elsewhere: Runs = frozenset().union(*map(_runs_of, around)) if stems else frozenset()
    contacts = contacts_in(text)
    if contacts:
        contacts = contacts.difference(_called(comment, page), *map(_contacts_of, around))
    return Own(without(stems, elsewhere), contacts)


def _called(comment: Comment, page: _Page) -> set[str]:
    """The handles that are names of others in the thread: readers call each other "@name"."""
    called = {each.name for each in mentions(comment.text) if comment.text[each.start] == "@"}
    said = page.said.get(comment.article_id, ())
    thread = [each for each in said if each.thread == comment.parent_id]
    return called & {f"handle:{each.name.lower()}" for each in thread}


def _page_of(comments: Sequence[Comment]) -> _Page:
    articles = Article.objects.filter(pk__in={comment.article_id for comment in comments})
    parents = Comment.objects.filter(pk__in={c.parent_id for c in comments if c.parent_id})
    return _Page(
        articles={article.pk: _whole(article) for article in articles},
        parents=dict(parents.values_list("pk", "text")),
        said=_said({c.article_id for c in comments if "@" in c.text or _passages(c.text)}),
    )


def _whole(article: Article) -> str:
    """With its markup: that is where its links are."""
    return f"{article.title}\n{article.text}"[:ARTICLE_READ]


def _said(articles: Iterable[int]) -> Mapping[int, list[_Said]]:
    said: dict[int, list[_Said]] = defaultdict(list)
    if articles:
        published = Comment.objects.filter(article__in=articles, status=Status.PUBLISHED)
        for other in published.order_by("-pk")[:LOOKED_THROUGH]:
            words_alone = normalized(_PASSAGE.sub(" ", other.text))
            thread = other.parent_id or other.pk
            said[other.article_id].append(_Said(thread, other.author_name, words_alone))
    return said


def _unquoted(comment: Comment, page: _Page) -> str:
    """The text without the passages that another published comment of the discussion has."""
    passages = _passages(comment.text)
    if not passages:
        return comment.text
    others = [f" {said.words} " for said in page.said.get(comment.article_id, ())]
    as_spoken = {passage: f" {normalized(passage)} " for passage in passages}
    quoted = {p for p, said in as_spoken.items() if any(said in text for text in others)}
    return _PASSAGE.sub(lambda found: " " if found[0] in quoted else found[0], comment.text)


def _passages(text: str) -> list[str]:
    found = sorted(_PASSAGE.findall(text), key=len, reverse=True)[:_MOST_PASSAGES]
    return [passage for passage in found if normalized(passage).count(" ") + 1 >= _LEAST_PASSAGE]


@cache
def _formulas() -> frozenset[str]:
    """The words of what many people say alike: condolences, prayers, the anthem, alerts."""
    return frozenset().union(*words(lines("formulas")))


@lru_cache(maxsize=64)
def _runs_of(text: str) -> Runs:
    """Of a page's text; the same few articles are asked for again and again."""
    plain = strip_tags(text)
    # No more is read of one text than of a comment.
    pieces = [plain[start : start + 4000] for start in range(0, len(plain), 4000)]
    return runs(tuple(stem for stems in words(pieces) for stem in stems))


@lru_cache(maxsize=64)
def _contacts_of(text: str) -> frozenset[str]:
    return contacts_in(text)
