"""The moderators' queue and lists as a moderator sees them."""

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
    MODERATOR_PERMISSIONS,
    QUEUE,
    card_page,
    decide_one,
    decisions,
    send,
    shown_on,
    signed_in_as_superuser,
    signed_in_with,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def marta() -> Client:
    """A moderator."""
    return signed_in_with(*MODERATOR_PERMISSIONS)


def test_the_queue_shows_held_comments_with_everything_needed_to_decide(marta: Client) -> None:
    article = make_article(title="Ремонт мосту")
    held = make_comment(article, Status.HELD, text="Ну і розумник!", author_name="Петро")
    make_comment(article, Status.PUBLISHED, text="Оприлюднене", author_email="petro@example.org")
    page = re.sub("</?mark[^>]*>", "", marta.get(QUEUE).content.decode())
    for shown in ("Ну і розумник!", "Петро", "Ремонт мосту", "insult"):
        assert shown in page
    assert "Оприлюднене" not in page
    assert f'name="comment" value="{held.pk}"' in page
    for verdict in ("publish", "spam"):
        assert f'name="decision" value="{verdict}"' in page


def test_the_authors_record_is_shown_but_not_their_e_mail(
    marta: Client,
) -> None:
    make_comment(status=Status.HELD, author_email="petro@example.org")
    for status in (Status.PUBLISHED, Status.PUBLISHED, Status.REJECTED):
        make_comment(status=status, author_email="Petro@Example.org")
    page = marta.get(QUEUE).content.decode()
    assert "published 2, waiting 1, rejected 1" in page
    assert "example.org" not in page.lower()


def test_an_avatar_is_an_initial_and_is_not_loaded_from_anywhere(marta: Client) -> None:
    make_comment(status=Status.HELD, author_name="«жанна»")
    page = marta.get(QUEUE).content.decode()
    assert re.search(r'<span class="avatar avatar-\d" aria-hidden="true">Ж</span>', page)
    assert not re.search(r'src="(?!/)', page)


def test_publishing_takes_one_click_and_is_logged_with_the_moderators_name(marta: Client) -> None:
    comment = make_comment(status=Status.HELD)
    page = decide_one(marta, comment, "publish").content.decode()
    assert "1 comment published." in page
    comment.refresh_from_db()
    assert (comment.status, comment.reason) == (Status.PUBLISHED, Reason.REVIEWED)
    assert Decision.objects.latest("id").user == User.objects.get()


@pytest.mark.parametrize("reason", ["spam", "toxicity", "hate", "personal_data", "off_topic"])
def test_a_rejection_has_its_reason(marta: Client, reason: str) -> None:
    comment = make_comment(status=Status.HELD)
    decide_one(marta, comment, reason)
    comment.refresh_from_db()
    assert (comment.status, comment.reason) == (Status.REJECTED, reason)


@pytest.mark.parametrize("verdict", ["reject", "because", "publish:spam", "", "hold"])
def test_a_verdict_without_a_button_changes_nothing(marta: Client, verdict: str) -> None:
    comment = make_comment(status=Status.HELD)
    page = decide_one(marta, comment, verdict).content.decode()
    assert "Choose what to do with the comments." in page
    comment.refresh_from_db()
    assert comment.status == Status.HELD


def test_only_the_selected_comments_are_decided_together(marta: Client) -> None:
    first, second, third = (make_comment(status=Status.HELD) for _ in range(3))
    data = decisions("spam", (first, second, third), chosen=(first, third))
    assert "2 comments rejected." in send(marta, QUEUE, data)
    statuses = dict(Comment.objects.values_list("pk", "status"))
    assert statuses == {first.pk: "rejected", second.pk: "held", third.pk: "rejected"}


def test_an_empty_selection_is_reported(marta: Client) -> None:
    comment = make_comment(status=Status.HELD)
    data = decisions("publish", [comment])
    assert "Select comments first." in marta.post(QUEUE, data, follow=True).content.decode()


def test_the_second_of_two_moderators_is_told_that_somebody_was_first(marta: Client) -> None:
    comment = make_comment(status=Status.HELD)
    decide_one(signed_in_with(*MODERATOR_PERMISSIONS), comment, "publish")
    page = decide_one(marta, comment, "spam").content.decode()
    assert "Already decided" in page
    comment.refresh_from_db()
    assert comment.status == Status.PUBLISHED


def test_a_published_comment_can_be_taken_down_and_a_rejected_one_restored(marta: Client) -> None:
    published = make_comment(status=Status.PUBLISHED)
    rejected = make_comment(status=Status.REJECTED)
    decide_one(marta, published, "hate", ALL)
    decide_one(marta, rejected, "publish", ALL)
    published.refresh_from_db()
    rejected.refresh_from_db()
    assert (published.status, rejected.status) == (Status.REJECTED, Status.PUBLISHED)


def test_the_comments_page_shows_its_history(marta: Client) -> None:
    comment = make_comment(status=Status.HELD)
    decide_one(marta, comment, "off_topic")
    page = marta.get(card_page(comment)).content.decode()
    assert "off topic" in page
    assert "automatically" in page
    assert str(User.objects.get()) in page


