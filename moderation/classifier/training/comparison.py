"""Compare a model with one trained only on the open sets, on the same texts."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import wrap

from moderation.classifier import ensemble_store, store
from moderation.classifier.ensemble import Ensemble
from moderation.classifier.training import evaluate, outcomes

_WIDTH = 100


@dataclass(frozen=True)
class Row:
    """One attribute of one set: the figures of a model, and the effect of its thresholds."""

    attribute: str
    figures: evaluate.Figures
    positives_caught: float | None
    clean_caught: float | None

    def cells(self) -> list[str]:
        values = (self.figures.auc, self.figures.recall_at_5)
        shares = (self.positives_caught, self.clean_caught)
        return [
            *("-" if value is None else f"{value:.3f}" for value in values),
            *("-" if share is None else f"{share:.1%}" for share in shares),
        ]


def _rows(classifier: Ensemble, path: Path) -> Iterator[Row]:
    found = outcomes.outcomes(classifier, path)
    caught = {(o.attribute, o.positive): 1 - o.published / o.rows for o in found}
    for attribute, language, figures in evaluate.evaluate(classifier, path):
        if language == "all":
            shares = (caught.get((attribute, label)) for label in (True, False))
            yield Row(attribute, figures, *shares)


def table(one: Ensemble, other: Ensemble, dev: Path) -> list[str]:
    """Return a table of both models on each set in `dev`, "one / other" in each cell."""
    lines = [
        "| set | attribute | rows (positive) | AUC | recall at 5 % FPR | positive held or rejected "
        "| clean held |",
        "|---|---|---|---|---|---|---|",
    ]
    for path in sorted(dev.glob("*.jsonl")):
        for ours, theirs in zip(_rows(one, path), _rows(other, path), strict=True):
            pairs = zip(ours.cells(), theirs.cells(), strict=True)
            both = " | ".join("-" if pair == ("-", "-") else " / ".join(pair) for pair in pairs)
            rows = f"{ours.figures.rows} ({ours.figures.positives})"
            lines.append(f"| {path.stem} | {ours.attribute} | {rows} | {both} |")
    return lines


_ABOUT = """\
`make model OPEN=yes` makes model {version} from {texts:,} texts: the open sets, translations and
disguised copies of them, and the composed texts. In it {limits}. It is not shipped, because the
open sets have no civil comments in Russian and only translated insults in Ukrainian, and the
figures show it. Each cell gives this model / the open one, each with its own thresholds. Both are
optimistic for the reasons given under Figures.
"""


def section(one: Ensemble, open_folder: Path, dev: Path) -> list[str]:
    """Return the card's section on the open model in `open_folder`, compared with `one`."""
    heading = "## Trained on the open sets alone"
    if not (open_folder / store.INFO_FILE).exists():
        return [heading, "Not measured. Train it with `make model OPEN=yes`, then run `card`."]
    other = evaluate.Remembered(ensemble_store.load(open_folder))
    texts = sum(store.read_info(open_folder)["sources"].values())
    limits = ", ".join(
        f"{name} is held from {values['hold_at']} and rejected from {values['reject_at']}"
        for name, values in other.thresholds.items()
    )
    about = _ABOUT.format(version=other.version, texts=texts, limits=limits)
    return [heading, *wrap(about, _WIDTH), "", *table(one, other, dev)]
