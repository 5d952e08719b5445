"""The lists of the desk can be filtered by article, author's name, score, language and date."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from comments.models import Comment, Status
from moderation import services
from moderation.accounts.roles import Role, make_member
from moderation.desk import paging
from moderation.desk.forms import DECISIONS
from moderation.transitions import Seen
from tests.makers import make_article, make_comment
from tests.moderation.desk.desks import ALL, QUEUE, shown_on, signed_in_as

pytestmark = pytest.mark.django_db
APOSTROPHES = ("'", "’", "ʼ", "`")


@pytest.fixture
def marta() -> Client:
    return signed_in_as(Role.MODERATOR)


def held(**over: Any) -> Comment:
    stored = {name: over.pop(name) for name in ("risk", "language", "created_at") if name in over}
    comment = make_comment(over.pop("article", None), Status.HELD, **over)
    Comment.objects.filter(pk=comment.pk).update(**{"risk": 5000, **stored})
    return comment


def found(client: Client, page: str = QUEUE, **filters: Any) -> set[int]:
    return set(shown_on(client.get(page, filters).content.decode()))


@pytest.mark.parametrize("page", [QUEUE, ALL])
@pytest.mark.parametrize(
    "asked",
    [
        *(
            "under-the-bridge",
            "https://paper.example/news/7",
            "https://paper.example/news/7?from=fb",
        ),
        *("ПІД МОСТОМ", "під мостом", "мост під", "П’ять", "п'ять", "п`ять", "пʼять", "Пять"),
    ],
)
def test_an_article_is_found_by_key_address_or_words_of_the_title(
    marta: Client, page: str, asked: str
) -> None:
    article = make_article(
        key="under-the-bridge",
        url="https://paper.example/news/7",
        title="П’ять годин під мостом",
    )
    comment = held(article=article)
    held(article=make_article(title="Під дощем"))
    assert found(marta, page, article=asked) == {comment.pk}


def test_an_article_is_found_by_the_address_of_its_own_page(marta: Client) -> None:
    article = make_article(key="bridge")
    comment = held(article=article)
    held()
    asked = f"https://comments.example{article.get_absolute_url()}"
    assert found(marta, article=asked) == {comment.pk}


@pytest.mark.parametrize(
    "asked", ["немає", "[", "(", "\\", "a{9999999}", "https://[", "%", "'", "*", "x" * 500]
)
def test_an_unknown_article_is_no_error(marta: Client, asked: str) -> None:
    held()
    assert marta.get(QUEUE, {"article": asked}).status_code == 200


@pytest.mark.parametrize("asked", ["ОЛЕНА", "олена гай", "Олен"])
def test_the_authors_name_is_searched_without_the_text(marta: Client, asked: str) -> None:
    comment = held(author_name="Олена Гай", text="Дякую за новину")
    held(author_name="Петро", text="Олена Гай пише добре")
    assert found(marta, name=asked) == {comment.pk}
    assert found(marta, name=asked, q="НОВИН") == {comment.pk}
    assert found(marta, name=asked, q="інше") == set()
    assert found(marta, name=asked, q=f"#{comment.pk}") == {comment.pk}


@pytest.mark.parametrize("written", APOSTROPHES)
@pytest.mark.parametrize("asked", ["дем'яна", "ДЕМ’ЯНА", "демʼяна", "Дем`яна"])
def test_search_ignores_case_and_apostrophes_in_name_and_text(
    marta: Client, written: str, asked: str
) -> None:
    comment = held(author_name=f"Дем{written}яна", text=f"Було на ім{written.upper()}я Їжака")
    assert found(marta, name=asked) == found(marta, q=asked) == {comment.pk}
    assert found(marta, q="ЇЖАКА") == found(marta, q="їжака") == {comment.pk}


def test_scores_are_chosen_by_percent_including_both_ends(marta: Client) -> None:
    low, middle, high = (held(risk=each) for each in (4000, 6000, 8000))
    unscored = held(risk=-1)
    assert found(marta, risk_from=60) == {middle.pk, high.pk}
    assert found(marta, risk_to=60) == {low.pk, middle.pk}
    assert found(marta, risk_from=41, risk_to=79) == {middle.pk}
    assert unscored.pk in found(marta)
    assert "100" in marta.get(QUEUE, {"risk_from": 101}).content.decode()


def test_comments_are_chosen_by_language(marta: Client) -> None:
    held(language="uk")
    english = held(language="en")
    assert found(marta, language="en") == {english.pk}


def test_both_days_of_a_range_are_included(marta: Client) -> None:
    days = [
        dt.datetime(2026, 3, day, 23, 30, tzinfo=timezone.get_default_timezone())
        for day in (1, 2, 3)
    ]
    first, second, third = (held(created_at=each) for each in days)
    assert found(marta, date_from="2026-03-02") == {second.pk, third.pk}
    assert found(marta, date_to="2026-03-02") == {first.pk, second.pk}
    assert found(marta, date_from="2026-03-02", date_to="2026-03-02") == {second.pk}


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-02-30", "yesterday"])
def test_an_impossible_day_is_reported(marta: Client, day: str) -> None:
    held()
    for name in ("date_from", "date_to"):
        page = marta.get(QUEUE, {name: day}).content.decode()
        assert "errorlist" in page
        assert not shown_on(page)


def test_filters_are_combined_and_shown_as_they_are(marta: Client) -> None:
    article = make_article(title="Парк")
    wanted = held(article=article, risk=9000, language="uk")
    held(article=article, risk=3000, language="uk")
    held(risk=9000, language="uk")
    asked: dict[str, Any] = {"article": "парк", "risk_from": 50, "language": "uk", "order": "risk"}
    assert found(marta, **asked) == {wanted.pk}
    page = marta.get(QUEUE, asked).content.decode()
    assert "<details open>" in page
    assert '<option value="risk" selected>' in page
    assert "<details open>" not in marta.get(QUEUE, {"order": "risk"}).content.decode()


def test_a_comment_that_leaves_the_queue_is_found_there_no_more(marta: Client) -> None:
    comment = held(text="Рідкісне слово")
    moderator, _ = make_member("olena")
    for name, expected in (("publish", set()), ("return", {comment.pk}), ("spam", set())):
        comment.refresh_from_db()
        seen = {comment.pk: Seen.of(comment)}
        services.review_all(moderator=moderator, verdict=DECISIONS[name], seen=seen)
        assert found(marta, q="рідкісне") == expected
        assert found(marta, ALL, q="рідкісне") == {comment.pk}


def test_a_large_number_is_told_as_more_than(
    marta: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "MAX_COUNTED", 30)
    for _ in range(31):
        held()
    page = marta.get(QUEUE, {"reason": "toxicity"}).content.decode()
    assert "Found: more than 30" in page
    assert "page 1 of 2" in page
    assert len(shown_on(marta.get(QUEUE, {"page": 99}).content.decode())) == 5
