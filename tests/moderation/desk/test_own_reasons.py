"""A site's own reasons for rejection: leads edit them, moderators press them, authors read them."""

import pytest
from django.test import Client
from django.utils import translation

from comments.models import Comment, Site, Status
from moderation import acts
from moderation.accounts.roles import Role
from moderation.labels import for_author
from moderation.models import Act, Decision, RejectionReason
from moderation.policy.verdict import Reason
from tests.makers import make_article, make_comment
from tests.moderation.desk.desks import LOG, QUEUE, card_page, decide_one, press, signed_in_as

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
M, L, A = Role.MODERATOR, Role.LEAD, Role.AUDITOR
LIST = "/en/admin/moderation/rejectionreason/"
ADD = f"{LIST}add/"
UK = "Ваш коментар не опубліковано: реклами ми тут не розміщуємо."
EN = "Your comment is not published: we carry no advertising here."


def make_reason(**over: object) -> RejectionReason:
    facts = {
        "code": Reason.SPAM,
        "name_uk": "реклама",
        "name_en": "advertising",
        "public_uk": UK,
        "public_en": EN,
        **over,
    }
    return RejectionReason.objects.create(**{"site": Site.objects.default(), **facts})


def value(reason: RejectionReason) -> str:
    return f"own-{reason.pk}"


def buttons(page: str) -> list[str]:
    """The values of the buttons on the first card."""
    card = page.partition('class="desk-decide"')[2].partition("</form>")[0]
    return [each.partition('"')[0] for each in card.split('name="decision" value="')[1:]]


@pytest.fixture
def held() -> Comment:
    return make_comment(status=Status.HELD)


@pytest.fixture
def moderator() -> Client:
    return signed_in_as(M)


def test_without_own_reasons_the_built_in_ones_are_offered(
    moderator: Client, held: Comment
) -> None:
    make_reason(active=False)
    offered = buttons(moderator.get(QUEUE).content.decode())
    assert offered == [
        *("publish", "spam", "toxicity", "hate", "personal_data", "off_topic", "repeat")
    ]


def test_own_reasons_replace_them_in_their_order(moderator: Client, held: Comment) -> None:
    last, first = make_reason(place=2), make_reason(place=1, name_en="rude", code="toxicity")
    page = moderator.get(QUEUE).content.decode()
    assert buttons(page) == ["publish", value(first), value(last)]
    bar = page.partition('class="desk-bar-buttons"')[2].partition("</form>")[0]
    assert bar.index(value(first)) < bar.index(value(last))
    assert 'value="spam"' not in bar


def test_a_decision_stores_it_and_counts_as_the_built_in_one(
    moderator: Client, held: Comment
) -> None:
    own = make_reason()
    decide_one(moderator, held, value(own))
    held.refresh_from_db()
    assert (held.status, held.reason) == (Status.REJECTED, Reason.SPAM)
    decision = Decision.objects.filter(comment=held)[0]
    assert (decision.reason, decision.own_reason) == (Reason.SPAM, own)
    page = moderator.get(card_page(held)).content.decode()
    assert "<b>advertising</b>" in page
    assert "<td>advertising</td>" in page


def test_the_author_reads_its_wording_in_their_language(moderator: Client, held: Comment) -> None:
    decide_one(moderator, held, value(make_reason()))
    held.refresh_from_db()
    for language, words in (("uk", UK), ("en", EN)):
        with translation.override(language):
            assert for_author(held) == words


def test_without_a_wording_the_author_reads_that_of_the_built_in_reason(
    moderator: Client, held: Comment
) -> None:
    decide_one(moderator, held, value(make_reason(public_uk="", public_en="")))
    held.refresh_from_db()
    with translation.override("en"):
        assert for_author(held).endswith("it looks like advertising or spam.")


def test_selected_comments_are_rejected_for_it_together(moderator: Client, held: Comment) -> None:
    other, own = make_comment(status=Status.HELD), make_reason()
    assert "2 comments rejected." in press(moderator, QUEUE, value(own), held, other)
    stored = Decision.objects.filter(own_reason=own).values_list("comment", flat=True)
    assert set(stored) == {held.pk, other.pk}


def test_for_another_sites_comment_it_is_what_it_counts_as(moderator: Client) -> None:
    second = Site.objects.create(key="second", name="Друга")
    comment = make_comment(make_article(site=second), Status.HELD)
    decide_one(moderator, comment, value(make_reason()))
    decision = Decision.objects.filter(comment=comment)[0]
    assert (decision.reason, decision.own_reason) == (Reason.SPAM, None)


def test_one_own_reason_is_corrected_to_another_that_counts_the_same(
    moderator: Client, held: Comment
) -> None:
    own, other = make_reason(), make_reason(name_en="a competitor", public_en="No competitors.")
    decide_one(moderator, held, value(own))
    held.refresh_from_db()
    page = moderator.get(card_page(held)).content.decode()
    assert buttons(page) == ["publish", value(other), "return"]
    decide_one(moderator, held, value(other), card_page(held))
    held.refresh_from_db()
    with translation.override("en"):
        assert for_author(held) == "No competitors."


