"""Import comments from a file of another comment system, or of ours."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from comments.archives.importing import FORMATS, ISSO, Job, Report, import_file
from comments.archives.records import Broken, RefusedError
from comments.management.site_named import add_site_option, site_named
from comments.models import Status

SHOWN = 20
_STATUSES = (Status.PUBLISHED, Status.HELD, Status.REJECTED, Status.WITHDRAWN)


class Command(BaseCommand):
    help = (
        "Import articles and comments from a file; docs/moving.md says what is kept of which "
        "format. Safe to repeat: what is here already is not stored again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--format", choices=sorted([*FORMATS, ISSO]), required=True)
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")
        parser.add_argument(
            "--base",
            default="",
            metavar="URL",
            help="the website's address, such as https://www.example.org, which Isso lacks",
        )
        parser.add_argument(
            "--source",
            default="",
            metavar="NAME",
            help="a name for where the file comes from, if two files number their comments alike",
        )
        add_site_option(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["format"] == ISSO and not options["base"]:
            raise CommandError("Isso stores paths only: give the website's address with --base.")
        self.left_to_show = SHOWN
        try:
            with (
                tqdm(unit="B", unit_scale=True, disable=None, desc="read") as read,
                tqdm(unit=" comments", disable=None, desc="stored") as stored,
            ):
                self.bars = (read, stored)
                report = import_file(self._job(options))
        except RefusedError as error:
            raise CommandError(f"Nothing was imported: {error}.") from error
        self.stdout.write("\n".join(_lines(report, dry_run=options["dry_run"])))

    def _job(self, options: dict[str, Any]) -> Job:
        read, stored = self.bars
        path = options["file"]
        read.reset(path.stat().st_size if path.is_file() else None)
        return Job(
            path=path,
            form=options["format"],
            site=site_named(options["site"]),
            base=options["base"],
            source=options["source"],
            dry_run=options["dry_run"],
            read=read.update,
            begin=stored.reset,
            stored=stored.update,
            broken=self._show,
        )

    def _show(self, broken: Broken) -> None:
        if self.left_to_show:
            self.left_to_show -= 1
            tqdm.write(f"{broken.place}: {broken.why}", file=self.stderr)
            if not self.left_to_show:
                tqdm.write("More are counted below.", file=self.stderr)


def _lines(report: Report, *, dry_run: bool) -> list[str]:
    """Return the report, without the lines that would say none."""
    found, stored = report.arranged, report.stored
    by_status = ", ".join(f"{each} {found.by_status.get(each, 0)}" for each in _STATUSES)
    lines = [
        f"Comments in the file: {found.number} ({by_status}).",
        f"Articles: {report.known_articles} known here, {report.new_articles} new.",
    ]
    counted = [
        (found.orphans, "answer a comment that is not in the file, so they begin threads"),
        (found.without_page, "left out: their article is not in the file"),
        (report.twice, "left out: the same number again"),
        *((number, f"left out: {why}") for why, number in report.left.most_common()),
        (report.broken, "broken records, left out"),
        (stored.unseen, "published, but under a comment that is not shown"),
    ]
    lines += [f"  {number} {why}" for number, why in counted if number]
    if dry_run:
        return [*lines, "A dry run: nothing was stored."]
    return [*lines, f"Stored: {stored.new} new comments; {stored.known} were here already."]
