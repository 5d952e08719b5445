"""The moderators' desk as a moderator meets it."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comments.models import Comment, Status
from moderation import services
from moderation.accounts.models import User
from moderation.models import Decision
from moderation.policy.verdict import Reason
from tests.makers import make_article, make_comment, set_policy
from tests.moderation.desk.desks import (
    ALL,
    LOG,
    MODERATES,
    QUEUE,
    card_page,
    decide_one,
    decisions,
    shown_on,
    signed_in_as_chief,
    signed_in_with,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def marta() -> Client:
    """A moderator."""
    return signed_in_with(*MODERATES)


def test_the_queue_shows_the_held_with_all_that_a_decision_needs(marta: Client) -> None:
    article = make_article(title="Ремонт мосту")
    held = make_comment(article, Status.HELD, text="Ну і розумник!", author_name="Петро")
    make_comment(article, Status.PUBLISHED, text="Оприлюднене", author_email="petro@example.org")
    page = re.sub("</?mark>", "", marta.get(QUEUE).content.decode())
    for shown in ("Ну і розумник!", "Петро", "Ремонт мосту", "insult"):
        assert shown in page
    assert "Оприлюднене" not in page
    assert f'name="comment" value="{held.pk}"' in page
    for verdict in ("publish", "spam"):
        assert f'name="decision" value="{verdict}"' in page


def test_the_authors_record_is_joined_by_their_email_and_the_email_is_not_shown(
    marta: Client,
) -> None:
    make_comment(status=Status.HELD, author_email="petro@example.org")
    for status in (Status.PUBLISHED, Status.PUBLISHED, Status.REJECTED):
        make_comment(status=status, author_email="Petro@Example.org")
    page = marta.get(QUEUE).content.decode()
    assert "published 2, waiting 1, rejected 1" in page
    assert "example.org" not in page.lower()


def test_an_avatar_is_the_names_initial_and_comes_from_nowhere(marta: Client) -> None:
    make_comment(status=Status.HELD, author_name="«жанна»")
    page = marta.get(QUEUE).content.decode()
    assert re.search(r'<span class="avatar avatar-\d" aria-hidden="true">Ж</span>', page)
    assert not re.search(r'src="(?!/)', page)


def test_publishing_is_one_press_and_is_on_record_with_the_moderators_name(marta: Client) -> None:
    comment = make_comment(status=Status.HELD)
    page = decide_one(marta, comment, "publish").content.decode()
    assert "1 comment published." in page
    comment.refresh_from_db()
    assert (comment.status, comment.reason) == (Status.PUBLISHED, Reason.REVIEWED)
    assert Decision.objects.latest("id").user == User.objects.get()


@pytest.mark.parametrize("reason", ["spam", "toxicity", "hate", "personal_data", "off_topic"])
def test_a_rejection_names_its_reason(marta: Client, reason: str) -> None:
    comment = make_comment(status=Status.HELD)
    decide_one(marta, comment, reason)
    comment.refresh_from_db()
    assert (comment.status, comment.reason) == (Status.REJECTED, reason)


@pytest.mark.parametrize("verdict", ["reject", "because", "publish:spam", "", "hold"])
def test_a_verdict_that_no_button_sends_changes_nothing(marta: Client, verdict: str) -> None:
    comment = make_comment(status=Status.HELD)
    page = decide_one(marta, comment, verdict).content.decode()
    assert "Choose what to do with the comments." in page
    comment.refresh_from_db()
    assert comment.status == Status.HELD


def test_many_are_decided_at_once_and_only_the_ticked(marta: Client) -> None:
    first, second, third = (make_comment(status=Status.HELD) for _ in range(3))
    data = decisions("spam", (first, second, third), chosen=(first, third))
    page = marta.post(QUEUE, data, follow=True).content.decode()
    assert "2 comments rejected." in page
    statuses = dict(Comment.objects.values_list("pk", "status"))
    assert statuses == {first.pk: "rejected", second.pk: "held", third.pk: "rejected"}


def test_nothing_ticked_is_said(marta: Client) -> None:
    comment = make_comment(status=Status.HELD)
    data = decisions("publish", [comment])
    assert "Select comments first." in marta.post(QUEUE, data, follow=True).content.decode()


def test_of_two_moderators_the_second_is_told_that_someone_was_first(marta: Client) -> None:
    comment = make_comment(status=Status.HELD)
    decide_one(signed_in_with(*MODERATES), comment, "publish")
    page = decide_one(marta, comment, "spam").content.decode()
    assert "Already decided" in page
    comment.refresh_from_db()
    assert comment.status == Status.PUBLISHED


def test_a_published_comment_is_taken_down_and_a_rejected_one_brought_back(marta: Client) -> None:
    published = make_comment(status=Status.PUBLISHED)
    rejected = make_comment(status=Status.REJECTED)
    decide_one(marta, published, "hate", ALL)
    decide_one(marta, rejected, "publish", ALL)
    published.refresh_from_db()
    rejected.refresh_from_db()
    assert (published.status, rejected.status) == (Status.REJECTED, Status.PUBLISHED)


def test_the_history_of_a_comment_is_on_its_page(marta: Client) -> None:
    comment = make_comment(status=Status.HELD)
    decide_one(marta, comment, "off_topic")
    page = marta.get(card_page(comment)).content.decode()
    assert "off topic" in page
    assert "automatically" in page
    assert str(User.objects.get()) in page


def test_an_emails_comments_are_found_and_the_email_is_in_no_address() -> None:
    lead = signed_in_with(*MODERATES, "view_contact")
    make_comment(status=Status.HELD, author_email="petro@example.org", text="Перший")
    make_comment(status=Status.HELD, text="Другий")
    found = lead.post(f"{ALL}find/", {"email": "Petro@example.org"}, follow=True)
    page = found.content.decode()
    assert "Перший" in page
    assert "Другий" not in page
    assert "petro" not in str(found.redirect_chain)
    assert "petro@" not in page


def test_who_may_only_look_finds_no_buttons_and_can_decide_nothing() -> None:
    auditor = signed_in_with("view_heldcomment", "view_comment")
    comment = make_comment(status=Status.HELD)
    assert 'name="decision"' not in auditor.get(QUEUE).content.decode()
    assert decide_one(auditor, comment, "publish").status_code == 403
    comment.refresh_from_db()
    assert comment.status == Status.HELD


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("moderation/heldcomment/?q=міст", "queue/"),
        ("moderation/heldcomment/{pk}/change/", "comments/{pk}/"),
        ("moderation/rejectedcomment/", "rejected/"),
        ("comments/comment/", "comments/"),
        ("comments/comment/{pk}/change/", "comments/{pk}/"),
    ],
)
def test_an_earlier_address_leads_on(marta: Client, before: str, now: str) -> None:
    pk = make_comment(status=Status.HELD).pk
    answer = marta.get("/en/admin/" + before.format(pk=pk), follow=True)
    assert answer.status_code == 200
    assert answer.request["PATH_INFO"] == "/en/admin/" + now.format(pk=pk)


def test_without_signing_in_there_is_no_desk(client: Client) -> None:
    response = client.get(QUEUE)
    assert response.status_code == 302
    assert "/admin/login/" in response["Location"]


def test_nothing_is_added_edited_or_deleted_at_the_desk(marta: Client) -> None:
    comment = make_comment(status=Status.HELD)
    boss = signed_in_as_chief()
    for path in ("add/", f"{comment.pk}/delete/"):
        assert boss.get(ALL + path).status_code == 404
    assert boss.get(f"{LOG}{comment.decisions.get().pk}/delete/").status_code == 403


@pytest.mark.parametrize("number", ["999999", "9" * 30])
def test_a_card_that_is_not_there_is_said_to_be_missing(marta: Client, number: str) -> None:
    answer = marta.get(f"{ALL}{number}/", follow=True)
    assert f"There is no comment #{number} any more." in answer.content.decode()
    assert marta.post(f"{ALL}{number}/", {"decision": "spam"}, follow=True).status_code == 200


def test_the_queue_costs_the_same_queries_however_long(marta: Client) -> None:
    counts = []
    marta.get(QUEUE)  # writes down that she is here
    for more in (5, 45):
        for _ in range(more):
            root = make_comment()
            make_comment(root.article, Status.HELD, parent=root)
        with CaptureQueriesContext(connection) as queries:
            shown = marta.get(QUEUE).content.decode()
        counts.append((len(shown_on(shown)), len(queries)))
    (few, cost), (many, of_many) = counts
    assert (few, of_many) == (5, cost)
    assert many > few
    # One of them asks whether she has one-time codes to give.
    assert cost <= 14


def test_markup_in_a_comment_is_text_at_the_desk(marta: Client) -> None:
    make_comment(status=Status.HELD, text="<script>alert(1)</script>", author_name="<b>Ім'я</b>")
    page = marta.get(QUEUE).content.decode()
    assert "<script>alert(1)" not in page
    assert "<b>Ім" not in page


def test_the_log_lists_every_decision_and_leads_to_its_comment(marta: Client) -> None:
    comment = make_comment(status=Status.HELD)
    decide_one(marta, comment, "hate")
    page = marta.get(LOG).content.decode()
    assert "hate or threats" in page
    assert "held for a moderator" in page
    assert f"/comments/{comment.pk}/" in page


def test_the_words_that_carried_the_score_are_marked(marta: Client) -> None:
    text = "Шановна редакціє, <b>дякую</b>. А ти, Степане, тупий ідіот."
    comment = make_comment(status=Status.PENDING, text=text)
    set_policy(toxicity_hold_at=0.01, toxicity_reject_at=1)
    services.moderate(comment_id=comment.pk)
    page = marta.get(QUEUE).content.decode()
    marked = re.findall(r"<mark>(.*?)</mark>", page)
    assert any("ідіот" in stretch for stretch in marked)
    assert not any("редакціє" in stretch for stretch in marked)
    assert "&lt;b&gt;дякую&lt;/b&gt;" in page


@pytest.mark.parametrize("page", [QUEUE, ALL])
def test_the_list_is_filtered_by_reason(marta: Client, page: str) -> None:
    make_comment(status=Status.HELD, text="Ну і розумник!")
    found = marta.get(f"{page}?reason=toxicity")
    assert found.status_code == 200
    assert "Ну і розумник!" in re.sub("</?mark>", "", found.content.decode())
    assert "Ну і розумник!" not in marta.get(f"{page}?reason=spam").content.decode()


def test_a_refused_decision_keeps_what_was_selected(marta: Client) -> None:
    first, second = cards = [make_comment(status=Status.HELD) for _ in range(2)]
    page = marta.post(QUEUE, decisions("", cards, chosen=[second])).content.decode()
    assert "Choose what to do with the comments." in page
    boxes = dict(re.findall(r'name="cards-(\d)-chosen"( checked)?', page))
    assert shown_on(page) == [first.pk, second.pk]
    assert boxes == {"0": "", "1": " checked"}


@pytest.mark.parametrize("number", ["abc", "0", "-3", "99", "9" * 5000])
def test_a_page_that_is_not_there_is_one_that_is(marta: Client, number: str) -> None:
    comment = make_comment(status=Status.HELD)
    answer = marta.get(QUEUE, {"page": number})
    assert shown_on(answer.content.decode()) == [comment.pk]
