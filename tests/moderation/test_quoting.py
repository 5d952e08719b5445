"""What a comment quotes from its own page does not count as said by its author."""

from typing import Any

import pytest

from comments.models import Article, Comment, Status
from moderation import services
from tests.makers import make_article, make_comment

pytestmark = pytest.mark.django_db
INSULT = "Та ви всі там тупі виродки й ідіоти"
THREAT = "I will kill you tonight and burn your house down"
REMARK = "This is what all of us in the village think, Mr Smith"
REPLY = "Ось так у нас розмовляють. Можна спокійніше?"


@pytest.fixture
def article() -> Article:
    return make_article(title="Сесія міської ради", text=f"«{INSULT}», — крикнув депутат.")


def status_of(article: Article, text: str, **fields: Any) -> str:
    comment = make_comment(article, Status.PENDING, text=text, **fields)
    services.moderate(comment_id=comment.pk)
    return str(Comment.objects.get(pk=comment.pk).status)


@pytest.mark.parametrize("quoted", [f"«{INSULT}»", f"> {INSULT}\n", f'"{INSULT}"'])
def test_an_insult_quoted_from_the_article_does_not_hold_a_comment(
    article: Article, quoted: str
) -> None:
    assert status_of(article, f"{quoted} {REPLY}") == Status.PUBLISHED


def test_an_insult_quoted_from_the_parent_does_not_hold_a_reply() -> None:
    article = make_article()
    parent = make_comment(article, text=INSULT)
    assert status_of(article, f"> {INSULT}\n{REPLY}", parent=parent) == Status.PUBLISHED


@pytest.mark.parametrize("status", [Status.HELD, Status.REJECTED])
def test_an_insult_quoted_from_a_parent_that_is_not_published_is_held(status: Status) -> None:
    article = make_article()
    parent = make_comment(article, text=INSULT)
    Comment.objects.filter(pk=parent.pk).update(status=status)
    assert status_of(article, f"> {INSULT}\n{REPLY}", parent=parent) == Status.HELD


@pytest.mark.parametrize("added", ["👍", "+1", "???"])
def test_a_quotation_with_a_sign_added_is_not_taken_for_another_language(
    article: Article, added: str
) -> None:
    assert status_of(article, f"«{INSULT}» {added}") == Status.PUBLISHED


def test_a_threat_quoted_from_the_article_in_a_remark_is_published() -> None:
    article = make_article(text=f"<p>{THREAT}</p>")
    assert status_of(article, f"> {THREAT}\n{REMARK}") == Status.PUBLISHED
    assert status_of(article, f"> {THREAT}\nYes, you") == Status.HELD


def test_a_threat_quoted_from_nowhere_in_a_remark_is_held() -> None:
    assert status_of(make_article(), f"> {THREAT}\n{REMARK}") == Status.HELD


def test_the_same_words_in_quotation_marks_that_nobody_said_here_are_held() -> None:
    assert status_of(make_article(), f"«{INSULT}» {REPLY}") == Status.HELD


def test_the_author_s_own_insult_beside_a_quotation_is_held(article: Article) -> None:
    assert status_of(article, f"«{INSULT}» {INSULT}, і ти дурень теж") == Status.HELD


def test_a_comment_that_is_nothing_but_a_quotation_is_scored_whole(article: Article) -> None:
    assert status_of(article, f"«{INSULT}»") == Status.HELD
