"""Choose, on dev, from which score comments in each language are held.

The same score is not equally rare in each language, because some were learned from translations.
The calibration of each language is shifted so that one hold_at serves them all.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from moderation.classifier import ensemble_store
from moderation.classifier.combination import LANGUAGES
from moderation.classifier.ensemble import Ensemble
from moderation.classifier.judge import Floats
from moderation.classifier.model import log_odds, logistic
from moderation.classifier.training import categories
from moderation.classifier.training.datasets import rows
from moderation.classifier.training.evaluate import FIELDS

# The share of the clean texts of a set in dev/ that may be held. Comments under Russian news and
# videos were labelled by others, and many of those called clean are doubtful. Our own comments by
# category are by the same hand as the templates, so about twice as many of others' are held.
HELD_AT_MOST: Mapping[str, Mapping[str, float]] = {
    "spam": {
        "notspam_nottoxic_en_news": 0.002,
        "notspam_ru_chat": 0.03,
        "spam_en_youtube_video5": 0.03,
        "categories": 0.006,
    },
    "toxicity": {
        "notspam_nottoxic_en_news": 0.0135,
        "toxicity_en_civil_sample": 0.03,
        "toxicity_ru_vk_news": 0.085,
        "toxicity_ru_maidan_youtube": 0.13,
        "categories": 0.02,
    },
}
# What the policy's page shows as the cost of a line, and the part of the shares for known authors.
NEWS = "notspam_nottoxic_en_news"
KNOWN = 0.6
_DIGITS = 3


def set_hold_at(folder: Path, dev: Path, own: Path = categories.FOLDER) -> None:
    """Shift the calibration by language and set the hold lines of the model in `folder`."""
    model = ensemble_store.load(folder)
    shifts = np.zeros((len(LANGUAGES), len(model.attributes)))
    for column, attribute in enumerate(model.attributes):
        lines = _lines(model, attribute, dev, own)
        common = float(np.mean(list(lines.values())))
        shifts[:, column] = [common - lines.get(language, common) for language in LANGUAGES]
    ensemble_store.shift(folder, shifts)
    model = ensemble_store.load(folder)
    limits = {name: _limits(model, name, dev, own) for name in model.attributes}
    ensemble_store.set_thresholds(folder, limits)


def _limits(model: Ensemble, attribute: str, dev: Path, own: Path) -> dict[str, float]:
    """Return the thresholds of one attribute, with the shares of healthy news that they hold."""
    limits = dict(model.thresholds[attribute])
    limits["hold_at"] = _score(max(_lines(model, attribute, dev, own).values()))
    limits["hold_known_at"] = _score(max(_lines(model, attribute, dev, own, KNOWN).values()))
    limits["reject_at_least"] = max(
        limits["reject_at_least"], min(limits["hold_known_at"] + 0.01, 0.995)
    )
    news = dev / f"{NEWS}.jsonl"
    if news.exists():
        scores = [found[attribute] for found in model.score(_clean(news, FIELDS[attribute]))]
        for name in ("hold_at", "hold_known_at"):
            held = float(np.mean(np.array(scores) >= limits[name]))
            limits[f"clean_{name}"] = round(held, 4)
    return limits


def _score(odds: float) -> float:
    return round(float(logistic(np.array([odds]))[0]), _DIGITS)


def _lines(
    model: Ensemble, attribute: str, dev: Path, own: Path, part: float = 1.0
) -> dict[str, float]:
    """Return, by language, the log odds from which no set is held more often than it may be.

    `part` is the part of that share that is allowed.
    """
    lines: dict[str, float] = {}
    for language, share, texts in _clean_sets(attribute, dev, own):
        scores = [found[attribute] for found in model.score(texts)]
        line = _reached_by(log_odds(scores), share * part)
        lines[language] = max(line, lines.get(language, line))
    return lines


def _reached_by(odds: Floats, share: float) -> float:
    """Return the lowest log odds that at most this share of the texts reaches."""
    allowed = int(share * len(odds))
    highest = np.sort(odds)[::-1]
    return float(np.nextafter(highest[min(allowed, len(odds) - 1)], np.inf))


def _clean_sets(attribute: str, dev: Path, own: Path) -> Iterator[tuple[str, float, Sequence[str]]]:
    """Yield the language, the share that may be held, and the clean texts of each set."""
    limits = HELD_AT_MOST[attribute]
    for path in sorted(dev.glob("*.jsonl")):
        if path.stem in limits:
            language = "en" if "_en_" in path.stem else "ru"
            yield language, limits[path.stem], _clean(path, FIELDS[attribute])
    for path in sorted(own.glob("*.jsonl")):
        texts = [str(row["text"]) for row in rows(path) if row["want"] == "publish"]
        yield path.stem, limits["categories"], texts


def _clean(path: Path, field: str) -> list[str]:
    return [str(row["text"]) for row in rows(path) if row.get(field) == 0]
