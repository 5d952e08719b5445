"""Train a model from the labelled sets: count, fit, calibrate on unseen groups, store."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from moderation.classifier import ensemble_store, language, store
from moderation.classifier.features import BUCKETS
from moderation.classifier.model import Weights
from moderation.classifier.text import clip
from moderation.classifier.training import (
    alignment,
    lines,
    outcomes,
    second,
    templates,
    translate,
    vectorize,
)
from moderation.classifier.training.aims import AIMS, Aim
from moderation.classifier.training.augment import disguised_copies, in_latin
from moderation.classifier.training.checkpoints import Arrays, Steps, code_digest, digest
from moderation.classifier.training.datasets import (
    SOURCES,
    TRANSLATED,
    Example,
    read_training,
    translated_already,
    translated_pairs,
)
from moderation.classifier.training.fit import Fitted, Floats, fit_attribute
from moderation.classifier.training.synthetic import compose
from moderation.classifier.word_table import WordTable, pack

LEAST_TEXTS = 2
LEAST_REJECT = 0.9
# The modules that turn a text into counts: if one changes, everything is counted again.
_COUNTING = (
    "characters",
    "mask_arrays",
    "disguises",
    "insertions",
    "text",
    "features",
    "handcrafted",
    "training/vectorize",
)


@dataclass(frozen=True)
class Plan:
    """What training reads and writes.

    data: the folder with train/ and dev/.
    folder: where the model is written.
    build: where finished steps are kept.
    translate: whether to add translations, which needs apertium.
    only_open: whether to use only openly licensed sets.
    """

    data: Path
    folder: Path
    build: Path
    translate: bool = True
    only_open: bool = False


def _reached_by(fitted: Fitted, share: float) -> float:
    """Return the score that this share of unseen clean texts reaches, weighted by family."""
    order = np.argsort(-fitted.clean_scores, kind="stable")
    passed = np.cumsum(fitted.clean_weights[order]) / fitted.clean_weights.sum()
    return float(fitted.clean_scores[order][np.searchsorted(passed, share)])


def thresholds(fitted: Fitted, aim: Aim) -> dict[str, float]:
    """Choose hold_at and reject_at by how many unseen clean texts reach them.

    `set_reject_at` may raise reject_at for other clean texts.
    """
    hold = min(max(_reached_by(fitted, aim.held), aim.least), 0.98)
    reject = max(_reached_by(fitted, aim.rejected), LEAST_REJECT)
    reject = min(max(reject, hold + 0.01), 0.995)
    least = round(reject, 3)
    return {"hold_at": round(hold, 3), "reject_at": least, "reject_at_least": least}


def languages(examples: Sequence[Example]) -> language.LanguageTables:
    """Learn the language tables; those of Latin letters only from texts written by people."""
    texts = {
        name: [example.text for example in examples if example.language == name]
        for name in ("uk", "ru", "en")
    }
    written = {source.name for source in SOURCES}
    for name in ("uk", "ru"):
        found = (e.text for e in examples if e.language == name and e.source in written)
        texts[f"{name}-Latn"] = in_latin(clip(text) for text in found)
    return language.learn(texts)


def _weights(fits: Sequence[Fitted], frequencies: Floats, examples: Sequence[Example]) -> Weights:
    coefficients = np.stack([fit.coefficients for fit in fits], axis=1)
    return Weights(
        attributes=tuple(AIMS),
        grams=(coefficients[:BUCKETS] * frequencies[:, None]).astype(np.float16),
        squares=(frequencies**2).astype(np.float16),
        signals=(coefficients[BUCKETS:] * vectorize.SIGNAL_SCALE).astype(np.float32),
        bias=np.array([fit.bias for fit in fits], dtype=np.float32),
        slopes=np.array([fit.slope for fit in fits], dtype=np.float32),
        offsets=np.array([fit.offset for fit in fits], dtype=np.float32),
        languages=languages(examples),
    )


def _describe(fits: Sequence[Fitted], examples: Sequence[Example]) -> dict[str, Any]:
    sources: dict[str, int] = {}
    for example in examples:
        sources[example.source] = sources.get(example.source, 0) + 1
    named = list(zip(AIMS, fits, strict=True))
    return {
        "thresholds": {name: thresholds(fit, AIMS[name]) for name, fit in named},
        "sources": sources,
        "examples": {name: fit.texts for name, fit in named},
    }


def gather(plan: Plan) -> list[Example]:
    """Return all training examples: the sets, translations, composed texts, disguised copies."""
    examples = read_training(plan.data / "train", plan.only_open)
    if plan.translate:
        known = translated_already(plan.data / "train")
        examples += translate.translations(examples, known, plan.build / "translations")
    examples += [*compose(), *templates.examples()]
    return examples + disguised_copies(examples)


def _counted(texts: Sequence[str], steps: Steps) -> vectorize.Counted:
    """Count the n-grams of the texts, or load the counts of an earlier run on the same texts."""

    def make() -> Arrays:
        found = vectorize.count(texts)
        counts = found.counts
        return {
            "data": counts.data.astype(np.float32),
            "indices": counts.indices.astype(np.int32),
            "indptr": counts.indptr.astype(np.int32),
            "signals": found.signals,
        }

    folder = Path(__file__).parent.parent
    key = digest(code_digest(folder / f"{name}.py" for name in _COUNTING), list(texts))
    found = steps.arrays("counts", key, make)
    data: NDArray[np.float32] = found["data"].astype(np.float32, copy=False)
    indices: NDArray[np.int32] = found["indices"].astype(np.int32, copy=False)
    indptr: NDArray[np.int32] = found["indptr"].astype(np.int32, copy=False)
    counts = sparse.csr_array((data, indices, indptr), shape=(len(texts), BUCKETS))
    return vectorize.Counted(counts, found["signals"].astype(np.float64))


def build(
    examples: Sequence[Example],
    folder: Path,
    keep: Path | None = None,
    table: WordTable | None = None,
) -> str:
    """Train on the examples and write the model into `folder`; return the model's version.

    With a word table a second judge is trained too. The same examples give the same bytes.
    Finished steps are stored in the folder `keep`, if given, and loaded from it. Raise DataError if
    there are too few examples.
    """
    steps = Steps(keep)
    counted = _counted([example.text for example in examples], steps)
    frequencies = vectorize.inverse_frequencies(counted.counts, LEAST_TEXTS)
    rows = vectorize.scale(counted, frequencies)
    fits = [fit_attribute(attribute, examples, rows, steps) for attribute in AIMS]
    weights = _weights(fits, frequencies, examples)
    version = store.save(folder, weights, _describe(fits, examples))
    if table is None:
        return version
    return f"{version}+{second.build(examples, fits, table, folder, steps)}"


def word_table(examples: Sequence[Example], plan: Plan) -> WordTable:
    """Learn the Ukrainian-Russian word table from translations in both directions."""
    if not plan.translate:
        return WordTable(pack(alignment.own_words()))
    translations = plan.build / "translations"
    pairs = translated_pairs(plan.data / "train")
    known = {russian for _, russian in pairs}
    originals = [e.text for e in examples if translate.wanted(e) and e.text not in known]
    pairs += zip(translate.in_chunks(originals, "rus-ukr", translations), originals, strict=True)
    ukrainian = dict.fromkeys(e.text for e in examples if _is_written_in_ukrainian(e))
    pairs += zip(ukrainian, translate.in_chunks([*ukrainian], "ukr-rus", translations), strict=True)
    russian = (e.text for e in examples if e.language in ("ru", "cyr"))
    return WordTable(pack(alignment.learn(pairs, russian)))


def _is_written_in_ukrainian(example: Example) -> bool:
    translated = (translate.SOURCE, TRANSLATED)
    return example.language == "uk" and example.source not in translated


def train(plan: Plan) -> str:
    """Train as planned and return the model's version.

    On one machine the same data gives the same bytes, even after an interrupted run. Raise
    DataError if a set is missing or malformed, or if translations need a missing translator.
    """
    examples = gather(plan)
    build(examples, plan.folder, plan.build, word_table(examples, plan))
    lines.set_hold_at(plan.folder, plan.data / "dev")
    outcomes.set_reject_at(plan.folder, plan.data / "dev")
    return ensemble_store.load(plan.folder).version
