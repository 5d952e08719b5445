"""Every change of the policy can be undone from its history, if it has not been changed since."""

import re

import pytest
from django.test import Client

from moderation import acts
from moderation.accounts.roles import Role
from moderation.models import Act, ActKind, SitePolicy
from tests.makers import set_policy
from tests.moderation.desk.desks import signed_in_as

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
NOTHING = {"max_links": 2, "trusted_after": 0, "banned_words": ""}
POLICY = "/en/admin/moderation/sitepolicy/"


@pytest.fixture
def policy() -> SitePolicy:
    return set_policy(spam_hold_at=0.5)


@pytest.fixture
def lead() -> Client:
    return signed_in_as(Role.LEAD, "larysa")


def save(client: Client, policy: SitePolicy, **values: object) -> None:
    data = {**NOTHING, "spam_hold_at": "50", **values}
    assert client.post(f"{POLICY}{policy.pk}/change/", data).status_code == 302


def history(client: Client, policy: SitePolicy) -> str:
    return client.get(f"{POLICY}{policy.pk}/history/").content.decode()


def undo_buttons(page: str) -> list[str]:
    return re.findall(r'action="(/en/admin/acts/\d+/undo/)"', page)


def now(policy: SitePolicy) -> tuple[object, ...]:
    policy.refresh_from_db()
    return policy.thresholds, policy.max_links, policy.banned_words


def test_a_save_is_an_act_and_the_history_undoes_it(lead: Client, policy: SitePolicy) -> None:
    first = now(policy)
    save(lead, policy, spam_hold_at="70", toxicity_reject_at="99", banned_words="дурень")
    assert now(policy) != first
    assert Act.objects.get().kind == ActKind.POLICY
    (address,) = undo_buttons(history(lead, policy))
    page = lead.post(address, {"next": f"{POLICY}{policy.pk}/history/"}, follow=True)
    assert "Undone." in page.content.decode()
    assert now(policy) == first
    shown = history(lead, policy)
    assert "An undo:" in shown
    assert "дурень → <b>—</b>" in shown
    assert undo_buttons(shown) == []


def test_what_somebody_has_changed_since_is_left_and_has_no_button(
    lead: Client, policy: SitePolicy
) -> None:
    save(lead, policy, max_links=5)
    act = Act.objects.get()
    save(signed_in_as(Role.LEAD, "olha"), policy, max_links=7)
    assert len(undo_buttons(history(lead, policy))) == 1
    assert acts.undo(act=act, user=act.user).changed == [policy.pk]
    assert now(policy)[1] == 7


@pytest.mark.parametrize("earlier", ["90", ""])
def test_a_threshold_that_would_now_leave_nothing_to_moderators_stays_and_has_no_button(
    lead: Client, policy: SitePolicy, earlier: str
) -> None:
    save(lead, policy, spam_reject_at=earlier)
    save(lead, policy, spam_reject_at="99.9")
    raised = Act.objects.order_by("-pk")[0]
    save(lead, policy, spam_hold_at="99.8", spam_reject_at="99.9")
    assert len(undo_buttons(history(lead, policy))) == 1
    assert acts.undo(act=raised, user=raised.user).changed == [policy.pk]
    assert now(policy)[0] == {"spam": {"hold_at": 0.998, "reject_at": 0.999}}


def test_it_is_undone_after_the_other_one_was(lead: Client, policy: SitePolicy) -> None:
    save(lead, policy, spam_reject_at="90")
    save(lead, policy, spam_reject_at="97")
    save(lead, policy, spam_hold_at="95", spam_reject_at="97")
    held, raised = Act.objects.order_by("-pk")[:2]
    for act in (held, raised):
        assert acts.undo(act=act, user=act.user).act
    assert now(policy)[0] == {"spam": {"hold_at": 0.5, "reject_at": 0.9}}


def test_another_setting_changed_since_stays(lead: Client, policy: SitePolicy) -> None:
    save(lead, policy, max_links=5)
    act = Act.objects.get()
    save(lead, policy, max_links=5, spam_hold_at="70", toxicity_reject_at="99")
    assert acts.undo(act=act, user=act.user).act
    limits = {"spam": {"hold_at": 0.7}, "toxicity": {"reject_at": 0.99}}
    assert now(policy) == (limits, 2, "")


def test_the_first_save_is_undone_to_the_defaults(lead: Client) -> None:
    lead.post(f"{POLICY}add/", {**NOTHING, "max_links": 9, "spam_hold_at": "70"})
    policy = SitePolicy.objects.get()
    act = Act.objects.get()
    assert acts.undo(act=act, user=act.user).act
    assert now(policy) == ({}, 2, "")


def test_a_save_that_changes_nothing_is_no_act(lead: Client, policy: SitePolicy) -> None:
    save(lead, policy)
    assert not Act.objects.exists()


@pytest.mark.parametrize("role", Role)
def test_only_leads_undo_it(lead: Client, policy: SitePolicy, role: Role) -> None:
    save(lead, policy, max_links=5)
    address = f"/en/admin/acts/{Act.objects.get().pk}/undo/"
    client = signed_in_as(role)
    for answer in (client.get(address), client.post(address)):
        assert (answer.status_code == 403) is (role is not Role.LEAD)
    assert now(policy)[1] == (2 if role is Role.LEAD else 5)
    if role is Role.AUDITOR:
        assert undo_buttons(history(client, policy)) == []
