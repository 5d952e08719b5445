"""One card a campaign: the queue and its list show its first comment, with what it stands for."""

from typing import Any

import pytest
from django.test import Client

from comments.models import Article, Comment, Status
from moderation.accounts.roles import Role
from moderation.desk.differing_words import named, shared_words, spans
from moderation.desk.folding import FEWEST_WITH_CONTACT, beginning, fold
from moderation.models import Membership
from tests.makers import make_article, make_comment
from tests.moderation.desk.desks import QUEUE, shown_on, signed_in_as

pytestmark = pytest.mark.django_db
FOCUS = "/en/admin/queue/"


@pytest.fixture
def article() -> Article:
    return make_article()


@pytest.fixture
def marta() -> Client:
    return signed_in_as(Role.MODERATOR)


def copies(article: Article, count: int, number: int | None = None) -> list[Comment]:
    """Held comments of one campaign: that of the first one's text unless a number is given."""
    made = [
        make_comment(article, Status.HELD, text=f"Мерія закриває парк, спитайте {place}.")
        for place in range(count)
    ]
    campaign = made[0].pk if number is None else number
    Membership.objects.bulk_create(Membership(comment=c, campaign=campaign) for c in made)
    return made


def rows(page: str) -> list[int]:
    return [int(part.partition('"')[0]) for part in page.split('id="row-')[1:]]


def test_the_list_shows_one_card_of_a_campaign_with_its_numbers(
    marta: Client, article: Article
) -> None:
    first, *_others = copies(article, 4)
    alone = make_comment(article, Status.HELD)
    page = marta.get(QUEUE).content.decode()
    assert shown_on(page) == [first.pk, alone.pk]
    assert f"/en/admin/campaigns/{first.pk}/?next=" in page
    assert ">4 comments waiting</a>" in page
    assert "from 4 senders" in page
    assert "They differ in:" in page


def test_the_queue_lists_one_row_of_a_campaign(marta: Client, article: Article) -> None:
    first, *_others = copies(article, 4)
    alone = make_comment(article, Status.HELD)
    page = marta.get(FOCUS).content.decode()
    assert rows(page) == [first.pk, alone.pk]
    assert "4 comments like this wait, from 4 senders" in page
    more = marta.get(f"{FOCUS}rows/?known={first.pk}").content.decode()
    assert rows(more) == [alone.pk]
    news = marta.get(f"{FOCUS}news/?known={first.pk},{alone.pk}&since=0").json()
    assert news["new"] == 0
    assert news["left"] == "5"


def test_after_a_decision_on_the_first_the_next_one_stands_for_the_rest(
    marta: Client, article: Article
) -> None:
    first, second, _third = copies(article, 3)
    marta.post(QUEUE, {"comment": first.pk, "status": "held", "version": 2, "decision": "spam"})
    assert shown_on(marta.get(QUEUE).content.decode()) == [second.pk]


def test_those_who_ask_for_the_parts_see_all_of_them(marta: Client, article: Article) -> None:
    made = copies(article, 3)
    ids = [each.pk for each in made]
    assert shown_on(marta.get(f"{QUEUE}?campaign={ids[0]}").content.decode()) == ids
    assert rows(marta.get(f"{FOCUS}?ids={ids[1]},{ids[2]}").content.decode()) == ids[1:]
    assert shown_on(marta.get(f"{QUEUE}?author={made[1].author_key}").content.decode()) == ids[1:2]


def test_a_few_who_share_a_link_are_read_one_by_one(marta: Client, article: Article) -> None:
    few = copies(article, FEWEST_WITH_CONTACT - 1, number=-7)
    assert len(shown_on(marta.get(QUEUE).content.decode())) == len(few)
    one_more = make_comment(article, Status.HELD)
    Membership.objects.create(comment=one_more, campaign=-7)
    assert shown_on(marta.get(QUEUE).content.decode()) == [few[0].pk]


def test_a_long_campaign_at_the_top_does_not_hide_what_follows(article: Article) -> None:
    first, *_others = copies(article, 12)
    rest = [make_comment(article, Status.HELD) for _ in range(3)]
    queue = Comment.objects.held().order_by("created_at", "id")
    found = beginning(queue, wanted=3, at_once=5)
    assert found[:4] == [first.pk, *(each.pk for each in rest)]


def test_many_comments_are_folded_as_few_are(
    article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *others = copies(article, 3)
    ids = [first.pk, *(each.pk for each in others)]
    monkeypatch.setattr("moderation.desk.folding._MANY", 0)
    assert fold(ids).shown == [first.pk]
    assert fold([]).shown == []


def test_a_fold_takes_two_queries_however_many_there_are(
    article: Article, django_assert_num_queries: Any
) -> None:
    ids = [each.pk for each in (*copies(article, 4), *copies(article, 5))]
    with django_assert_num_queries(2):
        assert len(fold(ids).shown) == 2


def test_the_words_that_differ_are_named_and_marked() -> None:
    texts = ["Купіть у Києві зараз", "Купіть у Львові зараз", "Купіть у Одесі зараз", ""]
    assert sorted(named(texts)) == ["Києві", "Львові", "Одесі"]
    text = texts[0]
    assert [text[start:end] for start, end in spans(text, shared_words(texts))] == ["Києві"]


def test_a_letter_of_another_alphabet_makes_another_word() -> None:
    assert named(["Пишіть нам", "Пишіть нам", "Пишіть нaм"]) == ["нaм"]
