"""The threshold fields of the policy form, two per attribute of the model."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from moderation import model_registry
from moderation.classifier.store import SHIPPED, read_info
from moderation.labels import for_moderator
from moderation.model_registry import ScorerError
from moderation.models import LIMITS
from moderation.policy.verdict import Reason


def recommended() -> Mapping[str, Mapping[str, float]]:
    """The model's own, by attribute and limit; none where there is no model."""
    try:
        return model_registry.for_site().thresholds
    except ScorerError:
        return {}


def attributes() -> Sequence[str]:
    """What the model scores; without a model, what the shipped one does."""
    try:
        return model_registry.for_site().attributes
    except ScorerError:
        names: list[str] = read_info(SHIPPED)["layout"]["attributes"]
        return names


def reasons_and_attributes(reasons: Iterable[Reason]) -> list[str]:
    """These reasons, and what else the model may give as one: each attribute that has none."""
    further = [each for each in attributes() if each not in set(Reason)]
    return [*(reason.value for reason in reasons), *further]


def field_names(attribute: str) -> tuple[str, ...]:
    return tuple(f"{attribute}_{limit}" for limit in LIMITS)


def parsed(field_name: str) -> tuple[str, str] | None:
    """The attribute and the limit of a field's name; None for another field."""
    for limit in LIMITS:
        attribute = field_name.removesuffix(f"_{limit}")
        if attribute != field_name:
            return attribute, limit
    return None


def label(attribute: str, limit: str) -> Any:
    words = {
        "hold_at": _("hold at this %(attribute)s score"),
        "reject_at": _("reject at this %(attribute)s score"),
    }
    return words[limit] % {"attribute": for_moderator(attribute)}
