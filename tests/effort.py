"""How much work a function is, whatever the machine and whatever else runs on it."""

import re
import time
from collections import Counter
from collections.abc import Callable

_TEXT = "Чи відомо, коли відкриють рух мостом через річку? " * 100


def effort(function: Callable[[], object], *, runs: int = 7) -> float:
    """Return the CPU time of `function()` as a multiple of that of counting 5,000 letters' words.

    The two are timed in turn, and the least of each is taken: on a slow or shared core both take
    longer, and the quotient stays. One unit is about 0.1 ms on an idle core.
    """
    pairs = [(_seconds(function), _seconds(_count_words)) for _ in range(runs)]
    taken, unit = (min(column) for column in zip(*pairs, strict=True))
    return taken / unit


def _seconds(function: Callable[[], object]) -> float:
    """Only this thread's, because other processes and threads may run."""
    begun = time.thread_time()
    function()
    return time.thread_time() - begun


def _count_words() -> Counter[str]:
    return Counter(re.findall(r"\w+", _TEXT.lower()))