def test_undoing_the_correction_gives_back_the_first_one(moderator: Client, held: Comment) -> None:
    own, other = make_reason(), make_reason()
    decide_one(moderator, held, value(own))
    held.refresh_from_db()
    decide_one(moderator, held, value(other), card_page(held))
    act = Act.objects.latest("pk")
    assert acts.undo(act=act, user=act.user).done == [held.pk]
    assert Decision.objects.filter(comment=held)[0].own_reason == own


def test_undoing_gives_back_the_services_own_rejection(moderator: Client) -> None:
    rejected = make_comment(status=Status.REJECTED)
    decide_one(moderator, rejected, value(make_reason()), card_page(rejected))
    act = Act.objects.get()
    assert acts.undo(act=act, user=act.user).done == [rejected.pk]
    latest = Decision.objects.filter(comment=rejected)[0]
    assert (latest.reason, latest.own_reason) == (Reason.SPAM, None)


@pytest.mark.parametrize("sent", ["own-", "own-0", "own-x", "own-" + "9" * 40, "own-1 ", "clean"])
def test_a_button_that_does_not_exist_decides_nothing(
    moderator: Client, held: Comment, sent: str
) -> None:
    page = decide_one(moderator, held, sent).content.decode()
    assert "Choose what to do with the comments." in page
    held.refresh_from_db()
    assert held.status == Status.HELD


FIELDS = {
    "name_uk": "реклама",
    "name_en": "advertising",
    "code": "spam",
    "public_uk": UK,
    "public_en": EN,
    "place": "1",
    "active": "on",
}


@pytest.mark.parametrize("role", Role)
def test_only_leads_edit_them(role: Role) -> None:
    client, own = signed_in_as(role), make_reason()
    assert client.get(LIST).status_code == (403 if role is M else 200)
    assert client.post(ADD, FIELDS).status_code == (302 if role is L else 403)
    assert RejectionReason.objects.count() == (2 if role is L else 1)
    changed = client.post(f"{LIST}{own.pk}/change/", {**FIELDS, "name_en": "offers"})
    assert changed.status_code == (302 if role is L else 403)
    assert client.post(f"{LIST}{own.pk}/delete/", {"post": "yes"}).status_code == 403
    assert RejectionReason.objects.filter(pk=own.pk).exists()


def test_at_most_nine_are_offered() -> None:
    lead = signed_in_as(L)
    for place in range(9):
        make_reason(place=place)
    page = lead.post(ADD, FIELDS).content.decode()
    assert "Only 9 reasons can be offered at once" in page
    assert lead.post(ADD, {**FIELDS, "active": ""}).status_code == 302
    own = RejectionReason.objects.filter(active=True)[0]
    assert lead.post(f"{LIST}{own.pk}/change/", FIELDS).status_code == 302


def test_one_that_counts_as_nothing_known_is_refused() -> None:
    lead = signed_in_as(L)
    assert lead.post(ADD, {**FIELDS, "code": "clean"}).status_code == 200
    assert not RejectionReason.objects.exists()


def test_the_queue_offers_them_by_number(moderator: Client, held: Comment) -> None:
    own = make_reason()
    page = moderator.get(f"/en/admin/queue/?comment={held.pk}").content.decode()
    menu = page.partition('id="focus-reasons"')[2].partition("</form>")[0]
    assert f'value="{value(own)}"' in menu
    assert ">1</kbd> advertising" in menu
    decide_one(moderator, held, value(own), "/en/admin/queue/")
    assert Decision.objects.filter(comment=held)[0].own_reason == own


def test_the_log_shows_the_own_reason_and_finds_decisions_by_it(
    moderator: Client, held: Comment
) -> None:
    reason = make_reason()
    other = make_comment(status=Status.HELD)
    decide_one(moderator, held, value(reason))
    log = moderator.get(LOG).content.decode()
    assert "</span> advertising</td>" in log
    chosen = moderator.get(f"{LOG}?reason={value(reason)}").content.decode()
    assert f'/comments/{held.pk}/">' in chosen
    assert f'/comments/{other.pk}/">' not in chosen
    # It is still counted as the reason that it stands for.
    assert f'/comments/{held.pk}/">' in moderator.get(f"{LOG}?reason=spam").content.decode()


def test_the_file_and_the_latest_acts_have_the_own_reason(held: Comment) -> None:
    client, reason = signed_in_as(L), make_reason()
    decide_one(client, held, value(reason))
    assert '"advertising"' in client.get(f"{LOG}export/").getvalue().decode()
    assert "Rejected: advertising" in client.get("/en/admin/").content.decode()
    author = client.get(f"/en/admin/authors/{held.author_key}/").content.decode()
    assert "<td>advertising</td>" in author
