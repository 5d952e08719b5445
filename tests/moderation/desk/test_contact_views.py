"""No page shows an e-mail unless requested, and every view is logged."""

import pytest
from cryptography.fernet import Fernet
from django.test import Client

from comments.append_only import AppendOnlyError
from comments.models import Comment, Contact, Status
from moderation.accounts.models import User
from moderation.accounts.roles import Role
from moderation.models import PrivacyDeed, PrivacyEntry
from tests.makers import make_comment
from tests.moderation.desk.desks import signed_in_as, signed_in_as_superuser

pytestmark = pytest.mark.django_db
EMAIL, ADDRESS = "petro@example.org", "203.0.113.7"
DESK = "/en/admin/"


@pytest.fixture
def comment() -> Comment:
    return make_comment(status=Status.HELD, author_email=EMAIL, address=ADDRESS)


def look(client: Client, comment: Comment) -> tuple[int, str]:
    answer = client.post(f"{DESK}comments/{comment.pk}/contact/")
    return answer.status_code, answer.content.decode()


def test_no_page_shows_the_e_mail_by_default_to_any_role(comment: Comment) -> None:
    for client in (signed_in_as_superuser(), signed_in_as(Role.LEAD)):
        for page in (
            "queue/",
            "comments/",
            f"comments/{comment.pk}/",
        ):
            answer = client.get(DESK + page)
            assert answer.status_code == 200
            assert EMAIL not in answer.content.decode()
            assert ADDRESS not in answer.content.decode()
    assert not PrivacyEntry.objects.exists()


def test_a_lead_requests_the_e_mail_and_every_view_is_logged(comment: Comment) -> None:
    lead = signed_in_as(Role.LEAD, "larysa")
    card = lead.get(f"{DESK}comments/{comment.pk}/").content.decode()
    assert f"/comments/{comment.pk}/contact/" in card
    for times in (1, 2):
        status, page = look(lead, comment)
        assert status == 200
        assert EMAIL in page
        assert ADDRESS in page
        assert PrivacyEntry.objects.count() == times
    entry = PrivacyEntry.objects.latest("id")
    assert (entry.deed, entry.actor, entry.comment_number) == (
        PrivacyDeed.LOOK,
        User.objects.get(username="larysa"),
        comment.pk,
    )


def test_the_mailto_link_contains_only_the_e_mail() -> None:
    crafted = "superuser?bcc=evil@example.org"
    comment = make_comment(status=Status.HELD, author_email=crafted)
    _, page = look(signed_in_as(Role.LEAD), comment)
    assert 'href="mailto:superuser%3Fbcc%3Devil@example.org"' in page
    assert crafted in page


def test_the_page_with_the_e_mail_is_not_cached_and_needs_a_post(
    comment: Comment,
) -> None:
    lead = signed_in_as(Role.LEAD)
    answer = lead.post(f"{DESK}comments/{comment.pk}/contact/")
    assert "no-store" in answer["Cache-Control"]
    assert lead.get(f"{DESK}comments/{comment.pk}/contact/").status_code == 405


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.AUDITOR])
def test_without_the_permission_there_is_no_button_and_no_view(
    comment: Comment, role: Role
) -> None:
    client = signed_in_as(role)
    card = client.get(f"{DESK}comments/{comment.pk}/").content.decode()
    assert "/contact/" not in card
    status, page = look(client, comment)
    assert status == 403
    assert EMAIL not in page
    assert not PrivacyEntry.objects.exists()


def test_an_auditor_sees_who_viewed_but_not_the_e_mail(comment: Comment) -> None:
    look(signed_in_as(Role.LEAD, "larysa"), comment)
    page = signed_in_as(Role.AUDITOR).get(f"{DESK}moderation/privacyentry/").content.decode()
    assert "larysa" in page
    assert "viewed an e-mail" in page
    assert f"/comments/{comment.pk}/" in page
    assert EMAIL not in page


def test_the_log_cannot_be_changed(comment: Comment) -> None:
    look(signed_in_as(Role.LEAD), comment)
    entry = PrivacyEntry.objects.get()
    for change in (
        entry.save,
        entry.delete,
        PrivacyEntry.objects.all().delete,
        lambda: PrivacyEntry.objects.update(count=0),
    ):
        with pytest.raises(AppendOnlyError):
            change()


def test_with_a_lost_key_the_desk_works_and_the_view_names_the_setting(
    comment: Comment, settings: object
) -> None:
    settings.CONTACT_KEYS = [Fernet.generate_key().decode()]  # type: ignore[attr-defined]
    lead = signed_in_as(Role.LEAD)
    for page in ("queue/", f"comments/{comment.pk}/"):
        assert lead.get(DESK + page).status_code == 200
    found = lead.post(f"{DESK}comments/find/", {"email": EMAIL}, follow=True)
    assert comment.author_name in found.content.decode()
    status, page = look(lead, comment)
    assert status == 200
    assert "CONTACT_KEYS" in page
    assert PrivacyEntry.objects.filter(deed=PrivacyDeed.LOOK).count() == 1


def test_deleted_contacts_are_shown_as_not_stored(comment: Comment) -> None:
    Contact.objects.all().delete()
    status, page = look(signed_in_as(Role.LEAD), comment)
    assert status == 200
    assert page.count("not stored") == 2
