"""Answer the two methods: the scores of a text, and what a person says about them."""

from collections.abc import Mapping
from typing import Any

from comments import checks
from comments.models import Label, SiteKey
from comments.protocols.judging import Check, Judged, judge
from comments.protocols.perspective.attributes import UNDETERMINED, ours
from comments.protocols.perspective.errors import undetected_language, unsupported_language
from comments.protocols.perspective.questions import Analysis, Question, Suggestion
from moderation import model_registry
from moderation.policy.reading import Span
from moderation.policy.verdict import Outcome, Reason

# From here on a person means that the text has the attribute.
_HALF = 0.5


def analyze(*, site_key: SiteKey, asked: Analysis) -> dict[str, Any]:
    """Return the answer with the scores, count the check, and keep what the key allows.

    Raises ApiError if the text is in a language for which a score means little, and ScorerError.
    """
    check = Check(text=asked.text)
    judged = judge(site_key=site_key, check=check)
    checks.count_check(site_key, spam=judged.verdict.outcome != Outcome.PUBLISH)
    if not asked.keeps_nothing:
        checks.keep(site_key, check.facts(site_key), judged.findings)
    _require_language(judged, asked)
    return _answer(judged, asked)


def suggest(*, site_key: SiteKey, said: Suggestion) -> dict[str, Any]:
    """Store what a person says about a text, and return the answer."""
    check = Check(text=said.text)
    judged = judge(site_key=site_key, check=check)
    scores = {ours()[name]: value for name, value in said.scores.items()}
    checks.keep(site_key, check.facts(site_key), judged.findings)
    checks.suggest(site_key, check.facts(site_key), scores, _mistake(judged, scores))
    answer: dict[str, Any] = {"detectedLanguages": [_detected(judged)]}
    if said.languages:
        answer["requestedLanguages"] = list(said.languages)
    return answer | _token(said)


def _mistake(judged: Judged, scores: Mapping[str, float]) -> Label | None:
    """Return what a text is that the policy took for the opposite, if it did."""
    published = judged.verdict.outcome == Outcome.PUBLISH
    if published and max(scores.values()) >= _HALF:
        return Label.SPAM
    held_for_it = not published and judged.verdict.reason in scores
    return Label.HAM if held_for_it and max(scores.values()) < _HALF else None


def _require_language(judged: Judged, asked: Analysis) -> None:
    """Raise ApiError where our own policy holds a text for its language.

    Callers often state another language than the text's, so the text itself decides.
    """
    if judged.verdict.reason != Reason.LANGUAGE:
        return
    if asked.languages:
        raise unsupported_language(next(iter(asked.thresholds)), [UNDETERMINED], detected=True)
    raise undetected_language()


def _answer(judged: Judged, asked: Analysis) -> dict[str, Any]:
    detected = _detected(judged)
    answer: dict[str, Any] = {}
    if scores := _scores(judged, asked):
        answer["attributeScores"] = scores
    languages = list(asked.languages or [detected])
    return answer | {"languages": languages, "detectedLanguages": [detected]} | _token(asked)


def _scores(judged: Judged, asked: Analysis) -> dict[str, Any]:
    """Return the scores that reach their thresholds; clients expect no entry for the others."""
    found, attributes = {}, ours()
    for name, threshold in asked.thresholds.items():
        value = judged.scores[attributes[name]]
        if threshold is None or value >= threshold:
            found[name] = {
                "spanScores": _span_scores(judged, attributes[name], asked),
                "summaryScore": _score(value),
            }
    return found


def _span_scores(judged: Judged, attribute: str, asked: Analysis) -> list[dict[str, Any]]:
    """Return the places that raised a score, each with the words' own score by the fast judge.

    Without any, or if they were not asked for, it is the whole text with its score.
    """
    places = judged.spans.get(attribute, ()) if asked.marks_places else ()
    if not places:
        return [_span(asked.text, (0, len(asked.text)), judged.scores[attribute])]
    pieces = [asked.text[start:end] for start, end in places]
    values = [each[attribute] for each in model_registry.for_site().fast.score(pieces)]
    return [_span(asked.text, *each) for each in zip(places, values, strict=True)]


def _span(text: str, place: Span, value: float) -> dict[str, Any]:
    begin, end = (_utf16_units(text[:offset]) for offset in place)
    return {"begin": begin, "end": end, "score": _score(value)}


def _utf16_units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _score(value: float) -> dict[str, Any]:
    return {"value": value, "type": "PROBABILITY"}


def _detected(judged: Judged) -> str:
    return UNDETERMINED if judged.language == "other" else judged.language


def _token(asked: Question) -> dict[str, str]:
    return {"clientToken": asked.client_token} if asked.client_token else {}
