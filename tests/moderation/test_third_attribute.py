"""A model with a third attribute needs no other change, except a label if wanted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client

from comments.models import DEFAULT_KEY, Comment, Status
from moderation import labels, model_registry, services
from moderation.accounts.roles import Role
from moderation.campaigns.quotations import Pages
from moderation.classifier.training.aims import AIMS, Aim
from moderation.classifier.training.datasets import Example
from moderation.classifier.training.train import build
from moderation.models import SitePolicy
from moderation.policy.verdict import Outcome
from tests.makers import make_comment, set_policy
from tests.moderation.desk.desks import ALL, LOG, QUEUE, signed_in_as

pytestmark = pytest.mark.django_db
DESK = "/en/admin/moderation/sitepolicy/"
SWEARING = "Чорт забирай, чортова дорога, знов чортові ями. Чорт би їх забирай, чортова яма, чорт!"


@dataclass(frozen=True)
class WithSwearing(Example):
    profanity: int | None = None


def examples() -> Iterator[Example]:
    """A few texts of each kind, in groups of their own."""
    for number in range(40):
        common = {"source": "here", "family": f"family {number % 4}", "language": "uk"}
        for text, labelled in (
            (f"чорт забирай, чортова яма {number}", (0, 0, 1)),
            (f"дякую за новину про міст {number}", (0, 0, 0)),
            (f"виграй приз у казино https://a{number}.example.com", (0, 1, 0)),
            (f"ти тупий ідіот і нікчема {number}", (1, 0, 0)),
        ):
            facts = dict(zip(("toxicity", "spam", "profanity"), labelled, strict=True))
            yield WithSwearing(text=text, group=f"{text}", **facts, **common)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model with three attributes."""
    folder = tmp_path_factory.mktemp("model")
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(AIMS, "profanity", Aim(("group",), 0.1, 0.01, 0.001, 0.5))
        build(list(examples()), folder)
    return folder


@pytest.fixture(autouse=True)
def _with_it(folder: Path, settings: object) -> None:
    settings.MODEL_DIR = str(folder)  # type: ignore[attr-defined]


def held_for_swearing() -> Comment:
    set_policy(profanity_hold_at=0.3, profanity_reject_at=1.0)
    comment = make_comment(status=Status.PENDING, text=SWEARING)
    services.moderate(comment_id=comment.pk)
    comment.refresh_from_db()
    return comment


def text_of(client: Client, page: str) -> str:
    return re.sub(r"</?mark[^>]*>", "", client.get(page).content.decode())


def test_it_is_scored_used_for_decisions_and_stored() -> None:
    comment = held_for_swearing()
    assert (comment.status, comment.reason) == (Status.HELD, "profanity")
    decision = comment.decisions.get()
    assert decision.scores.keys() == decision.sure.keys() == {"spam", "toxicity", "profanity"}
    assert decision.scores["profanity"] > 0.3 > decision.scores["toxicity"]
    assert decision.thresholds["profanity"] == {"hold_at": 0.3, "reject_at": 1.0}


def test_certain_comments_are_rejected_for_it() -> None:
    (assessed,) = services.assess(
        services.submissions_of([make_comment(status=Status.PENDING, text=SWEARING)], Pages()),
        model=model_registry.for_site(),
        policy=services.site_policy(set_policy(profanity_reject_at=0.2).site_id),
    )
    assert (assessed.verdict.outcome, assessed.verdict.reason) == (Outcome.REJECT, "profanity")


def test_its_thresholds_are_in_the_form_with_the_others() -> None:
    lead = signed_in_as(Role.LEAD)
    page = lead.get(f"{DESK}add/").content.decode()
    assert "Hold at this profanity score" in page
    for name in ("spam", "toxicity", "profanity"):
        assert f'name="{name}_hold_at"' in page
        assert f'name="{name}_reject_at"' in page
    typed = {"max_links": 2, "trusted_after": 0, "profanity_hold_at": "55"}
    lead.post(f"{DESK}add/", typed)
    policy = SitePolicy.objects.get(site=DEFAULT_KEY)
    assert policy.thresholds == {"profanity": {"hold_at": 0.55}}
    assert services.site_policy(DEFAULT_KEY).thresholds["profanity"].hold_at == 0.55
    history = lead.get(f"{DESK}{policy.pk}/history/").content.decode()
    assert "Hold at this profanity score: as the model recommends → <b>55%</b>" in history


@pytest.mark.parametrize("label", ["", "swearing"])
def test_the_desk_shows_its_label_or_its_code(label: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if label:
        monkeypatch.setitem(labels.REASON_LABELS, "profanity", label)  # type: ignore[arg-type]
    comment, shown = held_for_swearing(), label or "profanity"
    auditor: Client = signed_in_as(Role.AUDITOR)
    for page in (QUEUE, f"{ALL}{comment.pk}/"):
        card = auditor.get(page).content.decode()
        assert f"<dt>{shown}</dt>" in card
        assert "held from 30%" in card
        assert "<mark " in card
    for page in (QUEUE, LOG):
        assert "чортова дорога" in text_of(auditor, f"{page}?reason=profanity")
        assert "чортова дорога" not in text_of(auditor, f"{page}?reason=spam")
    log = auditor.get(LOG).content.decode()
    assert f"held for a moderator</span> {shown}" in log
    assert f"{shown} {labels.percent(comment.decisions.get().scores['profanity'])}" in log


def test_a_model_without_it_keeps_the_stored_thresholds_and_scores(
    settings: object,
) -> None:
    comment = held_for_swearing()
    settings.MODEL_DIR = ""  # type: ignore[attr-defined]
    lead = signed_in_as(Role.LEAD)
    policy = SitePolicy.objects.get()
    assert "profanity_hold_at" not in lead.get(f"{DESK}{policy.pk}/change/").content.decode()
    typed = {"max_links": 2, "trusted_after": 0, "spam_hold_at": "60"}
    lead.post(f"{DESK}{policy.pk}/change/", typed)
    policy.refresh_from_db()
    kept = {"hold_at": 0.3, "reject_at": 1.0}
    assert policy.thresholds == {"profanity": kept, "spam": {"hold_at": 0.6}}
    assert "<dt>profanity</dt>" in lead.get(f"{ALL}{comment.pk}/").content.decode()
