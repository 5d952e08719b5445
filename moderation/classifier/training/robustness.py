"""Measure what the overall figures do not show: disguised texts, single bad sentences in long
comments, harmless identity terms, and explanations.
"""

import random
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from moderation.classifier.ensemble import Ensemble
from moderation.classifier.training import evaluate
from moderation.classifier.training.augment import DISGUISES
from moderation.classifier.training.datasets import SPANS, held_out, rows

DISGUISED_SETS = (
    "toxicity_uk_textdetox_dev_pairs",
    "toxicity_ru_vk_news",
    "toxicity_ru_maidan_youtube",
    "toxicity_en_textdetox_dev_pairs",
)
# Sets whose clean texts are rewrites of the toxic ones, so the subjects are the same.
BURIED_SETS = ("toxicity_uk_textdetox_dev_pairs", "toxicity_en_textdetox_dev_pairs")
BURIED_IN = (400, 1000, 3000)
BIAS_SET = "bias_en_madlibs"
# Terms are compared at the score that this share of harmless sentences reaches.
COMPARED_AT = 0.05
LEAST_SENTENCES = 25
_TERM_LIST = """
american asian black blind buddhist canadian catholic chinese christian deaf elderly european
female gay hispanic homosexual indian jewish latino lesbian male mexican middle-aged muslim
old paralyzed protestant queer straight trans transgender white young younger
"""
TERMS = _TERM_LIST.split()
SEED = 4
SAMPLE = 400


def _toxicity(classifier: Ensemble, texts: Sequence[str]) -> NDArray[np.float64]:
    return np.array([found["toxicity"] for found in classifier.score(texts)])


def _read(path: Path) -> list[dict[str, Any]]:
    return list(rows(path)) if path.exists() else []


def _sample(found: list[dict[str, Any]], most: int) -> list[dict[str, Any]]:
    """Return at most this many rows, evenly spread: each is scored many times."""
    return found[:: -(-len(found) // most) or 1]


def disguised(classifier: Ensemble, dev: Path) -> list[str]:
    """Return a table of the toxicity AUC of each set, unchanged and under each disguise."""
    lines = [
        "## Disguised texts",
        "AUC of toxicity when every text is disguised (50 to 80 % of the words changed).",
        "",
        "| set | unchanged | " + " | ".join(DISGUISES) + " |",
        "|---|---|" + "---|" * len(DISGUISES),
    ]
    for name in DISGUISED_SETS:
        found = _sample(_read(dev / f"{name}.jsonl"), SAMPLE)
        if not found:
            continue
        labels = np.array([row["toxic"] for row in found], dtype=np.int64)
        texts = [row["text"] for row in found]
        cells = [evaluate.auc(labels, _toxicity(classifier, texts))]
        for change in DISGUISES.values():
            choice = random.Random(SEED)  # noqa: S311 - nothing secret
            changed = [change(text, choice) for text in texts]
            cells.append(evaluate.auc(labels, _toxicity(classifier, changed)))
        lines.append(f"| {name} | " + " | ".join(f"{cell:.3f}" for cell in cells) + " |")
    return lines


def buried(classifier: Ensemble, dev: Path) -> list[str]:
    """Return a table of the share of long comments held, without and with one toxic text.

    A comment is made of clean texts up to a given length.
    """
    lines = [
        "## One bad sentence in a long comment",
        "Share held: the toxic text alone; then comments of the given length made of clean texts",
        "of the same set, without the toxic text / with it at a random place.",
        "",
        "| set | alone | " + " | ".join(f"{size:,} characters" for size in BURIED_IN) + " |",
        "|---|---|" + "---|" * len(BURIED_IN),
    ]
    hold_at = classifier.thresholds["toxicity"]["hold_at"]

    def held(texts: Sequence[str]) -> float:
        return float((_toxicity(classifier, texts) >= hold_at).mean())

    for name in BURIED_SETS:
        found = _sample(_read(dev / f"{name}.jsonl"), SAMPLE // 2)
        clean = [row["text"] for row in found if row["toxic"] == 0]
        toxic = [row["text"] for row in found if row["toxic"] == 1]
        if not found:
            continue
        cells = [f"{held(toxic):.1%}"]
        for size in BURIED_IN:
            choice = random.Random(SEED)  # noqa: S311 - nothing secret
            around = [_clean_texts(size, clean, choice) for _ in toxic]
            mixed = [_with_toxic(*pair, choice) for pair in zip(toxic, around, strict=True)]
            cells.append(f"{held(list(map(_joined, around))):.1%} / {held(mixed):.1%}")
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return lines


def _clean_texts(size: int, texts: Sequence[str], choice: random.Random) -> list[str]:
    chosen: list[str] = []
    while sum(map(len, chosen)) < size:
        chosen.append(choice.choice(texts))
    return chosen


def _joined(texts: Sequence[str]) -> str:
    return " ".join(text.rstrip(" .") + "." for text in texts)


def _with_toxic(text: str, around: Sequence[str], choice: random.Random) -> str:
    place = choice.randrange(len(around) + 1)
    return _joined([*around[:place], text, *around[place:]])


def bias(classifier: Ensemble, dev: Path) -> list[str]:
    """Return how often harmless sentences with an identity term score as toxic."""
    harmless = [row["text"] for row in _read(dev / f"{BIAS_SET}.jsonl") if row["toxic"] == 0]
    if not harmless:
        return []
    scores = _toxicity(classifier, harmless)
    line = float(np.quantile(scores, 1 - COMPARED_AT))
    overall = float((scores >= line).mean())
    rates = {}
    for term in TERMS:
        holding = [bool(re.search(rf"\b{term}\b", text, re.IGNORECASE)) for text in harmless]
        if sum(holding) >= LEAST_SENTENCES:
            rates[term] = float((scores[np.array(holding)] >= line).mean()) / overall
    worst = sorted(rates.items(), key=lambda pair: (-pair[1], pair[0]))[:5]
    held = float((scores >= classifier.thresholds["toxicity"]["hold_at"]).mean())
    return [
        "## Identity terms",
        f"{len(harmless)} harmless sentences with such a term ({BIAS_SET}): {held:.2%} reach",
        f"`hold_at`. At the score that {overall:.1%} of them reach ({line:.2f}), the terms that",
        "reach it most often, relative to that rate: "
        + ", ".join(f"{term} {ratio:.1f}x" for term, ratio in worst)
        + ".",
    ]


def explanations(classifier: Ensemble, train: Path) -> list[str]:
    """Return how well marked words agree with those marked by people, on held-out comments."""
    found = [row for row in _read(train / f"{SPANS}.jsonl.gz") if held_out(row["text"])]
    found = _sample(found, SAMPLE // 2)
    if not found:
        return []
    value = evaluate.span_f1(classifier, found)
    return [
        "## Explanations",
        f"Character F1 of the marked words on {len(found)} held-out comments of {SPANS}: "
        f"{value:.3f}.",
    ]


def report(classifier: Ensemble, data: Path) -> list[list[str]]:
    """Return the sections above for which there is data."""
    sections = [
        disguised(classifier, data / "dev"),
        buried(classifier, data / "dev"),
        bias(classifier, data / "dev"),
        explanations(classifier, data / "train"),
    ]
    return [section for section in sections if section]
