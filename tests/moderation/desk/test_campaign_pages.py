"""The pages of campaigns: a list of them, and one with a decision on all of its comments."""

import pytest
from django.test import Client

from comments.models import Article, Comment, Status
from moderation.accounts.roles import Role
from moderation.campaigns.senders import contact_campaigns
from moderation.models import Act, Membership
from moderation.policy.verdict import Outcome, Reason
from tests.makers import decide, make_article, make_comment
from tests.moderation.desk.desks import decisions, send, signed_in_as

pytestmark = pytest.mark.django_db
CAMPAIGNS = "/en/admin/campaigns/"
TEXT = "Мерія закриває парк, прийдіть на площу"


@pytest.fixture
def article() -> Article:
    return make_article()


@pytest.fixture
def marta() -> Client:
    return signed_in_as(Role.MODERATOR)


def campaign(article: Article, held: int, text: str = TEXT, number: int = 0) -> list[Comment]:
    made = [make_comment(article, Status.HELD, text=f"{text} {place}") for place in range(held)]
    shared = number or made[0].pk
    Membership.objects.bulk_create(Membership(comment=each, campaign=shared) for each in made)
    return made


def page_of(number: int) -> str:
    return f"{CAMPAIGNS}{number}/"


def test_the_largest_campaign_comes_first_with_its_numbers(marta: Client, article: Article) -> None:
    small, large = campaign(article, 2, "Перший лист"), campaign(article, 4, "Другий лист")
    page = marta.get(CAMPAIGNS).content.decode()
    assert page.index("Другий лист") < page.index("Перший лист")
    assert f'href="{page_of(large[0].pk)}"' in page
    assert f'href="{page_of(small[0].pk)}"' in page
    assert '<td data-label="Senders">4</td>' in page


def test_a_settled_campaign_is_among_the_latest_only(marta: Client, article: Article) -> None:
    for each in campaign(article, 2):
        decide(each, Outcome.REJECT, Reason.SPAM)
    assert "No campaign is waiting for a decision." in marta.get(CAMPAIGNS).content.decode()
    assert TEXT in marta.get(f"{CAMPAIGNS}?all").content.decode()


def test_a_campaign_of_a_contact_is_named_by_the_contact(marta: Client, article: Article) -> None:
    comments = [
        make_comment(article, Status.HELD, text=f"Пишіть на meblevyi-dim.com.ua {place}")
        for place in range(2)
    ]
    (number,) = contact_campaigns(comments[0])
    Membership.objects.bulk_create(Membership(comment=c, campaign=number) for c in comments)
    assert "meblevyi-dim.com.ua</a>" in marta.get(CAMPAIGNS).content.decode()
    assert "meblevyi-dim.com.ua" in marta.get(page_of(number)).content.decode()


def test_all_but_the_first_are_decided_and_undone_as_one(marta: Client, article: Article) -> None:
    made = campaign(article, 200)
    page = marta.get(page_of(made[0].pk)).content.decode()
    assert "199 comments:" in page
    data = decisions("spam", made[:1], whole="on", campaign=made[0].pk, up_to=made[-1].pk)
    shown = send(marta, page_of(made[0].pk), data)
    assert "199 comments rejected." in shown
    statuses = list(Comment.objects.order_by("pk").values_list("status", flat=True))
    assert statuses == [Status.HELD] + [Status.REJECTED] * 199
    marta.post("/en/admin/queue/undo/", {"act": Act.objects.get().pk, "sure": "1"})
    assert Comment.objects.filter(status=Status.HELD).count() == 200


def test_the_first_is_decided_with_the_others_if_it_is_selected(
    marta: Client, article: Article
) -> None:
    made = campaign(article, 3)
    data = decisions("spam", made[:1], made[:1], whole="on", campaign=made[0].pk, up_to=made[-1].pk)
    assert "3 comments rejected." in send(marta, page_of(made[0].pk), data)


def test_the_preview_says_which_need_a_decision_of_their_own(
    marta: Client, article: Article
) -> None:
    made = campaign(article, 3)
    data = decisions("spam", made[:1], whole="on", campaign=made[0].pk, up_to=made[-1].pk)
    page = marta.post(page_of(made[0].pk), data, follow=True).content.decode()
    assert "To be decided separately" in page
    assert "<h1>Reject 2 comments (spam)?</h1>" in page


def test_from_the_queue_one_comes_back_to_the_queue(marta: Client, article: Article) -> None:
    made = campaign(article, 2)
    address = f"{page_of(made[0].pk)}?next=/en/admin/queue/"
    data = decisions("spam", made, made)
    preview = marta.post(address, data)["Location"]
    assert marta.post(preview, {"step": "start"})["Location"] == "/en/admin/queue/"
    foreign = f"{page_of(made[0].pk)}?next=https://evil.example/"
    more = campaign(article, 2)
    preview = marta.post(foreign, decisions("spam", more, more))["Location"]
    assert marta.post(preview, {"step": "start"})["Location"] == "/en/admin/"


def test_a_settled_campaign_says_so_and_shows_what_became_of_it(
    marta: Client, article: Article
) -> None:
    made = campaign(article, 2)
    for each in made:
        decide(each, Outcome.REJECT, Reason.SPAM)
    page = marta.get(page_of(made[0].pk)).content.decode()
    assert "Nothing of this campaign is waiting any more." in page
    assert page.count("rejected: spam") == 2
    assert 'name="decision" value="spam"' not in page


@pytest.mark.parametrize("number", ["999", "-5", "x", "--1", "9" * 40])
def test_an_unknown_campaign_is_not_found(marta: Client, number: str) -> None:
    assert marta.get(f"{CAMPAIGNS}{number}/").status_code == 404


@pytest.mark.parametrize("role", Role)
def test_auditors_read_campaigns_but_do_not_decide(role: Role, article: Article) -> None:
    made = campaign(article, 2)
    client = signed_in_as(role)
    assert client.get(CAMPAIGNS).status_code == 200
    page = client.get(page_of(made[0].pk)).content.decode()
    assert ('name="decision"' in page) is (role is not Role.AUDITOR)
    answer = client.post(page_of(made[0].pk), decisions("spam", made, made))
    assert answer.status_code == (403 if role is Role.AUDITOR else 302)


def test_the_menu_leads_to_the_campaigns(marta: Client) -> None:
    assert f'href="{CAMPAIGNS}"' in marta.get("/en/admin/").content.decode()