def test_searching_by_e_mail_finds_its_comments_and_leaves_it_out_of_the_url() -> None:
    lead = signed_in_with(*MODERATOR_PERMISSIONS, "view_contact")
    make_comment(status=Status.HELD, author_email="petro@example.org", text="Перший")
    make_comment(status=Status.HELD, text="Другий")
    found = lead.post(f"{ALL}find/", {"email": "Petro@example.org"}, follow=True)
    page = found.content.decode()
    assert "Перший" in page
    assert "Другий" not in page
    assert "petro" not in str(found.redirect_chain)
    assert "petro@" not in page


def test_read_only_users_have_no_buttons_and_cannot_decide() -> None:
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
def test_old_urls_redirect(marta: Client, before: str, now: str) -> None:
    pk = make_comment(status=Status.HELD).pk
    answer = marta.get("/en/admin/" + before.format(pk=pk), follow=True)
    assert answer.status_code == 200
    assert answer.request["PATH_INFO"] == "/en/admin/" + now.format(pk=pk)


def test_without_signing_in_the_desk_is_closed(client: Client) -> None:
    response = client.get(QUEUE)
    assert response.status_code == 302
    assert "/admin/login/" in response["Location"]


def test_nothing_can_be_added_edited_or_deleted_at_the_desk(marta: Client) -> None:
    comment = make_comment(status=Status.HELD)
    superuser = signed_in_as_superuser()
    for path in ("add/", f"{comment.pk}/delete/"):
        assert superuser.get(ALL + path).status_code == 404
    assert superuser.get(f"{LOG}{comment.decisions.get().pk}/delete/").status_code == 403


@pytest.mark.parametrize("number", ["999999", "9" * 30])
def test_a_missing_card_is_reported(marta: Client, number: str) -> None:
    answer = marta.get(f"{ALL}{number}/", follow=True)
    assert f"There is no comment #{number} any more." in answer.content.decode()
    assert marta.post(f"{ALL}{number}/", {"decision": "spam"}, follow=True).status_code == 200


def test_the_queue_takes_a_constant_number_of_queries(marta: Client) -> None:
    counts = []
    marta.get(QUEUE)  # records that she has been seen
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
    # One of them checks whether she has one-time codes, one reads the site's own reasons, one the
    # saved views, one finds the comments that stand for a campaign.
    assert cost <= 22


def test_markup_in_a_comment_is_shown_as_text(marta: Client) -> None:
    make_comment(status=Status.HELD, text="<script>alert(1)</script>", author_name="<b>Ім'я</b>")
    page = marta.get(QUEUE).content.decode()
    assert "<script>alert(1)" not in page
    assert "<b>Ім" not in page


def test_the_log_lists_every_decision_and_links_to_its_comment(marta: Client) -> None:
    comment = make_comment(status=Status.HELD)
    decide_one(marta, comment, "hate")
    page = marta.get(LOG).content.decode()
    assert "hate or threats" in page
    assert "held for a moderator" in page
    assert f"/comments/{comment.pk}/" in page


def test_the_words_that_led_to_the_score_are_highlighted(marta: Client) -> None:
    text = "Шановна редакціє, <b>дякую</b>. А ти, Степане, тупий ідіот."
    comment = make_comment(status=Status.PENDING, text=text)
    set_policy(toxicity_hold_at=0.01, toxicity_reject_at=1)
    services.moderate(comment_id=comment.pk)
    page = marta.get(QUEUE).content.decode()
    marked = re.findall(r"<mark[^>]*>(.*?)</mark>", page)
    assert any("ідіот" in stretch for stretch in marked)
    assert not any("редакціє" in stretch for stretch in marked)
    assert "&lt;b&gt;дякую&lt;/b&gt;" in page


@pytest.mark.parametrize("page", [QUEUE, ALL])
def test_the_list_can_be_filtered_by_reason(marta: Client, page: str) -> None:
    make_comment(status=Status.HELD, text="Ну і розумник!")
    found = marta.get(f"{page}?reason=toxicity")
    assert found.status_code == 200
    assert "Ну і розумник!" in re.sub("</?mark[^>]*>", "", found.content.decode())
    assert "Ну і розумник!" not in marta.get(f"{page}?reason=spam").content.decode()


def test_a_refused_decision_keeps_the_selection(marta: Client) -> None:
    first, second = cards = [make_comment(status=Status.HELD) for _ in range(2)]
    page = marta.post(QUEUE, decisions("", cards, chosen=[second])).content.decode()
    assert "Choose what to do with the comments." in page
    boxes = dict(re.findall(r'name="cards-(\d)-chosen"( checked)?', page))
    assert shown_on(page) == [first.pk, second.pk]
    assert boxes == {"0": "", "1": " checked"}


@pytest.mark.parametrize("number", ["abc", "0", "-3", "99", "9" * 5000])
def test_a_page_number_out_of_range_shows_the_last_page(marta: Client, number: str) -> None:
    comment = make_comment(status=Status.HELD)
    answer = marta.get(QUEUE, {"page": number})
    assert shown_on(answer.content.decode()) == [comment.pk]
