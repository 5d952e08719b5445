"""Measure what the default policy does with labelled texts, by kind of text or by language."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from moderation import model_registry
from moderation.model_registry import ScorerError
from moderation.models import SitePolicy
from moderation.policy.verdict import Outcome, Submission
from moderation.services import assess, policy_of

HEADING = (
    "| {} | wanted | texts | published | held | rejected | wrong | interval |\n"
    "|---|---|---|---|---|---|---|---|"
)
# The outcomes that are wrong: what should go must not be published unread, and what should stay
# must not keep a moderator busy.
WRONG = {"remove": {Outcome.PUBLISH}, "publish": {Outcome.HOLD, Outcome.REJECT}}
Z = 1.96


@dataclass(frozen=True)
class Labelled:
    """A text with the wanted outcome, and the groups that it is counted in."""

    submission: Submission
    want: str
    groups: dict[str, str]


class Command(BaseCommand):
    help = (
        "Score labelled comments (JSON Lines with text, want: publish or remove, and optionally "
        "kind, lang, author_name, author_url), decide on them with the default policy, and print "
        "how many are published, held and rejected. Uses no database."
    )
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--by", choices=["kind", "lang"], default="kind")
        parser.add_argument(
            "--wrong", action="store_true", help="also print each text with a wrong outcome"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        labelled = [each for path in options["files"] for each in _read(path)]
        try:
            model = model_registry.for_site()
            submissions = [each.submission for each in labelled]
            assessed = assess(submissions, model=model, policy=policy_of(SitePolicy(), model))
        except ScorerError as error:
            raise CommandError(f"MODEL_DIR: {error}") from error
        outcomes = [each.verdict.outcome for each in assessed]
        for line in table(labelled, outcomes, options["by"]):
            self.stdout.write(line)
        if options["wrong"]:
            for each, outcome in zip(labelled, outcomes, strict=True):
                if outcome in WRONG[each.want]:
                    self.stdout.write(f"{each.groups['kind']}: {outcome}: {each.submission.text}")


def table(labelled: Sequence[Labelled], outcomes: Sequence[Outcome], by: str) -> Iterator[str]:
    """Yield a Markdown table: a line for each group, then one for all texts of each wanted outcome.

    `wrong` is the share of texts with an outcome that they should not have, with its 95 % interval.
    """
    counts: dict[tuple[str, str], Counter[Outcome]] = defaultdict(Counter)
    for each, outcome in zip(labelled, outcomes, strict=True):
        for group in (each.groups[by], "all"):
            counts[each.want, group][outcome] += 1
    yield HEADING.format(by)
    for (want, group), found in sorted(counts.items(), key=_order):
        total, wrong = found.total(), sum(found[outcome] for outcome in WRONG[want])
        low, high = interval(wrong, total)
        cells = " | ".join(str(found[outcome]) for outcome in Outcome)
        share = f"{wrong / total:.1%} | {low:.1%} to {high:.1%}"
        yield f"| {group} | {want} | {total} | {cells} | {share} |"


def interval(found: int, total: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson, 1927)."""
    share, square = found / total, Z**2
    centre = share + square / (2 * total)
    spread = Z * sqrt(share * (1 - share) / total + square / (4 * total**2))
    scale = 1 + square / total
    return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)


def _order(entry: tuple[tuple[str, str], Counter[Outcome]]) -> tuple[bool, str, str]:
    (want, group), _ = entry
    return group == "all", want, group


def _read(path: Path) -> Iterator[Labelled]:
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{path} cannot be read: {error}.") from error
    yield from (_labelled(f"{path}:{n}", line) for n, line in enumerate(lines, 1) if line.strip())


def _labelled(where: str, line: str) -> Labelled:
    try:
        row = json.loads(line)
        name, website = (str(row.get(each, "")) for each in ("author_name", "author_url"))
        submission = Submission(text=str(row["text"]), author_name=name, author_url=website)
        want, groups = str(row["want"]), {by: str(row.get(by, "-")) for by in ("kind", "lang")}
    except (ValueError, KeyError, AttributeError) as error:
        raise CommandError(f"{where}: not a JSON object with text and want.") from error
    if want not in WRONG:
        raise CommandError(f"{where}: want must be publish or remove, not {want!r}.")
    return Labelled(submission, want, groups)
