"""Measure what the default policy does with labelled texts, by kind of text or by language."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from moderation import model_registry
from moderation.classifier.training.categories import HEADING, WRONG, line
from moderation.model_registry import ScorerError
from moderation.models import SitePolicy
from moderation.policy.verdict import Outcome, Submission
from moderation.services import assess, policy_of

# A slow judge must have the time for all of them.
BATCH = 8


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
            policy = policy_of(SitePolicy(), model)
            assessed = [
                each
                for start in range(0, len(submissions), BATCH)
                for each in assess(submissions[start : start + BATCH], model=model, policy=policy)
            ]
        except ScorerError as error:
            raise CommandError(f"MODEL_DIR: {error}") from error
        outcomes = [each.verdict.outcome for each in assessed]
        self.stdout.write("\n".join(table(labelled, outcomes, options["by"])))
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
    yield from (each.format(by) for each in HEADING)
    for (want, group), found in sorted(counts.items(), key=_order):
        yield line(group, want, Counter({each.value: count for each, count in found.items()}))


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
