"""The answers of the fuzzed service: counted, with the cause of every failure."""

import logging
from collections import Counter
from dataclasses import dataclass, field

FAULTS_SHOWN = 20
SHOWN = 700


@dataclass
class Watch:
    """Counts answers by target and status; a 5xx status or a logged error is a failure.

    While it is entered, it listens to every logger of this process.
    """

    answers: Counter[tuple[str, int]] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def requests(self) -> int:
        return self.answers.total()

    def saw(self, target: str, status: int, sent: object, complaint: str = "") -> None:
        """Record one answer to what was `sent`; a complaint makes a valid answer a failure."""
        self.answers[target, status] += 1
        heard = self.errors[:]
        self.errors.clear()
        if complaint or status >= 500 or heard:
            words = " | ".join([complaint, *heard]).strip(" |")
            self.faults.append(f"{target}: {status} {words} <- {sent!r}"[:SHOWN])

    def __enter__(self) -> "Watch":
        self._handler = _LogHandler(self.errors)
        logging.getLogger().addHandler(self._handler)
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger().removeHandler(self._handler)

    def table(self) -> str:
        """Format the answers by target and status, and the first failures."""
        targets = sorted({target for target, _status in self.answers})
        lines = []
        for target in targets:
            statuses = sorted((s, n) for (t, s), n in self.answers.items() if t == target)
            count = sum(n for _status, n in statuses)
            listed = ", ".join(f"{status}: {n}" for status, n in statuses)
            lines.append(f"  {target:<28}{count:>7}   {listed}")
        shown = [f"  FAULT {fault}" for fault in self.faults[:FAULTS_SHOWN]]
        return "\n".join([*lines, *shown])


class _LogHandler(logging.Handler):
    def __init__(self, errors: list[str]) -> None:
        super().__init__(logging.ERROR)
        self.errors = errors

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.startswith("django.security"):
            return  # a request that Django itself refused with 400
        cause = record.exc_info[1] if record.exc_info else None
        self.errors.append(f"{record.getMessage()} {cause!r}"[:400])
