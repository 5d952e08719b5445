"""Train the second judge, which reads meaning, and how it is combined with the fast classifier.

It is not taught on pairs of a toxic text and its rewrite: those teach that meaning does not matter.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from moderation.classifier import ensemble_store
from moderation.classifier.combination import LANGUAGES, Combination
from moderation.classifier.embedding_judge import LONGEST, Head
from moderation.classifier.judge import Floats
from moderation.classifier.model import logistic
from moderation.classifier.training import head
from moderation.classifier.training.aims import AIMS, Aim
from moderation.classifier.training.checkpoints import Steps
from moderation.classifier.training.datasets import Example
from moderation.classifier.training.embeddings import embed
from moderation.classifier.training.fit import Fitted, balance, folds, platt
from moderation.classifier.training.head import Embeddings, Sample
from moderation.classifier.word_table import WordTable

SEED = 12
# Per attribute: the weight of a text of each source, and how many of them at most.
Chosen = Mapping[str, tuple[float, int]]
ALL = 10**9
SOURCES: Mapping[str, Chosen] = {
    "toxicity": {
        "toxicity_en_wikipedia_talk": (1.0, ALL),
        "toxicity_ru_2ch_pikabu": (1.0, ALL),
        "toxicity_en_olid_tweets": (0.5, ALL),
        "toxicity_en_toxigen": (0.4, ALL),
        "toxicity_en_implicit_hate": (0.4, ALL),
        "toxicity_en_hatemoji": (0.4, ALL),
        "translated_ru_uk": (0.5, 6000),
        "clean_uk_uagec": (0.3, 6000),
        "composed": (0.5, 38000),
        "templates": (2.0, ALL),
    },
    "spam": {
        "spam_en_youtube": (1.0, ALL),
        "spam_en_sms": (1.0, ALL),
        "spam_ru_telegram": (1.0, ALL),
        "spam_ru_telegram_positives": (1.0, ALL),
        "spam_uk_swindlers_positives": (1.0, ALL),
        "notspam_ukru_telegram": (1.0, 9000),
        "toxicity_en_wikipedia_talk": (1.0, 9000),
        "toxicity_ru_2ch_pikabu": (1.0, 9000),
        "composed": (0.5, 30000),
        "templates": (2.0, ALL),
    },
}
# The second judge's weight beside the fast one, the lowest log odds taken from the fast one, and
# the share of clean texts that the second judge may hold alone. Chosen on dev, on the sets of
# comments and on those by category together: more weight finds more of the categories and ranks
# the comments of vk and of Civil Comments worse.
SECOND = {"spam": 1.5, "toxicity": 0.7}
FLOOR = {"spam": -4.0, "toxicity": -3.0}
ALONE = 0.001


@dataclass(frozen=True)
class _Texts:
    """The examples that the head of one attribute learns from, with their embeddings."""

    rows: NDArray[np.int64]
    examples: list[Example]
    sample: Sample


def chosen(attribute: str, examples: Sequence[Example]) -> list[int]:
    """Return the numbers of the examples that the head learns from, the same every time."""
    found: list[int] = []
    for source, (_, most) in SOURCES[attribute].items():
        known = [
            number
            for number, example in enumerate(examples)
            if example.source == source and getattr(example, attribute) is not None
        ]
        choice = random.Random(SEED)  # noqa: S311 - nothing secret
        found += sorted(choice.sample(known, most)) if len(known) > most else known
    return found


def readable(example: Example, table: WordTable) -> str:
    """Return what the encoder reads of an example."""
    text = example.text[:LONGEST]
    return table.russian(text) if example.language == "uk" else text


def embedded(examples: Sequence[Example], table: WordTable, steps: Steps) -> dict[int, Embeddings]:
    """Return the embedding of each example that a head learns from, by its number."""
    numbers = sorted({n for attribute in SOURCES for n in chosen(attribute, examples)})
    by_source: dict[str, list[int]] = {}
    for number in numbers:
        by_source.setdefault(examples[number].source, []).append(number)
    found: dict[int, Embeddings] = {}
    # One source at a time, so that a change of one leaves what is kept of the others.
    for of_source in by_source.values():
        texts = [readable(examples[number], table) for number in of_source]
        found.update(zip(of_source, embed(texts, steps), strict=True))
    return found


def _texts(
    attribute: str, examples: Sequence[Example], embeddings: Mapping[int, Embeddings]
) -> _Texts:
    numbers = chosen(attribute, examples)
    own = [examples[number] for number in numbers]
    labels = np.array([getattr(example, attribute) for example in own], dtype=np.int64)
    weights = np.array([SOURCES[attribute][example.source][0] for example in own])
    rows = np.array(numbers, dtype=np.int64)
    return _Texts(rows, own, Sample(np.stack([embeddings[n] for n in numbers]), labels, weights))


def _unseen(texts: _Texts, named: Sequence[str]) -> Floats:
    """Return the log odds of each text by a head that saw none of its fold."""
    found = np.zeros(len(named))
    for fold in sorted(set(named)):
        outside = np.array([fold == other for other in named])
        fitted = head.fit(texts.sample.only(np.flatnonzero(~outside)))
        found[outside] = fitted.log_odds(texts.sample.embeddings[outside])[:, 0]
    return found


@dataclass(frozen=True)
class _Both:
    """What both judges say about real texts that neither has seen, one entry per text."""

    fast: Floats
    second: Floats
    labels: NDArray[np.int64]
    weights: Floats


def _both(attribute: str, texts: _Texts, fitted: Fitted) -> _Both:
    """Return what both say about real texts by models that have seen no copy or rewrite of them.

    How they do on other sources than these is measured on dev (see `lines`).
    """
    place = {int(row): n for n, row in enumerate(fitted.rows)}
    # Composed texts are not a sample of what people write: they do not calibrate.
    real = [n for n, row in enumerate(texts.rows.tolist()) if row in place]
    labels = texts.sample.labels[real]
    families = [texts.examples[n].family for n in real]
    return _Both(
        fast=fitted.unseen[-1][[place[int(texts.rows[n])] for n in real]],
        second=_unseen(texts, folds(texts.examples, "group"))[real],
        labels=labels,
        weights=balance(labels, families, AIMS[attribute].share),
    )


def _reached_by(scores: Floats, weights: Floats, share: float) -> float:
    """Return the value that this share of the weight reaches."""
    order = np.argsort(-scores, kind="stable")
    passed = np.cumsum(weights[order]) / weights.sum()
    return float(scores[order][np.searchsorted(passed, share)])


def _combination(attribute: str, both: _Both, aim: Aim) -> Combination:
    weight, floor, clean = SECOND[attribute], FLOOR[attribute], both.labels == 0
    sums = np.maximum(both.fast, floor) + weight * both.second
    held = _reached_by(sums[clean], both.weights[clean], aim.held)
    alone = held - _reached_by(both.second[clean], both.weights[clean], ALONE)
    sums = np.maximum(sums, both.second + alone)
    slope, offset = platt(sums, both.labels, both.weights)
    lowest, weighed, own = (np.array([value]) for value in (floor, weight, alone))
    # `lines` shifts the offsets of each language.
    rows = np.ones((len(LANGUAGES), 1))
    return Combination(lowest, weighed, own, slope * rows, offset * rows)


def _thresholds(combination: Combination, both: _Both, aim: Aim) -> dict[str, float]:
    """Return hold_at and reject_at, which `outcomes` moves according to the dev sets."""
    clean = both.labels == 0
    languages = [LANGUAGES[0]] * len(clean)
    odds = combination.combine(both.fast[:, None], both.second[:, None], languages)
    scores = logistic(odds)[clean, 0]
    hold = min(_reached_by(scores, both.weights[clean], aim.held), 0.98)
    reject = max(_reached_by(scores, both.weights[clean], aim.rejected), hold + 0.01, 0.9)
    rounded = round(min(reject, 0.995), 3)
    return {"hold_at": round(hold, 3), "reject_at": rounded, "reject_at_least": rounded}


def build(
    examples: Sequence[Example],
    fits: Sequence[Fitted],
    table: WordTable,
    folder: Path,
    steps: Steps,
) -> str:
    """Train the second judge of the model in `folder`, write it there and return its version.

    `fits` are those of the fast classifier on the same examples, for the attributes in AIMS.
    """
    embeddings = embedded(examples, table, steps)
    heads: list[Head] = []
    combinations: list[Combination] = []
    thresholds = {}
    for (attribute, aim), fitted in zip(AIMS.items(), fits, strict=True):
        texts = _texts(attribute, examples, embeddings)
        heads.append(head.fit(texts.sample))
        both = _both(attribute, texts, fitted)
        combinations.append(_combination(attribute, both, aim))
        thresholds[attribute] = _thresholds(combinations[-1], both, aim)
    columns = {
        name: np.concatenate([getattr(each, name) for each in combinations], axis=-1)
        for name in ensemble_store.COMBINATION
    }
    info = {"thresholds": thresholds, "words": len(table)}
    return ensemble_store.save_second(
        folder, head.joined(heads), table, Combination(**columns), info
    )
