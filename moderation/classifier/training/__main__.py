"""The command line: score JSON Lines, train the shipped model, evaluate it on labelled files."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import TextIO

from moderation.classifier import store
from moderation.classifier.errors import ClassifierError, DataError
from moderation.classifier.model import ATTRIBUTES, BATCH, Classifier
from moderation.classifier.training import card, evaluate, outcomes
from moderation.classifier.training.datasets import parse

BUILD = Path("var/model")
_DIGITS = 6
_NUMBERS = (*ATTRIBUTES, *(f"sure_{name}" for name in ATTRIBUTES))


def _texts(name: str, lines: Iterable[str]) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        where = f"{name}, line {number}"
        text = parse(line, where).get("text")
        if not isinstance(text, str):
            raise DataError(f"{where}: the object has no text.")
        yield text


def _opened(names: list[str]) -> Iterator[str]:
    if not names:
        yield from _texts("standard input", sys.stdin)
    for name in names:
        try:
            with open(name, encoding="utf-8") as lines:
                yield from _texts(name, lines)
        except (OSError, UnicodeDecodeError) as error:
            raise DataError(f"{name} cannot be read: {error}.") from None


def _explained(classifier: Classifier, text: str) -> dict[str, object]:
    """Return what carried each score: rounded parts that add up to it."""
    return {
        name: {
            "base": round(found.base, _DIGITS),
            "signals": round(found.signals, _DIGITS),
            "spans": [[s.start, s.end, round(s.weight, _DIGITS)] for s in found.spans],
            "marked": found.marked(),
        }
        for name, found in classifier.explain(text).items()
    }


def _batches(texts: Iterator[str]) -> Iterator[list[str]]:
    """Yield batches; at a broken line, what stands before it first, then its error."""
    while True:
        batch: list[str] = []
        try:
            batch.extend(islice(texts, BATCH))
        except DataError:
            yield batch
            raise
        if not batch:
            return
        yield batch


def score(classifier: Classifier, texts: Iterator[str], out: TextIO, explain: bool) -> None:
    """Write one JSON line for each text, in order, a batch at a time.

    A broken line stops the work with DataError after the lines before it were written.
    """
    for batch in _batches(texts):
        for text, found in zip(batch, classifier.score(batch), strict=True):
            row: dict[str, object] = asdict(found)
            row |= {name: round(getattr(found, name), _DIGITS) for name in _NUMBERS}
            if explain:
                row["explanation"] = _explained(classifier, text)
            out.write(json.dumps(row) + "\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m moderation.classifier.training", description=__doc__
    )
    commands = parser.add_subparsers(dest="command", required=True)
    scoring = commands.add_parser("score", help="score JSON Lines with a text field")
    scoring.add_argument("files", nargs="*", metavar="FILE", help="default: standard input")
    scoring.add_argument("--explain", action="store_true", help="add what carried each score")
    training = commands.add_parser("train", help="train and write the model")
    training.add_argument("--data", type=Path, required=True, help="folder that holds train/")
    training.add_argument("--out", type=Path, default=store.SHIPPED, help="model folder")
    training.add_argument("--build", type=Path, default=BUILD, help="folder for finished steps")
    training.add_argument("--no-translation", action="store_true", help="do without apertium")
    choosing = commands.add_parser("thresholds", help="choose reject_at and write the card again")
    choosing.add_argument("--data", type=Path, required=True, help="folder that holds dev/")
    measuring = commands.add_parser("evaluate", help="measure the model on labelled JSON Lines")
    measuring.add_argument("files", nargs="+", type=Path, metavar="FILE")
    measuring.add_argument("--plots", type=Path, metavar="DIR", help="write charts as PNG")
    for command in (scoring, choosing, measuring):
        command.add_argument(
            "--model", type=Path, default=store.SHIPPED, help="default: the shipped model"
        )
    for command, run in (
        (scoring, _score),
        (training, _train),
        (choosing, _choose),
        (measuring, _evaluate),
    ):
        command.set_defaults(run=run)
    return parser.parse_args()


def _score(arguments: argparse.Namespace) -> None:
    classifier = store.load(arguments.model)
    score(classifier, _opened(arguments.files), sys.stdout, arguments.explain)


def _train(arguments: argparse.Namespace) -> None:
    # scikit-learn takes seconds to import, and a service does not have it.
    try:
        from moderation.classifier.training import train
    except ImportError:
        raise ClassifierError(
            "Training needs scikit-learn and scipy: train with `make model`, which installs them, "
            f"or install {Path(__file__).parent / 'requirements.txt'}."
        ) from None
    data, out, build = arguments.data, arguments.out, arguments.build
    version = train.train(train.Plan(data, out, build, not arguments.no_translation))
    card.write(out, data)
    print(f"Model {version} is in {out}.")


def _choose(arguments: argparse.Namespace) -> None:
    folder, data = arguments.model, arguments.data
    outcomes.set_reject_at(folder, data / "dev")
    card.write(folder, data)
    for name, limits in store.load(folder).thresholds.items():
        print(f"{name}: held from {limits['hold_at']}, rejected from {limits['reject_at']}.")


def _evaluate(arguments: argparse.Namespace) -> None:
    classifier, files = store.load(arguments.model), arguments.files
    print("\n".join(evaluate.HEADING))
    for path in files:
        print("\n".join(evaluate.table(path.name, evaluate.evaluate(classifier, path))))
    print("\n".join(("", *outcomes.HEADING)))
    for path in files:
        print("\n".join(outcomes.table(path.name, outcomes.outcomes(classifier, path))))
    if arguments.plots:
        from moderation.classifier.training.plots import draw

        for chart in draw(classifier, files, arguments.plots):
            print(f"Chart: {chart}")


def main() -> int:
    """Run one command; return 0, or 1 after one sentence about what is wrong."""
    arguments = _arguments()
    try:
        arguments.run(arguments)
    except ClassifierError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
