"""The threshold fields of the policy form, three per attribute of the model."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from moderation import model_registry
from moderation.classifier.store import SHIPPED, read_info
from moderation.labels import for_moderator
from moderation.model_registry import ScorerError, recommended
from moderation.models import LIMITS
from moderation.policy.verdict import Reason


def attributes() -> Sequence[str]:
    """Return the model's attributes; without a model, those of the shipped one."""
    try:
        return model_registry.for_site().attributes
    except ScorerError:
        names: list[str] = read_info(SHIPPED)["layout"]["attributes"]
        return names


def reasons_and_attributes(reasons: Iterable[Reason]) -> list[str]:
    """Return these reasons and the model's attributes that have no `Reason` of their own."""
    further = [each for each in attributes() if each not in set(Reason)]
    return [*(reason.value for reason in reasons), *further]


def share_of_clean(attribute: str, limit: str) -> float | None:
    """Return the share of harmless comments that the model's own line holds, if it was measured."""
    return recommended().get(attribute, {}).get(f"clean_{limit}")


def field_names(attribute: str) -> tuple[str, ...]:
    return tuple(f"{attribute}_{limit}" for limit in LIMITS)


def parsed(field_name: str) -> tuple[str, str] | None:
    """Return the attribute and the limit in a field's name; None for other fields."""
    for limit in LIMITS:
        attribute = field_name.removesuffix(f"_{limit}")
        if attribute != field_name:
            return attribute, limit
    return None


def label(attribute: str, limit: str) -> Any:
    words = {
        "hold_at": _("hold at this %(attribute)s score"),
        "hold_known_at": _("hold known authors at this %(attribute)s score"),
        "reject_at": _("reject at this %(attribute)s score"),
    }
    return words[limit] % {"attribute": for_moderator(attribute)}
