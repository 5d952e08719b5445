"""A campaign at the desk is decided with one click, except for comments that may be genuine."""

from typing import Any

import pytest
from django.test import Client

from comments.models import Article, Comment, Status
from moderation.accounts.roles import Role
from moderation.campaigns import senders
from moderation.desk import campaigns as campaign_desk
from moderation.models import Decision, Membership
from moderation.policy.verdict import Reason
from tests.makers import make_article, make_comment
from tests.moderation.campaigns.letters import OTHERS, PETITION, VARIANTS, fate, sent
from tests.moderation.desk.desks import (
    QUEUE,
    card_page,
    decisions,
    plain_marks,
    send,
    signed_in_as,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return make_article()


@pytest.fixture
def marta() -> Client:
    return signed_in_as(Role.MODERATOR)


@pytest.fixture(autouse=True)
def _sizes(settings: Any) -> None:
    settings.CAMPAIGN_SIZE, settings.CAMPAIGN_CONTACT_SIZE = 2, 3


def copied(article: Article) -> tuple[Comment, list[Comment]]:
    """A published comment, and five copies of it that are held."""
    first = sent(PETITION, article)
    return first, [sent(text, article) for text in VARIANTS[1:6]]


def of(campaign: int) -> str:
    return f"{QUEUE}?campaign={campaign}"


def press(client: Client, campaign: int, up_to: int, **cards: Any) -> None:
    """Reject the whole campaign as spam, including the `chosen` of the `shown` cards."""
    shown = decisions("spam", cards.get("shown", ()), cards.get("chosen", ()))
    send(client, of(campaign), {**shown, "whole": "on", "campaign": campaign, "up_to": up_to})


def statuses() -> dict[int, str]:
    return dict(Comment.objects.values_list("pk", "status"))


def test_one_click_decides_the_copies_but_not_the_first_comment(
    marta: Client, article: Article
) -> None:
    first, copies = copied(article)
    make_comment(article, Status.HELD, text=OTHERS[0])
    assert f"/campaigns/{first.pk}/?next=" in marta.get(QUEUE).content.decode()
    page = marta.get(of(first.pk)).content.decode()
    assert OTHERS[0] not in page
    assert "the whole campaign: 5 comments" in page
    assert f'name="campaign" value="{first.pk}"' in page
    assert f'name="up_to" value="{copies[-1].pk}"' in page
    late = sent(VARIANTS[6], article)
    press(marta, first.pk, copies[-1].pk)
    assert {statuses()[c.pk] for c in copies} == {Status.REJECTED}
    assert (statuses()[first.pk], statuses()[late.pk]) == (Status.PUBLISHED, Status.HELD)
    assert Decision.objects.filter(actor_kind="person").count() == 5


def test_a_held_first_comment_is_decided_only_if_selected(marta: Client, article: Article) -> None:
    first, copies = copied(article)
    Comment.objects.filter(pk=first.pk).update(status=Status.HELD)
    first.refresh_from_db()
    press(marta, first.pk, copies[-1].pk)
    assert statuses()[first.pk] == Status.HELD
    press(marta, first.pk, copies[-1].pk, shown=[first], chosen=[first])
    assert statuses()[first.pk] == Status.REJECTED


def test_authors_with_other_published_comments_are_listed_separately(
    marta: Client, article: Article
) -> None:
    olena: dict[str, Any] = {"author_email": "olena@example.org", "secret": "her browser's"}
    make_comment(**olena)
    first, copies = copied(article)
    hers = sent(VARIANTS[6], article, **olena)
    page = marta.get(of(first.pk)).content.decode()
    assert "the whole campaign: 5 comments" in page
    apart, _heading, rest = page.partition("The rest of the campaign")
    assert f'id="{hers.anchor}"' in apart
    assert f'id="{first.anchor}"' in apart
    assert f'id="{hers.anchor}"' not in rest
    press(marta, first.pk, hers.pk)
    assert {statuses()[c.pk] for c in copies} == {Status.REJECTED}
    assert statuses()[hers.pk] == Status.HELD


def test_an_author_with_a_rejected_comment_is_not_listed_separately(
    marta: Client, article: Article
) -> None:
    petro: dict[str, Any] = {"author_email": "petro@example.org", "secret": "his browser's"}
    for status in (Status.PUBLISHED, Status.REJECTED):
        make_comment(status=status, **petro)
    first, _copies = copied(article)
    his = sent(VARIANTS[6], article, **petro)
    press(marta, first.pk, his.pk)
    assert statuses()[his.pk] == Status.REJECTED


def test_using_such_an_authors_e_mail_is_not_enough_to_be_listed_separately(
    marta: Client, article: Article
) -> None:
    make_comment(author_email="olena@example.org", secret="her browser's")
    first, _copies = copied(article)
    forged = sent(VARIANTS[6], article, author_email="olena@example.org", secret="another's")
    press(marta, first.pk, forged.pk)
    assert statuses()[forged.pk] == Status.REJECTED


def test_comments_without_a_writer_key_give_nobody_a_record(
    marta: Client, article: Article
) -> None:
    make_comment()
    first, copies = copied(article)
    Comment.objects.update(writer_key="")
    press(marta, first.pk, copies[-1].pk)
    assert {statuses()[c.pk] for c in copies} == {Status.REJECTED}


def test_comments_published_in_the_same_campaign_are_no_record(
    marta: Client, article: Article, settings: Any
) -> None:
    settings.CAMPAIGN_SIZE = 3
    taras = {"author_email": "taras@example.org", "secret": "his browser's"}
    first, _second = sent(PETITION, article), sent(PETITION, make_article(), **taras)
    third = sent(PETITION, article)
    his = sent(PETITION, article, **taras)
    assert statuses()[his.pk] == statuses()[third.pk] == Status.HELD
    press(marta, first.pk, his.pk)
    assert statuses()[his.pk] == Status.REJECTED


def test_published_comments_of_a_campaign_can_be_selected_and_rejected_with_it(
    marta: Client, article: Article, settings: Any
) -> None:
    settings.CAMPAIGN_SIZE = 4
    published = [sent(text, article) for text in VARIANTS[:3]]
    held = [sent(text, article) for text in VARIANTS[3:5]]
    page = marta.get(of(published[0].pk)).content.decode()
    assert all(f'id="{comment.anchor}"' in page for comment in published)
    ticked = published[1:]
    press(
        marta,
        published[0].pk,
        held[-1].pk,
        shown=published,
        chosen=ticked,
    )
    assert {statuses()[c.pk] for c in [*ticked, *held]} == {Status.REJECTED}
    assert fate(published[0]) == (Status.PUBLISHED, Reason.CLEAN)


def test_the_first_comment_is_marked_as_being_copied(marta: Client, article: Article) -> None:
    first, copies = copied(article)
    page = marta.get(card_page(first)).content.decode()
    assert "is being copied" in page
    assert f"/campaigns/{first.pk}/?next=" in page
    assert ">5 comments waiting</a>" in page
    assert "is being copied" not in marta.get(card_page(copies[0])).content.decode()


def test_the_comments_with_one_contact_are_decided_with_one_click_too(
    marta: Client, article: Article
) -> None:
    for text in ("Дякую!", "Цікаво.", "Чекаємо.", "Нарешті!"):
        last = sent(text, article, author_url="https://meblevyi-dim.com.ua")
    (campaign,) = Membership.objects.filter(comment=last).values_list("campaign", flat=True)
    assert campaign < 0
    page = marta.get(QUEUE).content.decode()
    assert f"/campaigns/{campaign}/?next=" in page
    assert ">2 comments waiting</a>" in page
    assert "the whole campaign: 2 comments" in marta.get(of(campaign)).content.decode()
    press(marta, campaign, last.pk)
    assert list(statuses().values()) == [Status.PUBLISHED] * 2 + [Status.REJECTED] * 2


def test_the_contacts_are_highlighted_in_comments_held_for_them(
    marta: Client, article: Article
) -> None:
    for text in ("Дякую! 067 123 45 67", "Цікаво, (067) 1234567.", "Чекаю 0671234567, @mebli_dim"):
        sent(text, article, author_url="https://meblevyi-dim.com.ua")
    page = plain_marks(marta.get(QUEUE).content.decode())
    for marked in ("0671234567", "@mebli_dim", "https://meblevyi-dim.com.ua"):
        assert f"<mark>{marked}</mark>" in page


def test_the_campaign_of_every_contact_has_a_valid_url(article: Article, settings: Any) -> None:
    for number in range(60):
        settings.SECRET_KEY = f"of this test only {number}"
        (campaign,) = senders.contact_campaigns(
            Comment(text="meblevyi-dim.com.ua", article=article)
        )
        assert campaign_desk.is_number(str(campaign))
        assert campaign < 0


def test_the_only_comment_with_a_link_is_in_no_campaign(marta: Client, article: Article) -> None:
    make_comment(article, Status.HELD, text="Дякую! meblevyi-dim.com.ua")
    assert "/campaigns/-" not in marta.get(QUEUE).content.decode()


@pytest.mark.parametrize(
    ("campaign", "up_to"),
    [("", ""), ("x", "1"), ("1", ""), ("-", "1"), ("--1", "1"), ("9" * 40, "1")],
)
def test_a_forged_campaign_number_decides_nothing(
    marta: Client, article: Article, campaign: str, up_to: str
) -> None:
    copied(article)
    data = decisions("spam", (), whole="on", campaign=campaign, up_to=up_to)
    assert "Reload the page" in marta.post(QUEUE, data).content.decode()
    assert Comment.objects.filter(status=Status.HELD).count() == 5
    assert marta.get(f"{QUEUE}?campaign={campaign}").status_code == 200


def test_the_campaigns_of_many_cards_take_two_queries(
    article: Article, django_assert_num_queries: Any
) -> None:
    first, copies = copied(article)
    with django_assert_num_queries(2):
        known = campaign_desk.of_comments([first.pk, *(copy.pk for copy in copies)])
    assert {pk for pk, (campaign,) in known.items() if campaign.is_first} == {first.pk}
    assert {campaign.held for (campaign,) in known.values()} == {5}
