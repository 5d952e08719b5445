"""The default policy on the project's own comments by category, which no model has seen.

The bounds are looser than the figures of `manage.py evaluate_policy`, so that a retrained model may
move a little; they fail for a model that has lost a kind of harm, or a language.
"""

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from moderation import model_registry
from moderation.models import SitePolicy
from moderation.policy.verdict import Outcome, Submission
from moderation.services import assess, policy_of

CATEGORIES = Path(__file__).parent / "classifier" / "categories"
ROWS = [
    json.loads(line)
    for path in sorted(CATEGORIES.glob("*.jsonl"))
    for line in path.read_text("utf-8").splitlines()
]
WORST = ("threat_open", "violence_call", "doxxing", "self_harm_bait")


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    model = model_registry.for_site()
    fields = ("text", "author_name", "author_url")
    submissions = [Submission(**{name: row.get(name, "") for name in fields}) for row in ROWS]
    assessed = assess(submissions, model=model, policy=policy_of(SitePolicy(), model))
    return [each.verdict.outcome for each in assessed]


def counted(outcomes: list[Outcome], **wanted: str) -> Mapping[Outcome, float]:
    found = Counter(
        outcome
        for row, outcome in zip(ROWS, outcomes, strict=True)
        if all(row[name] == value for name, value in wanted.items())
    )
    return Counter({outcome: count / found.total() for outcome, count in found.items()})


@pytest.mark.parametrize("language", ["uk", "ru", "en"])
def test_most_of_what_a_moderator_would_remove_is_not_published(
    outcomes: list[Outcome], language: str
) -> None:
    assert counted(outcomes, want="remove", lang=language)[Outcome.PUBLISH] < 0.4


@pytest.mark.parametrize("kind", WORST)
def test_the_worst_is_published_rarely(outcomes: list[Outcome], kind: str) -> None:
    assert counted(outcomes, want="remove", kind=kind)[Outcome.PUBLISH] < 0.35


@pytest.mark.parametrize("language", ["uk", "ru", "en"])
def test_few_harmless_comments_are_held_and_none_is_rejected(
    outcomes: list[Outcome], language: str
) -> None:
    harmless = counted(outcomes, want="publish", lang=language)
    assert harmless[Outcome.HOLD] < 0.06
    assert harmless[Outcome.REJECT] == 0
