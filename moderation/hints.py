"""A hint before sending: the words for which a text may insult somebody. Nothing is stored."""

from collections.abc import Sequence

from moderation import model_registry
from moderation.model_registry import ScorerError
from moderation.policy.reading import Span, merged
from moderation.policy.threats import threats
from moderation.policy.verdict import Reason
from moderation.scoring import spans_by_attribute
from moderation.services import site_policy

# Advertisers would use it to try out what passes.
_NEVER_HINTED = {Reason.SPAM}


def rough_words(*, text: str, site: str) -> Sequence[Span] | None:
    """Return the places (start, end) for which the text would probably be held; None for none.

    Only the fast judge is asked, which takes milliseconds. It may raise a text's score without any
    single word being to blame: then the places are empty. Without a model there is no hint.
    """
    found = threats(text)
    try:
        model = model_registry.for_site()
        (scores,) = model.fast.score([text])
    except ScorerError:
        return found or None
    limits = site_policy(site, model).fast_thresholds
    high = [name for name in limits if scores.get(name, 0.0) >= limits[name].hold_at]
    hinted = [name for name in high if name not in _NEVER_HINTED]
    if not hinted and not found:
        return None
    places = spans_by_attribute(text=text)
    return merged([*found, *(span for name in hinted for span in places.get(name, ()))])
