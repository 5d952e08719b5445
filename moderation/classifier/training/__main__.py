"""Score JSON Lines, train a model, evaluate it, and write its card."""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TextIO

from moderation.classifier import ensemble_store, store
from moderation.classifier.ensemble import Ensemble
from moderation.classifier.errors import ClassifierError, DataError
from moderation.classifier.scores import Scores
from moderation.classifier.training import card, evaluate, outcomes, shares
from moderation.classifier.training.datasets import parse

BUILD = Path("var/model")
Run = Callable[[argparse.Namespace], None]
_DIGITS = 6
_AT_ONCE = 256


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


def _explained(classifier: Ensemble, text: str) -> dict[str, object]:
    """Return the explanation of each score, with rounded numbers."""
    return {
        name: {
            "base": round(found.base, _DIGITS),
            "signals": round(found.signals, _DIGITS),
            "spans": [[s.start, s.end, round(s.weight, _DIGITS)] for s in found.spans],
            "marked": found.marked(),
        }
        for name, found in classifier.explain(text).items()
    }


def _row(found: Scores) -> dict[str, object]:
    numbers = {**found, **{f"sure_{name}": sure for name, sure in found.sure.items()}}
    for judge, scores in found.by_judge.items():
        numbers |= {f"{judge}_{name}": score for name, score in scores.items()}
    rounded = {name: round(number, _DIGITS) for name, number in numbers.items()}
    return {**rounded, "language": found.language}


def _batches(texts: Iterator[str]) -> Iterator[list[str]]:
    """Yield batches. At a malformed line, yield the texts before it and then raise its error."""
    while True:
        batch: list[str] = []
        try:
            batch.extend(islice(texts, _AT_ONCE))
        except DataError:
            yield batch
            raise
        if not batch:
            return
        yield batch


def score(
    classifier: Ensemble,
    texts: Iterator[str],
    out: TextIO,
    *,
    explain: bool = False,
    policy: bool = False,
) -> None:
    """Write one JSON line for each text, in order, a batch at a time.

    Raise DataError at a malformed line, after writing the results of the lines before it.
    """
    for batch in _batches(texts):
        for text, found in zip(batch, classifier.score(batch), strict=True):
            row = _row(found)
            if policy:
                row["outcome"] = outcomes.outcome(classifier, found)
            if explain:
                row["explanation"] = _explained(classifier, text)
            out.write(json.dumps(row) + "\n")


def _shared() -> tuple[argparse.ArgumentParser, argparse.ArgumentParser]:
    """Return parsers with shared options: for commands that take a model, and that write a card."""
    modelled, writing = (argparse.ArgumentParser(add_help=False) for _ in range(2))
    modelled.add_argument(
        "--model", type=Path, default=store.SHIPPED, help="default: the shipped model"
    )
    modelled.add_argument(
        "--second",
        choices=("embedding", "off"),
        default="embedding",
        help="the judge beside the fast one (default: %(default)s)",
    )
    writing.add_argument(
        "--data", type=Path, required=True, help="folder that holds train/ and dev/"
    )
    writing.add_argument(
        "--open-model",
        type=Path,
        default=card.OPEN_MODEL,
        help="the model of open texts that the card compares (default: %(default)s)",
    )
    return modelled, writing


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m moderation.classifier.training", description=__doc__
    )
    commands = parser.add_subparsers(dest="command", required=True)
    modelled, writing = _shared()

    def command(
        run: Run, name: str, about: str, *parents: argparse.ArgumentParser
    ) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=about, parents=parents)
        made.set_defaults(run=run)
        return made

    scoring = command(_score, "score", "score JSON Lines with a text field", modelled)
    scoring.add_argument("files", nargs="*", metavar="FILE", help="default: standard input")
    scoring.add_argument(
        "--explain", action="store_true", help="add which words made up each score"
    )
    scoring.add_argument(
        "--policy",
        action="store_true",
        help="add what the recommended thresholds do: publish, hold or reject",
    )
    training = command(_train, "train", "train and write the model", writing)
    _add_training_options(training)
    command(_choose, "thresholds", "choose reject_at and write the card", modelled, writing)
    command(_write_card, "card", "measure the model and write its card", modelled, writing)
    measuring = command(_evaluate, "evaluate", "measure it on labelled JSON Lines", modelled)
    measuring.add_argument("files", nargs="+", type=Path, metavar="FILE")
    measuring.add_argument("--plots", type=Path, metavar="DIR", help="write charts as PNG")
    showing = command(_shares, "shares", "show what each threshold takes", modelled)
    showing.add_argument("files", nargs="+", type=Path, metavar="FILE")
    return parser.parse_args()


def _add_training_options(training: argparse.ArgumentParser) -> None:
    training.add_argument("--out", type=Path, help="model folder (default: the shipped model's)")
    training.add_argument("--build", type=Path, default=BUILD, help="folder for finished steps")
    training.add_argument("--no-translation", action="store_true", help="train without apertium")
    training.add_argument(
        "--open",
        action="store_true",
        help=f"train only on the openly licensed sets (default of --out: {card.OPEN_MODEL})",
    )


def _score(arguments: argparse.Namespace) -> None:
    classifier = ensemble_store.load(arguments.model, arguments.second)
    options = {"explain": arguments.explain, "policy": arguments.policy}
    score(classifier, _opened(arguments.files), sys.stdout, **options)


def _train(arguments: argparse.Namespace) -> None:
    # scikit-learn takes seconds to import, and a service does not have it.
    try:
        from moderation.classifier.training import train
    except ImportError:
        raise ClassifierError(
            "Training needs scikit-learn and SciPy: train with `make model`, which installs them, "
            f"or install {Path(__file__).parent / 'requirements.txt'}."
        ) from None
    data, only_open = arguments.data, arguments.open
    out = arguments.out or (arguments.open_model if only_open else store.SHIPPED)
    # In a folder of its own, because only the newest result of a step is kept.
    build = arguments.build / "open" if only_open else arguments.build
    version = train.train(train.Plan(data, out, build, not arguments.no_translation, only_open))
    card.write(out, data, arguments.open_model)
    print(f"Model {version} is in {out}.")


def _choose(arguments: argparse.Namespace) -> None:
    folder, data = arguments.model, arguments.data
    outcomes.set_reject_at(folder, data / "dev")
    card.write(folder, data, arguments.open_model)
    for name, limits in ensemble_store.load(folder).thresholds.items():
        print(f"{name}: held from {limits['hold_at']}, rejected from {limits['reject_at']}.")


def _write_card(arguments: argparse.Namespace) -> None:
    card.write(arguments.model, arguments.data, arguments.open_model)
    print(f"Card: {arguments.model / 'card.md'}")


def _evaluate(arguments: argparse.Namespace) -> None:
    classifier = ensemble_store.load(arguments.model, arguments.second)
    files = arguments.files
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


def _shares(arguments: argparse.Namespace) -> None:
    classifier = ensemble_store.load(arguments.model, arguments.second)
    print("\n".join(shares.tables(classifier, arguments.files)))


def main() -> int:
    """Run one command. Return 0, or 1 after printing one sentence on what is wrong."""
    arguments = _arguments()
    try:
        arguments.run(arguments)
    except ClassifierError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
