"""The policy page refuses harmful values, and logs every change."""

import re

import pytest
from django.test import Client

from comments.models import DEFAULT_KEY
from moderation import model_registry
from moderation.accounts.roles import Role
from moderation.labels import exact_percent
from moderation.models import SitePolicy
from moderation.services import site_policy
from tests.makers import set_policy
from tests.moderation.desk.desks import signed_in_as

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
NOTHING = {"max_links": 2, "trusted_after": 0, "banned_words": ""}


@pytest.fixture
def policy() -> SitePolicy:
    return set_policy()


@pytest.fixture
def lead() -> Client:
    return signed_in_as(Role.LEAD, "larysa")


def address(policy: SitePolicy, language: str = "en", page: str = "change") -> str:
    return f"/{language}/admin/moderation/sitepolicy/{policy.pk}/{page}/"


def save(client: Client, policy: SitePolicy, **values: object) -> tuple[bool, str]:
    """Return whether it was saved, and the page shown then."""
    answer = client.post(address(policy), {**NOTHING, **values}, follow=True)
    policy.refresh_from_db()
    return bool(answer.redirect_chain), answer.content.decode()


@pytest.mark.parametrize("attribute", ["spam", "toxicity"])
def test_a_hold_threshold_above_the_reject_threshold_is_refused(
    lead: Client, policy: SitePolicy, attribute: str
) -> None:
    values = {f"{attribute}_hold_at": "95", f"{attribute}_reject_at": "50"}
    saved, page = save(lead, policy, **values)
    assert not saved
    assert (
        "No comment would reach a moderator: comments are held from 95% and rejected from 50%."
        in page
    )
    assert policy.thresholds == {}


def test_an_empty_field_counts_as_the_models_value(lead: Client, policy: SitePolicy) -> None:
    model = model_registry.for_site().thresholds["spam"]
    under = f"{model['hold_at'] * 100 - 1:.4f}"
    saved, page = save(lead, policy, spam_reject_at=under)
    assert not saved
    assert f"comments are held from {exact_percent(model['hold_at'])}" in page
    assert policy.thresholds == {}


def test_equal_thresholds_reject_without_a_queue_and_are_allowed(
    lead: Client, policy: SitePolicy
) -> None:
    assert save(lead, policy, spam_hold_at="90", spam_reject_at="90")[0]


@pytest.mark.parametrize("typed", ["0", "0.65", "0.99"])
def test_a_threshold_below_one_percent_must_be_confirmed(
    lead: Client, policy: SitePolicy, typed: str
) -> None:
    saved, page = save(lead, policy, toxicity_hold_at=typed)
    assert not saved
    assert f"{typed}% catches nearly every comment." in page
    assert 'type="checkbox" name="low_is_meant"' in page
    assert policy.thresholds == {}
    saved, _page = save(lead, policy, toxicity_hold_at=typed, low_is_meant="on")
    assert saved
    assert policy.threshold("toxicity", "hold_at") == pytest.approx(float(typed) / 100)


def test_the_confirmation_is_shown_only_when_needed(lead: Client, policy: SitePolicy) -> None:
    page = lead.get(address(policy)).content.decode()
    assert 'type="hidden" name="low_is_meant"' in page
    assert save(lead, policy, toxicity_hold_at="1")[0]


def test_each_field_shows_the_value_that_applies_while_it_is_empty(
    lead: Client, policy: SitePolicy
) -> None:
    page = lead.get(address(policy)).content.decode()
    for limits in model_registry.for_site().thresholds.values():
        for limit in ("hold_at", "reject_at"):
            assert f"Empty: {exact_percent(limits[limit])}, as the model recommends." in page
    assert "card recommends" not in re.sub(r"<[^>]*>", "", page)


def test_without_a_model_the_page_opens_and_saves(
    lead: Client, policy: SitePolicy, no_model: None
) -> None:
    assert "Empty: what the model recommends." in lead.get(address(policy)).content.decode()
    assert save(lead, policy, spam_hold_at="60")[0]


