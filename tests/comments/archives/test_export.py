"""What is exported comes in again as it was: all of it in JSON Lines, and in WXR."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comments.models import Article, Comment, Pick, Site, StaffAnswer, Status, VoteCount
from moderation.models import PrivacyDeed, PrivacyEntry
from tests.comments.archives.conftest import Import
from tests.makers import make_article, make_comment

pytestmark = pytest.mark.django_db
FORMATS = pytest.mark.parametrize("form", ["jsonl", "wxr"])


def take_out(path: Path, form: str, **options: Any) -> str:
    out = io.StringIO()
    path.unlink(missing_ok=True)
    call_command("export_comments", str(path), format=form, stdout=out, stderr=out, **options)
    return out.getvalue()


def threads(site: str = "main") -> list[Any]:
    """All that readers and moderators see, without our numbers."""
    rows = Comment.objects.filter(article__site=site).select_related(
        "parent", "branch", "reply_to", "vote_count", "staff_answer", "pick", "article"
    )
    found = sorted(rows, key=lambda each: (each.article.url, each.pk))
    names = {None: None} | {each.pk: number for number, each in enumerate(found)}
    authors = list(dict.fromkeys(each.author_key for each in found))
    return [
        (
            (each.article.key, each.article.title, each.article.url, each.article.published_count),
            (names[each.parent_id], names[each.branch_id], names[each.reply_to_id]),
            (each.author_name, each.author_url, authors.index(each.author_key)),
            (each.text, each.created_at.replace(microsecond=0), each.status),
            each.reason if each.status == Status.REJECTED else "",
            each.vote_count.votes if hasattr(each, "vote_count") else 0,
            (hasattr(each, "staff_answer"), hasattr(each, "pick")),
        )
        for each in found
    ]


_TEXTS = st.text(
    st.characters(
        codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Mn", "Me"], include_characters="\n"
    ),
    max_size=60,
).map(lambda text: f"Текст {text}".strip())
_COMMENTS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.one_of(st.none(), st.integers(0, 8)),
        _TEXTS,
        st.sampled_from([s for s in Status if s != Status.PENDING]),
        st.integers(0, 3),
        st.integers(0, 4),
        st.booleans(),
        st.booleans(),
    ),
    min_size=1,
    max_size=9,
)


def _store(drawn: list[tuple[Any, ...]]) -> None:
    articles = [make_article(url=f"http://testserver/{n}", key=f"a{n}") for n in range(3)]
    made: list[Comment] = []
    for article, above, text, status, votes, author, is_staff, is_picked in drawn:
        parent = made[above % len(made)] if above is not None and made else None
        comment = make_comment(
            parent.article if parent else articles[article],
            status,
            text=text.replace("\u202e", "").replace("\u202d", "") + f" {len(made)}",
            author_name=f"Читач {author}",
            author_email=f"r{author}@example.org",
            parent=parent,
        )
        if votes:
            VoteCount.objects.create(comment=comment, votes=votes)
        if is_staff:
            StaffAnswer.objects.create(comment=comment)
        if is_picked and status == Status.PUBLISHED:
            Pick.objects.create(comment=comment)
        made.append(comment)


@FORMATS
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(drawn=_COMMENTS)
def test_what_goes_out_comes_in_the_same(
    form: str, drawn: list[tuple[Any, ...]], bring: Import, tmp_path: Path
) -> None:
    path = tmp_path / f"out.{form}"
    with transaction.atomic():
        _store(drawn)
        was = threads()
        take_out(path, form)
        transaction.set_rollback(True)
    with transaction.atomic():
        bring(path, form)
        assert threads() == was
        assert _recounted() == dict(Article.objects.values_list("pk", "published_count"))
        transaction.set_rollback(True)


def _recounted() -> dict[int, int]:
    return {each.pk: each.comments.visible().count() for each in Article.objects.all()}


@FORMATS
def test_a_site_knows_its_own_comments_again(form: str, bring: Import, tmp_path: Path) -> None:
    root = make_comment()
    make_comment(root.article, parent=root)
    take_out(tmp_path / "own", form)
    assert "0 new comments; 2 were here already" in bring(tmp_path / "own", form)
    assert Comment.objects.count() == 2


def test_both_formats_of_one_site_are_the_same_comments_elsewhere(
    bring: Import, tmp_path: Path
) -> None:
    make_comment(make_article(url="http://testserver/1"))
    other = Site.objects.create(key="other", name="Інша")
    for form, new in (("jsonl", 1), ("wxr", 0)):
        take_out(tmp_path / form, form)
        assert f"Stored: {new} new" in bring(tmp_path / form, form, site=other.key)
    assert Comment.objects.filter(article__site=other).count() == 1


@FORMATS
def test_emails_go_out_only_when_asked_for_and_that_is_recorded(
    form: str, bring: Import, tmp_path: Path
) -> None:
    make_comment(make_article(url="http://testserver/1"), author_email="olena@example.org")
    take_out(tmp_path / "without", form)
    assert "olena" not in (tmp_path / "without").read_text()
    assert not PrivacyEntry.objects.exists()
    assert "keep it safe" in take_out(tmp_path / "with", form, emails=True)
    assert "olena@example.org" in (tmp_path / "with").read_text()
    entry = PrivacyEntry.objects.get()
    assert (entry.deed, entry.count, bool(entry.operator)) == (PrivacyDeed.ARCHIVE, 1, True)
    assert (tmp_path / "with").stat().st_mode & 0o777 == 0o600
    Site.objects.create(key="other", name="Інша")
    bring(tmp_path / "with", form, site="other")
    assert Comment.objects.latest("pk").contact.email == "olena@example.org"


def test_an_existing_file_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("kept")
    with pytest.raises(CommandError, match="already exists"):
        call_command("export_comments", str(tmp_path / "kept"), format="jsonl")
    assert (tmp_path / "kept").read_text() == "kept"


def test_the_hash_that_joins_an_authors_comments_stays_here(tmp_path: Path) -> None:
    comment = make_comment(author_email="olena@example.org")
    take_out(tmp_path / "out", "jsonl")
    _head, _article, row = map(json.loads, (tmp_path / "out").read_text().splitlines())
    assert comment.author_key not in json.dumps(row)
    assert row["text"] == comment.text


@FORMATS
def test_a_name_that_looks_like_html_goes_out_and_comes_in_as_it_is(
    form: str, bring: Import, tmp_path: Path
) -> None:
    Site.objects.create(key="other", name="Інша")
    name, website = "&amp; <b>", "https://example.org/?a&lt;"
    make_comment(make_article(url="http://testserver/1"), author_name=name, author_url=website)
    take_out(tmp_path / "out", form)
    bring(tmp_path / "out", form, site="other")
    assert threads("other")[0][2][:2] == (name, website)
