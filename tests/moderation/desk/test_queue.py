"""The moderators' desk as a moderator meets it."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from comments.models import Comment, Status
from moderation import services
from moderation.accounts.models import User
from moderation.models import Decision, SitePolicy
from moderation.policy.verdict import Reason
from tests.makers import make_article, make_comment

pytestmark = pytest.mark.django_db
MAY = ("view_heldcomment", "change_heldcomment", "view_comment", "view_decision", "view_article")
QUEUE = "admin:moderation_heldcomment_changelist"
ALL = "admin:comments_comment_changelist"


def signed_in(*permissions: str) -> Client:
    user = User.objects.create_user(f"staff-{User.objects.count()}", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(user)
    return client


@pytest.fixture
def marta() -> Client:
    """A moderator."""
    return signed_in(*MAY)


def url(name: str) -> str:
    return reverse(name).replace("/uk/", "/en/")


def seen(comment: Comment) -> str:
    return f"{comment.pk}:{comment.status}:{comment.version}"


def decide_one(client: Client, comment: Comment, verdict: str, page: str = QUEUE) -> Any:
    data = {"seen": [seen(comment)], "decide_one": f"{comment.pk}:{verdict}"}
    return client.post(url(page), data, follow=True)


def test_the_queue_shows_the_held_with_all_that_a_decision_needs(marta: Client) -> None:
    article = make_article(title="Ремонт мосту")
    held = make_comment(article, Status.HELD, text="Ну і розумник!", author_name="Петро")
    make_comment(article, Status.PUBLISHED, text="Оприлюднене", author_email="petro@example.org")
    page = re.sub("</?mark>", "", marta.get(url(QUEUE)).content.decode())
    for shown in ("Ну і розумник!", "Петро", "Ремонт мосту", "insult"):
        assert shown in page
    assert "Оприлюднене" not in page
    assert f'value="{held.pk}:publish:reviewed"' in page
    assert f'value="{held.pk}:reject:spam"' in page


def test_the_authors_record_is_joined_by_their_email_and_the_email_is_not_shown(
    marta: Client,
) -> None:
    make_comment(status=Status.HELD, author_email="petro@example.org")
    for status in (Status.PUBLISHED, Status.PUBLISHED, Status.REJECTED):
        make_comment(status=status, author_email="Petro@Example.org")
    page = marta.get(url(QUEUE)).content.decode()
    assert "published 2, waiting 1, rejected 1" in page
    assert "example.org" not in page.lower()


def test_an_avatar_is_the_names_initial_and_comes_from_nowhere(marta: Client) -> None:
    make_comment(status=Status.HELD, author_name="«жанна»")
    page = marta.get(url(QUEUE)).content.decode()
    assert re.search(r'<span class="avatar avatar-\d" aria-hidden="true">Ж</span>', page)
    assert not re.search(r'src="(?!/)', page)


def test_publishing_is_one_press_and_is_on_record_with_the_moderators_name(marta: Client) -> None:
    comment = make_comment(status=Status.HELD)
    page = decide_one(marta, comment, "publish:reviewed").content.decode()
    assert "1 comment published." in page
    comment.refresh_from_db()
    assert (comment.status, comment.reason) == (Status.PUBLISHED, Reason.REVIEWED)
    assert Decision.objects.latest("id").user == User.objects.get()


@pytest.mark.parametrize("reason", ["spam", "toxicity", "hate", "personal_data", "off_topic"])
def test_a_rejection_names_its_reason(marta: Client, reason: str) -> None:
    comment = make_comment(status=Status.HELD)
    decide_one(marta, comment, f"reject:{reason}")
    comment.refresh_from_db()
    assert (comment.status, comment.reason) == (Status.REJECTED, reason)


@pytest.mark.parametrize("verdict", ["reject:", "reject:because", "publish:spam", "", "hold:spam"])
def test_a_verdict_that_no_button_sends_changes_nothing(marta: Client, verdict: str) -> None:
    comment = make_comment(status=Status.HELD)
    page = decide_one(marta, comment, verdict).content.decode()
    assert "Choose what to do with the comments." in page
    comment.refresh_from_db()
    assert comment.status == Status.HELD


def test_many_are_decided_at_once_and_only_the_ticked(marta: Client) -> None:
    first, second, third = (make_comment(status=Status.HELD) for _ in range(3))
    data = {
        "decide": "reject:spam",
        "chosen": [first.pk, third.pk],
        "seen": [seen(c) for c in (first, second, third)],
    }
    page = marta.post(url(QUEUE), data, follow=True).content.decode()
    assert "2 comments rejected." in page
    statuses = dict(Comment.objects.values_list("pk", "status"))
    assert statuses == {first.pk: "rejected", second.pk: "held", third.pk: "rejected"}


def test_nothing_ticked_is_said(marta: Client) -> None:
    comment = make_comment(status=Status.HELD)
    data = {"decide": "publish:reviewed", "seen": [seen(comment)]}
    assert "Tick the comments first." in marta.post(url(QUEUE), data, follow=True).content.decode()


def test_of_two_moderators_the_second_is_told_that_someone_was_first(marta: Client) -> None:
    comment = make_comment(status=Status.HELD)
    decide_one(signed_in(*MAY), comment, "publish:reviewed")
    page = decide_one(marta, comment, "reject:spam").content.decode()
    assert "Already decided" in page
    comment.refresh_from_db()
    assert comment.status == Status.PUBLISHED


def test_a_published_comment_is_taken_down_and_a_rejected_one_brought_back(marta: Client) -> None:
    published = make_comment(status=Status.PUBLISHED)
    rejected = make_comment(status=Status.REJECTED)
    decide_one(marta, published, "reject:hate", ALL)
    decide_one(marta, rejected, "publish:reviewed", ALL)
    published.refresh_from_db()
    rejected.refresh_from_db()
    assert (published.status, rejected.status) == (Status.REJECTED, Status.PUBLISHED)


def test_the_history_of_a_comment_is_on_its_page(marta: Client) -> None:
    comment = make_comment(status=Status.HELD)
    decide_one(marta, comment, "reject:off_topic")
    page = marta.get(f"{url(ALL)}{comment.pk}/change/").content.decode()
    assert "off topic" in page
    assert "automatically" in page
    assert str(User.objects.get()) in page


def test_an_emails_comments_are_found_and_the_email_is_in_no_address() -> None:
    lead = signed_in(*MAY, "view_contact")
    make_comment(status=Status.HELD, author_email="petro@example.org", text="Перший")
    make_comment(status=Status.HELD, text="Другий")
    found = lead.post(url(QUEUE), {"email": "Petro@example.org"}, follow=True)
    page = found.content.decode()
    assert "Перший" in page
    assert "Другий" not in page
    assert "petro" not in str(found.redirect_chain)
    assert "petro@" not in page


def test_who_may_only_look_finds_no_buttons_and_can_decide_nothing() -> None:
    auditor = signed_in("view_heldcomment", "view_comment")
    comment = make_comment(status=Status.HELD)
    assert "decide_one" not in auditor.get(url(QUEUE)).content.decode()
    assert decide_one(auditor, comment, "publish:reviewed").status_code == 403
    comment.refresh_from_db()
    assert comment.status == Status.HELD


def test_without_signing_in_there_is_no_desk(client: Client) -> None:
    response = client.get(url(QUEUE))
    assert response.status_code == 302
    assert "/admin/login/" in response["Location"]


def test_nothing_is_added_edited_or_deleted_at_the_desk(marta: Client) -> None:
    comment = make_comment(status=Status.HELD)
    boss = Client()
    boss.force_login(User.objects.create_superuser("boss"))
    for path in ("add/", f"{comment.pk}/delete/"):
        assert boss.get(url(ALL) + path).status_code == 403
    decision = url("admin:moderation_decision_changelist")
    assert boss.get(f"{decision}{comment.decisions.get().pk}/delete/").status_code == 403


@pytest.mark.parametrize("path", ["abc/change/", "999999/change/"])
def test_a_card_that_is_not_there_is_no_crash(marta: Client, path: str) -> None:
    assert marta.get(url(ALL) + path, follow=True).status_code == 200


def test_the_queue_costs_the_same_queries_however_long(marta: Client) -> None:
    counts = []
    marta.get(url(QUEUE))  # writes down that she is here
    for more in (5, 45):
        for _ in range(more):
            root = make_comment()
            make_comment(root.article, Status.HELD, parent=root)
        with CaptureQueriesContext(connection) as queries:
            shown = marta.get(url(QUEUE)).content.decode().count('name="seen"')
        counts.append((shown, len(queries)))
    (few, cost), (many, of_many) = counts
    assert (few, of_many) == (5, cost)
    assert many > few
    # One of them asks whether she has one-time codes to give.
    assert cost <= 14


def test_markup_in_a_comment_is_text_at_the_desk(marta: Client) -> None:
    make_comment(status=Status.HELD, text="<script>alert(1)</script>", author_name="<b>Ім'я</b>")
    page = marta.get(url(QUEUE)).content.decode()
    assert "<script>alert(1)" not in page
    assert "<b>Ім" not in page


def test_the_log_lists_every_decision_and_leads_to_its_comment(marta: Client) -> None:
    comment = make_comment(status=Status.HELD)
    decide_one(marta, comment, "reject:hate")
    page = marta.get(url("admin:moderation_decision_changelist")).content.decode()
    assert "hatred or threat" in page
    assert "held for a moderator" in page
    assert f"/comments/comment/{comment.pk}/change/" in page


def test_the_words_that_carried_the_score_are_marked(marta: Client) -> None:
    text = "Шановна редакціє, <b>дякую</b>. А ти, Степане, тупий ідіот."
    comment = make_comment(status=Status.PENDING, text=text)
    SitePolicy.objects.create(toxicity_hold_at=0.01, toxicity_reject_at=1)
    services.moderate(comment_id=comment.pk)
    page = marta.get(url(QUEUE)).content.decode()
    marked = re.findall(r"<mark>(.*?)</mark>", page)
    assert any("ідіот" in stretch for stretch in marked)
    assert not any("редакціє" in stretch for stretch in marked)
    assert "&lt;b&gt;дякую&lt;/b&gt;" in page


@pytest.mark.parametrize("page", [QUEUE, ALL])
def test_the_list_is_filtered_by_reason(marta: Client, page: str) -> None:
    make_comment(status=Status.HELD, text="Ну і розумник!")
    found = marta.get(f"{url(page)}?reason=toxicity")
    assert found.status_code == 200
    assert "Ну і розумник!" in re.sub("</?mark>", "", found.content.decode())
    assert "Ну і розумник!" not in marta.get(f"{url(page)}?reason=spam").content.decode()


def anchor_after(client: Client, data: dict[str, Any], page: str = QUEUE) -> str:
    return client.post(url(page), data)["Location"].partition("#")[2]


def test_after_a_decision_the_next_card_has_the_place(marta: Client) -> None:
    first, second, third = cards = [make_comment(status=Status.HELD) for _ in range(3)]
    shown = [seen(comment) for comment in cards]
    data = {"seen": shown, "decide_one": f"{second.pk}:publish:reviewed"}
    assert anchor_after(marta, data) == third.anchor
    data = {"seen": [shown[0], shown[2]], "decide_one": f"{third.pk}:publish:reviewed"}
    assert anchor_after(marta, data) == first.anchor
    data = {"seen": shown[:1], "decide_one": f"{first.pk}:publish:reviewed"}
    assert anchor_after(marta, data) == ""


def test_in_the_list_of_all_the_decided_card_stays_and_keeps_the_place(marta: Client) -> None:
    _, second = cards = [make_comment(status=Status.PUBLISHED) for _ in range(2)]
    data = {"seen": [seen(c) for c in cards], "decide_one": f"{second.pk}:reject:spam"}
    assert anchor_after(marta, data, ALL) == second.anchor


def test_a_slip_is_mended_by_the_link_that_says_what_was_done(marta: Client) -> None:
    first, second, third = cards = [make_comment(status=Status.HELD) for _ in range(3)]
    page = decide_one(marta, first, "publish:reviewed").content.decode()
    link = reverse("admin:comments_comment_change", args=[first.pk])
    assert f'href="{link.replace("/uk/", "/en/")}">Look again' in page
    data = {"decide": "reject:spam", "page": "on", "seen": [seen(c) for c in cards[1:]]}
    page = marta.post(url(QUEUE), data, follow=True).content.decode()
    assert f'?id__in={second.pk},{third.pk}">Look again' in page
    again = marta.get(f"{url(ALL)}?id__in={second.pk},{third.pk}").content.decode()
    assert second.anchor in again
    assert third.anchor in again
    assert f'id="{first.anchor}"' not in again


@pytest.mark.parametrize("ids", ["abc", "9" * 30, "1,\0"])
def test_a_broken_link_to_comments_breaks_nothing(marta: Client, ids: str) -> None:
    assert marta.get(url(ALL), {"id__in": ids}).status_code == 400


def test_all_on_the_page_are_decided_without_ticking_each(marta: Client) -> None:
    cards = [make_comment(status=Status.HELD) for _ in range(2)]
    later = make_comment(status=Status.HELD)
    data = {"decide": "reject:spam", "page": "on", "seen": [seen(c) for c in cards]}
    assert "2 comments rejected." in marta.post(url(QUEUE), data, follow=True).content.decode()
    later.refresh_from_db()
    assert later.status == Status.HELD
