"""Choose, on dev, from which score comments in each language are held.

The same score is not equally rare in each language, because some were learned from translations.
The calibration of each language is shifted so that one hold_at serves them all.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from moderation.classifier import ensemble_store
from moderation.classifier.combination import LANGUAGES
from moderation.classifier.ensemble import Ensemble, log_odds
from moderation.classifier.judge import Floats
from moderation.classifier.model import logistic
from moderation.classifier.training import categories
from moderation.classifier.training.datasets import rows
from moderation.classifier.training.evaluate import FIELDS

# The share of the clean texts of a set in dev/ that may be held. Comments under Russian news and
# videos were labelled by others, and many of those called clean are doubtful.
HELD_AT_MOST: Mapping[str, Mapping[str, float]] = {
    "spam": {
        "notspam_nottoxic_en_news": 0.002,
        "notspam_ru_chat": 0.03,
        "spam_en_youtube_video5": 0.03,
        "categories": 0.01,
    },
    "toxicity": {
        "notspam_nottoxic_en_news": 0.012,
        "notspam_ru_chat": 0.015,
        "toxicity_en_civil_sample": 0.02,
        "toxicity_ru_vk_news": 0.06,
        "toxicity_ru_maidan_youtube": 0.1,
        "categories": 0.035,
    },
}
_DIGITS = 3


def set_hold_at(folder: Path, dev: Path, own: Path = categories.FOLDER) -> None:
    """Shift the calibration by language and set hold_at of the model in `folder` accordingly."""
    model = ensemble_store.load(folder)
    thresholds = {name: dict(limits) for name, limits in model.thresholds.items()}
    shifts = np.zeros((len(LANGUAGES), len(model.attributes)))
    for column, attribute in enumerate(model.attributes):
        lines = _lines(model, attribute, dev, own)
        common = float(np.mean(list(lines.values())))
        for row, language in enumerate(LANGUAGES):
            shifts[row, column] = common - lines.get(language, common)
        held = round(float(logistic(np.array([common]))[0]), _DIGITS)
        least = max(thresholds[attribute]["reject_at_least"], min(held + 0.01, 0.995))
        thresholds[attribute] |= {"hold_at": held, "reject_at": least, "reject_at_least": least}
    ensemble_store.shift(folder, shifts)
    ensemble_store.set_thresholds(folder, thresholds)


def _lines(model: Ensemble, attribute: str, dev: Path, own: Path) -> dict[str, float]:
    """Return, by language, the log odds that no set is held more often from than it may be."""
    lines: dict[str, float] = {}
    for language, share, texts in _clean_sets(attribute, dev, own):
        scores = [found[attribute] for found in model.score(texts)]
        line = _reached_by(log_odds(scores), share)
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