def test_a_read_only_user_sees_the_values_in_force(policy: SitePolicy) -> None:
    SitePolicy.objects.update(thresholds={"spam": {"hold_at": 0.655}})
    page = signed_in_as(Role.AUDITOR).get(address(policy)).content.decode()
    assert "65.5%" in page
    model = exact_percent(model_registry.for_site().thresholds["spam"]["reject_at"])
    assert f"{model}, as the model recommends" in page


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        ("!!!", "There are no words in the line “!!!”."),
        ("ванна\n*", "There are no words in the line “*”."),
        ("ва*", "Put at least three letters before the asterisk: “ва*” would hold too much."),
    ],
)
def test_a_line_that_matches_nothing_or_everything_is_refused(
    lead: Client, policy: SitePolicy, listed: str, said: str
) -> None:
    saved, page = save(lead, policy, banned_words=listed)
    assert not saved
    assert said in page


def test_each_line_of_a_word_list_counts(lead: Client, policy: SitePolicy) -> None:
    assert save(lead, policy, banned_words="ванн*\r\n\r\n  чавунна раковина ")[0]
    assert site_policy(DEFAULT_KEY).banned_phrases == ("ванн*", "чавунна раковина")


def test_the_history_shows_the_old_and_the_new_values(lead: Client, policy: SitePolicy) -> None:
    save(lead, policy, toxicity_hold_at="70", spam_hold_at="64.7", banned_words="ванн*\nраковина")
    save(
        lead,
        policy,
        toxicity_hold_at="65.5",
        spam_hold_at="64.7",
        banned_words="ванн*\nумивальник",
        max_links=5,
    )
    text = history(lead, policy, "en")
    assert "Hold at this insult score: as the model recommends → 70%" in text
    assert "Hold at this insult score: 70% → 65.5%" in text
    assert text.count("Hold at this spam score") == 1, "unchanged fields are not in the history"
    assert "Words that hold a comment: раковина → умивальник" in text
    assert "Links allowed without a moderator: 2 → 5" in text
    assert "larysa" in text
    assert "Total: 2" in text


def test_the_history_is_in_the_readers_language(policy: SitePolicy) -> None:
    lead = signed_in_as(Role.LEAD, "larysa", "uk")
    for links in range(3, 14):
        save(lead, policy, toxicity_hold_at="65.5", banned_words="ванн*", max_links=links)
    text = history(lead, policy, "uk")
    assert "Words that hold" not in text
    assert "65,5%" in text
    assert "11 записи" not in text
    assert "Усього: 11" in text


def history(client: Client, policy: SitePolicy, language: str) -> str:
    page = client.get(address(policy, language, "history")).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", page))


def test_the_first_policy_is_logged_with_its_values(lead: Client) -> None:
    lead.post("/en/admin/moderation/sitepolicy/add/", {**NOTHING, "spam_hold_at": "60"})
    assert "Hold at this spam score: as the model recommends → 60%" in history(
        lead, SitePolicy.objects.get(), "en"
    )


def test_the_page_has_one_title_and_one_message_after_saving(
    lead: Client, policy: SitePolicy
) -> None:
    _saved, page = save(lead, policy, max_links=3)
    assert page.count("The policy is saved.") == 1
    assert page.count("Site policy</h") == 1
    assert re.search(r"</a> › Site policy</div>", page)


def test_a_reserved_name_must_contain_letters(lead: Client, policy: SitePolicy) -> None:
    typed = {**NOTHING, "reserved_names": "Олена Гай\n***"}
    page = lead.post(address(policy), typed).content.decode()
    assert "There are no words in the line “***”." in page
    lead.post(address(policy), {**typed, "reserved_names": "Олена Гай\r\n\r\nПетро Довгий"})
    assert site_policy(DEFAULT_KEY).reserved_names[1:] == ("Олена Гай", "Петро Довгий")


def test_the_page_shows_both_hold_lines_and_what_they_cost(
    lead: Client, policy: SitePolicy, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = {"hold_at": 0.5, "hold_known_at": 0.7, "reject_at": 0.9}
    costs = {"clean_hold_at": 0.012, "clean_hold_known_at": 0.004}
    model = model_registry.for_site()
    monkeypatch.setattr(model, "thresholds", dict.fromkeys(model.attributes, limits | costs))
    page = lead.get(address(policy)).content.decode()
    assert "Hold known authors at this insult score" in page
    assert "Empty: 70%, as the model recommends. That holds 0.4% of harmless comments" in page
    assert "That holds 1.2% of harmless comments" in page
