"""Report what the judges would have done with the imported comments, against what people did."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from comments.archives.comparison import Comparison, chosen, compare
from comments.management.site_named import add_site_option, site_named
from moderation.classifier.training.categories import interval
from moderation.model_registry import ScorerError
from moderation.policy.verdict import Outcome

MOST = 5000
_OUTCOMES = (Outcome.PUBLISH, Outcome.HOLD, Outcome.REJECT)


class Command(BaseCommand):
    help = (
        "Judge imported comments with the site's policy, each text by itself, and compare the "
        "outcomes with what people decided in the earlier system. Changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--most",
            type=int,
            default=MOST,
            metavar="N",
            help=f"how many comments are judged, at random if there are more; {MOST} by default",
        )
        add_site_option(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["most"] < 1:
            raise CommandError("--most must be 1 or more.")
        site = site_named(options["site"])
        ids = chosen(site, options["most"])
        if not ids:
            self.stdout.write("The site has no imported comments that people decided about.")
            return
        try:
            with tqdm(total=len(ids), unit=" comments", disable=None) as bar:
                found = compare(site, ids, bar.update)
        except ScorerError as error:
            raise CommandError(f"MODEL_DIR: {error}") from error
        self.stdout.write("\n".join(_report(found)))


def _report(found: Comparison) -> Iterator[str]:
    """Yield three Markdown tables."""
    yield f"Comments: {found.compared}, of which people rejected {found.rejected}."
    yield ""
    yield "| what people did | judges: publish | hold | reject |"
    yield "|---|---|---|---|"
    for people, counts in sorted(found.outcomes.items()):
        done = f"rejected: {people}" if people else "published"
        yield f"| {done} | {' | '.join(str(counts[each]) for each in _OUTCOMES)} |"
    yield ""
    yield "| the judges' reason | people published | rejected |"
    yield "|---|---|---|"
    for reason, counts in sorted(found.reasons.items(), key=lambda each: -each[1].total()):
        yield f"| {reason} | {counts[Outcome.PUBLISH]} | {counts[Outcome.REJECT]} |"
    yield ""
    yield "| line | over it | people rejected (precision) | of all rejected (recall) |"
    yield "|---|---|---|---|"
    for name, line in found.lines.items():
        precision = _share(line.rightly, line.caught)
        recall = _share(line.rightly, found.rejected)
        yield f"| {name} | {line.caught} | {precision} | {recall} |"


def _share(part: int, whole: int) -> str:
    """Return a share with its 95 % interval."""
    if not whole:
        return "–"
    low, high = interval(part, whole)
    return f"{part / whole:.1%} ({low:.1%} to {high:.1%})"
