"""Measure what plain figures hide: disguised texts, bad sentences buried in good ones, harmless
identity terms, marked stretches.
"""

import random
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from moderation.classifier.model import Classifier
from moderation.classifier.training import evaluate
from moderation.classifier.training.augment import DISGUISES
from moderation.classifier.training.datasets import SPANS, held_out, rows

DISGUISED_SETS = (
    "toxicity_uk_textdetox_dev_pairs",
    "toxicity_ru_vk_news",
    "toxicity_ru_maidan_youtube",
    "toxicity_en_textdetox_dev_pairs",
)
# Those whose clean texts are rewrites of the toxic ones, and so about the same things.
BURIED_SETS = ("toxicity_uk_textdetox_dev_pairs", "toxicity_en_textdetox_dev_pairs")
BURIED_IN = (400, 1000, 3000)
BIAS_SET = "bias_en_madlibs"
# The share of harmless sentences at which terms are compared: few enough errors say nothing.
COMPARED_AT = 0.05
LEAST_SENTENCES = 25
_TERM_LIST = """
american asian black blind buddhist canadian catholic chinese christian deaf elderly european
female gay hispanic homosexual indian jewish latino lesbian male mexican middle-aged muslim
old paralyzed protestant queer straight trans transgender white young younger
"""
TERMS = _TERM_LIST.split()
SEED = 4


def _toxicity(classifier: Classifier, texts: Sequence[str]) -> NDArray[np.float64]:
    return np.array([found.toxicity for found in classifier.score(texts)])


def _read(path: Path) -> list[dict[str, Any]]:
    return list(rows(path)) if path.exists() else []


def disguised(classifier: Classifier, dev: Path) -> list[str]:
    """Return a table: the toxicity AUC of each set as it is, and under each disguise."""
    lines = [
        "## Disguised texts",
        "AUC of toxicity when every text is rewritten (share of words changed: 50 to 80 %).",
        "",
        "| set | as it is | " + " | ".join(DISGUISES) + " |",
        "|---|---|" + "---|" * len(DISGUISES),
    ]
    for name in DISGUISED_SETS:
        found = _read(dev / f"{name}.jsonl")
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


def buried(classifier: Classifier, dev: Path) -> list[str]:
    """Return a table: how many comments made of clean texts are held, without and with a toxic one.

    Each toxic text is put among as many clean ones as make so many characters.
    """
    lines = [
        "## One bad sentence in a long comment",
        "Share held: the toxic text by itself; so many characters of clean texts of the same set,",
        "without it / with it at a random place among them.",
        "",
        "| set | alone | " + " | ".join(f"{size:,} characters" for size in BURIED_IN) + " |",
        "|---|---|" + "---|" * len(BURIED_IN),
    ]
    hold_at = classifier.thresholds["toxicity"]["hold_at"]

    def held(texts: Sequence[str]) -> float:
        return float((_toxicity(classifier, texts) >= hold_at).mean())

    for name in BURIED_SETS:
        found = _read(dev / f"{name}.jsonl")
        clean = [row["text"] for row in found if row["toxic"] == 0]
        toxic = [row["text"] for row in found if row["toxic"] == 1]
        if not found:
            continue
        cells = [f"{held(toxic):.1%}"]
        for size in BURIED_IN:
            choice = random.Random(SEED)  # noqa: S311 - nothing secret
            around = [_as_long_as(size, clean, choice) for _ in toxic]
            mixed = [_put_among(*pair, choice) for pair in zip(toxic, around, strict=True)]
            cells.append(f"{held(list(map(_page, around))):.1%} / {held(mixed):.1%}")
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return lines


def _as_long_as(size: int, texts: Sequence[str], choice: random.Random) -> list[str]:
    page: list[str] = []
    while sum(map(len, page)) < size:
        page.append(choice.choice(texts))
    return page


def _page(texts: Sequence[str]) -> str:
    return " ".join(text.rstrip(" .") + "." for text in texts)


def _put_among(text: str, page: Sequence[str], choice: random.Random) -> str:
    place = choice.randrange(len(page) + 1)
    return _page([*page[:place], text, *page[place:]])


def bias(classifier: Classifier, dev: Path) -> list[str]:
    """Return how often harmless sentences with an identity term are taken for toxic."""
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
        f"`hold_at`. At the score that {overall:.1%} of them reach ({line:.2f}), the terms most",
        "often taken for toxic, against the overall rate: "
        + ", ".join(f"{term} {ratio:.1f}x" for term, ratio in worst)
        + ".",
    ]


def marking(classifier: Classifier, train: Path) -> list[str]:
    """Return how well marked stretches agree with those of people, on comments held out."""
    found = [row for row in _read(train / f"{SPANS}.jsonl.gz") if held_out(row["text"])]
    if not found:
        return []
    value = evaluate.span_f1(classifier, found)
    return [
        "## Explanations",
        f"Character F1 of marked stretches on {len(found)} held-out comments of {SPANS}: "
        f"{value:.3f}.",
    ]


def report(classifier: Classifier, data: Path) -> list[list[str]]:
    """Return the sections above that the data allows."""
    sections = [
        disguised(classifier, data / "dev"),
        buried(classifier, data / "dev"),
        bias(classifier, data / "dev"),
        marking(classifier, data / "train"),
    ]
    return [section for section in sections if section]
