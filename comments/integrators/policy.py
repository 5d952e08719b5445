"""A site's policy, as its programs read it."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from moderation import model_registry, rejections
from moderation.classifier import Ensemble
from moderation.model_registry import ScorerError
from moderation.models import SitePolicy, lines_of
from moderation.services import policy_of


def described_policy(site: str) -> Mapping[str, Any]:
    """Return the rules in force; without a model the thresholds are those of the site alone."""
    own, model = SitePolicy.objects.of(site), _model()
    in_force = policy_of(own, model).thresholds if model else {}
    thresholds = {name: asdict(each) for name, each in in_force.items()}
    return {
        "thresholds": thresholds or own.thresholds,
        "max_links": own.max_links,
        "trusted_after": own.trusted_after,
        "banned_words": lines_of(own.banned_words),
        "reserved_names": lines_of(own.reserved_names),
        "own_numbers": lines_of(own.own_numbers),
        "rejection_reasons": [
            {"value": value, "name": str(name)} for value, name in rejections.offers_of(site)
        ],
        "model_version": model.version if model else "",
    }


def _model() -> Ensemble | None:
    try:
        return model_registry.for_site()
    except ScorerError:
        return None
