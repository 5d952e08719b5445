"""Before new banned words are saved, the policy page shows once what they would have caught."""

import re

import pytest
from django.test import Client

from comments.models import Comment, Status
from moderation.accounts.roles import Role
from moderation.models import Act, SitePolicy
from tests.makers import make_comment, set_policy
from tests.moderation.desk.desks import signed_in_as

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
NOTHING = {"max_links": 2, "trusted_after": 0, "banned_words": ""}
POLICY = "/en/admin/moderation/sitepolicy/"


@pytest.fixture
def policy() -> SitePolicy:
    return set_policy(banned_words="старе")


@pytest.fixture
def lead() -> Client:
    return signed_in_as(Role.LEAD, "larysa")


@pytest.fixture
def comment() -> Comment:
    return make_comment(text="Ракета <b>влучила</b> в будинок.")


def send(client: Client, policy: SitePolicy, words: str, **also: object) -> tuple[bool, str]:
    """Return whether it was saved, and the page shown then."""
    data = {**NOTHING, "banned_words": words, **also}
    answer = client.post(f"{POLICY}{policy.pk}/change/", data, follow=True)
    policy.refresh_from_db()
    return bool(answer.redirect_chain), answer.content.decode()


def seen(page: str) -> str:
    (found,) = re.findall(r'name="words_seen" value="(\w+)"', page)
    return str(found)


def test_a_save_asks_once_if_the_new_lines_would_have_caught_something(
    lead: Client, policy: SitePolicy, comment: Comment
) -> None:
    saved, page = send(lead, policy, "старе\nрак*")
    assert not saved
    assert policy.banned_words == "старе"
    assert "Nothing is saved yet" in page
    assert "<mark>Ракета</mark> &lt;b&gt;влучила&lt;/b&gt; в будинок." in page
    assert "ракета&nbsp;<small>1</small>" in page
    assert "<h3>рак*</h3>" in page
    assert "<h3>старе</h3>" not in page
    assert f"/en/admin/comments/{comment.pk}/" in page
    assert "Please correct" not in page
    assert not Act.objects.exists()
    saved, page = send(lead, policy, "старе\nрак*", words_seen=seen(page))
    assert saved
    assert policy.banned_words == "старе\nрак*"
    assert "Nothing is saved yet" not in page


def test_another_change_of_the_list_is_asked_about_again(
    lead: Client, policy: SitePolicy, comment: Comment
) -> None:
    _saved, page = send(lead, policy, "рак*")
    saved, page = send(lead, policy, "рак*\nбудин*", words_seen=seen(page))
    assert not saved
    assert "<h3>будин*</h3>" in page


@pytest.mark.parametrize("words", ["старе", "", "старе\nпроноза"])
def test_nothing_is_asked_if_nothing_would_have_been_caught(
    lead: Client, policy: SitePolicy, comment: Comment, words: str
) -> None:
    assert send(lead, policy, words)[0]


def test_a_useless_line_is_asked_about_although_it_catches_nothing(
    lead: Client, policy: SitePolicy
) -> None:
    saved, page = send(lead, policy, "старе\nСТАРЕ")
    assert not saved
    assert "The line “старе” catches the same already." in page


def test_the_check_saves_nothing_and_tells_in_any_case(
    lead: Client, policy: SitePolicy, comment: Comment
) -> None:
    for words, line in (("старе\nпроноза", "проноза"), ("старе", "старе")):
        saved, page = send(lead, policy, words, max_links=9, _check="1")
        assert not saved
        assert f"<h3>{line}</h3>" in page
        assert 'name="max_links" value="9"' in page
        assert policy.max_links == 2


def test_the_check_shows_faults_of_other_fields_as_well(
    lead: Client, policy: SitePolicy, comment: Comment
) -> None:
    page = send(lead, policy, "рак*", max_links="many", _check="1")[1]
    assert "<h3>рак*</h3>" in page
    assert "Please correct" in page


def test_a_policy_that_is_made_asks_too(lead: Client, comment: Comment) -> None:
    data = {**NOTHING, "banned_words": "рак*"}
    page = lead.post(f"{POLICY}add/", data).content.decode()
    assert not SitePolicy.objects.exists()
    lead.post(f"{POLICY}add/", {**data, "words_seen": seen(page)})
    assert SitePolicy.objects.get().banned_words == "рак*"


def test_it_counts_what_was_published(lead: Client, policy: SitePolicy, comment: Comment) -> None:
    make_comment(status=Status.HELD, text="ракети")
    page = send(lead, policy, "ракет*", _check="1")[1]
    assert "in 2 recent comments" in page
    assert "<b>2 comments</b>, of them published: 1" in page


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.AUDITOR])
def test_only_leads_check(policy: SitePolicy, role: Role) -> None:
    client = signed_in_as(role)
    address = f"{POLICY}{policy.pk}/change/"
    assert client.post(address, {**NOTHING, "_check": "1"}).status_code == 403
    assert b"_check" not in client.get(address).content
