"""One side of the race, in its own process and environment: loads a scorer and obeys orders.

It needs the standard library only. Orders and answers are JSON, one per line; the first answer says
how long importing and loading took.
"""

import importlib
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import cycle
from pathlib import Path
from typing import Any

Score = Callable[[list[str]], object]
Answer = dict[str, Any]
BATCH = 256
LONG, SHORT, ENDING = 100_000, 10_000, 1_000
LONG_REPEATS = 7
THEIR_LIBRARIES = (
    "joblib",
    "sklearn.calibration",
    "sklearn.feature_extraction.text",
    "sklearn.svm",
)


def ours() -> Iterator[Any]:
    """Import, then load: yield once in between, and last the scorer and its weights."""
    classifier = importlib.import_module("moderation.classifier")
    store = importlib.import_module("moderation.classifier.store")
    yield None
    yield classifier.load(second="off").score, [store.SHIPPED / store.WEIGHTS_FILE]


def both() -> Iterator[Any]:
    """Do the same with the second judge, which takes longer and is not raced."""
    classifier = importlib.import_module("moderation.classifier")
    store = importlib.import_module("moderation.classifier.store")
    yield None
    model = classifier.load()
    for member in model.members:
        member.judge.load()
    yield model.score, list(store.SHIPPED.glob("*.npz"))


def theirs() -> Iterator[Any]:
    """Do the same for alt-profanity-check, which loads its model while it is imported."""
    for name in THEIR_LIBRARIES:
        importlib.import_module(name)
    yield None
    package = importlib.import_module("profanity_check")
    yield package.predict_prob, list(Path(str(package.__file__)).parent.rglob("*.joblib"))


SIDES = {"ours": ours, "both": both, "theirs": theirs}


def batches(score: Score, texts: list[str], seconds: float) -> Answer:
    """Return texts per second, scored 256 at a time for about `seconds`.

    Rates count the processor time of all threads, so that other work on the machine does not affect
    them; the time of a single comment is wall-clock time.
    """
    parts = [texts[at : at + BATCH] for at in range(0, len(texts), BATCH)]
    done, start = 0, time.process_time()
    for part in cycle(parts):
        score(part)
        done += len(part)
        if (spent := time.process_time() - start) >= seconds:
            return {"rate": done / spent}
    return {}


def singles(score: Score, texts: list[str], seconds: float) -> Answer:
    """Return texts per second, scored one by one for about `seconds`, and the time of each."""
    times: list[float] = []
    start = time.process_time()
    last = time.perf_counter()
    for text in cycle(texts):
        score([text])
        now = time.perf_counter()
        times.append(now - last)
        last = now
        if (spent := time.process_time() - start) >= seconds:
            return {"rate": len(times) / spent, "times": times}
    return {}


def long_texts(score: Score, texts: list[str]) -> Answer:
    """Return how many times longer 100,000 characters take than 10,000.

    Both begin and end with the same text, so that only their length differs for a scorer that reads
    only a part.
    """
    pile = " ".join(texts)
    pile *= LONG // len(pile) + 1
    taken: dict[int, list[float]] = {SHORT: [], LONG: []}
    for _ in range(LONG_REPEATS):
        for size, times in taken.items():
            text = pile[: size - ENDING] + pile[-ENDING:]
            start = time.process_time()
            score([text])
            times.append(time.process_time() - start)
    long, short = statistics.median(taken[LONG]), statistics.median(taken[SHORT])
    return {"ratio": long / short}


def memory() -> Answer:
    """Return the current and the highest resident memory in bytes (on Linux; elsewhere nothing)."""
    found: Answer = {}
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            name, _, value = line.partition(":")
            if name in ("VmRSS", "VmHWM"):
                found["now" if name == "VmRSS" else "highest"] = int(value.split()[0]) * 1024
    return found


def say(answer: Answer) -> None:
    """Write one answer for the parent."""
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def prepared(side: str) -> tuple[Score, Sequence[Path]]:
    """Import and load one side; return how long each took and the size of the weights."""
    start = time.perf_counter()
    steps = SIDES[side]()
    next(steps)
    imported = time.perf_counter()
    score, files = next(steps)
    loaded = time.perf_counter()
    size = sum(path.stat().st_size for path in files)
    say({"load": loaded - imported, "import and load": loaded - start, "weights": size})
    return score, files


def obey(score: Score, orders: Iterator[str]) -> None:
    """Carry out one order per line until the input ends."""
    texts: list[str] = []
    for line in orders:
        order = json.loads(line)
        if order["do"] == "texts":
            texts = order["texts"]
            score(texts[:BATCH])
            say({"texts": len(texts)})
        elif order["do"] == "batches":
            say(batches(score, texts, order["seconds"]))
        elif order["do"] == "singles":
            say(singles(score, texts, order["seconds"]))
        elif order["do"] == "long":
            say(long_texts(score, texts))
        else:
            say(memory())


def main() -> None:
    """Run the side in the first argument on the core in the second."""
    side, core = sys.argv[1], int(sys.argv[2])
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {core})
    score, _ = prepared(side)
    obey(score, sys.stdin)


if __name__ == "__main__":
    main()
