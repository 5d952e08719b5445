"""Export all articles and comments of a site."""

import os
from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from comments.archives import exporting
from comments.archives.lines_file import LinesFile
from comments.archives.wxr_file import WxrFile
from comments.management.site_named import add_site_option, site_named
from moderation.management.person import operator
from moderation.privacy import record_archive_export

WRITERS: Mapping[str, Callable[[TextIO], exporting.Writer]] = {"jsonl": LinesFile, "wxr": WxrFile}


class Command(BaseCommand):
    help = (
        "Write all articles with comments, and all comments in any status, to a new file; "
        "docs/moving.md describes the formats."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--format", choices=sorted(WRITERS), required=True)
        parser.add_argument(
            "--emails",
            action="store_true",
            help="also write the authors' e-mails, readable; the log of access to personal data "
            "says so",
        )
        add_site_option(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        site, path = site_named(options["site"]), options["file"]
        if options["emails"]:
            record_archive_export(operator=operator(), comments=exporting.count(site))
        try:
            done = self._write(path, options)
        except FileExistsError as error:
            raise CommandError(f"{path} already exists: name a new file.") from error
        except OSError as error:
            with suppress(OSError):
                path.unlink()
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from error
        self.stdout.write(
            f"Written: {done.articles} articles, {done.comments} comments, {done.emails} e-mails. "
            f"{path} is readable only by its owner."
        )
        if options["emails"]:
            self.stderr.write("The file has e-mails: keep it safe, and delete it when it is used.")
        if done.unreadable:
            self.stderr.write(f"CONTACT_KEYS lacks the keys of {done.unreadable} e-mails.")

    def _write(self, path: Path, options: dict[str, Any]) -> exporting.Exported:
        site = site_named(options["site"])
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with (
            os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file,
            tqdm(total=exporting.count(site), unit=" comments", disable=None) as bar,
        ):
            writer = WRITERS[options["format"]](file)
            return exporting.export(site, writer, bar.update, emails=options["emails"])
