"""Import a file: read it into a staging database, find its articles, store what is new."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from comments.archives import disqus, isso, own_lines, remark, wxr
from comments.archives.cleaning import clean_page, cleaned, storable
from comments.archives.files import Progress, opened
from comments.archives.models import MAX_SOURCE_LENGTH, Archive
from comments.archives.pages import Catalogue
from comments.archives.records import Broken, Found, Left, Page, Record, RefusedError, Source
from comments.archives.sources import PREFIX, own_source
from comments.archives.staging import Arranged, Staging
from comments.archives.storing import Store, Stored
from comments.models import Site
from moderation import imported

FORMATS: Mapping[str, Callable[[BinaryIO], Iterator[Found]]] = {
    "wxr": wxr.read,
    "disqus": disqus.read,
    "remark42": remark.read,
    "jsonl": own_lines.read,
}
ISSO = "isso"


@dataclass(frozen=True, kw_only=True)
class Job:
    """What to import and where to; nothing is stored in a dry run."""

    path: Path
    form: str
    site: Site
    # The website's address, for files that only have paths.
    base: str = ""
    # A name for the source, if it has none or two have the same.
    source: str = ""
    dry_run: bool = False
    read: Progress = lambda _bytes: None
    # Hears how many comments there are, then of each batch how many of them were stored.
    begin: Progress = lambda _comments: None
    stored: Progress = lambda _comments: None
    broken: Callable[[Broken], object] = lambda _broken: None


@dataclass
class Report:
    """What an import did, or would do."""

    source: str = ""
    arranged: Arranged = field(default_factory=lambda: Arranged(0, 0, 0, {}))
    twice: int = 0
    broken: int = 0
    left: Counter[str] = field(default_factory=Counter)
    new_articles: int = 0
    known_articles: int = 0
    stored: Stored = field(default_factory=Stored)


def import_file(job: Job) -> Report:
    """Import the file and return the report. Safe to repeat, also after an interruption.

    Raises RefusedError, and has stored nothing then, if the file is not of this format, tries to
    harm its reader, or has articles of another website.
    """
    report = Report()
    with closing(Staging()) as staging:
        _stage(job, staging, report)
        catalogue = Catalogue(job.site)
        staging.settle(list(catalogue.place(staging.pages())))
        report.arranged = staging.arrange()
        report.twice = staging.twice
        report.new_articles, report.known_articles = len(catalogue.new), len(catalogue.matched)
        _require_own(catalogue.foreign)
        if not job.dry_run:
            report.stored = _store(job, staging, catalogue, report)
    return report


def _found(job: Job) -> Iterator[Found]:
    if job.form == ISSO:
        yield from isso.read(job.path, job.base.rstrip("/"))
        return
    with closing(opened(job.path, job.read)) as file:
        yield from FORMATS[job.form](file)


def _stage(job: Job, staging: Staging, report: Report) -> None:
    for found in _found(job):
        each = cleaned(found) if isinstance(found, Record) else found
        match each:
            case Record():
                staging.add(each)
            case Page():
                staging.add_page(clean_page(each))
            case Left():
                report.left[each.why] += 1
            case Broken():
                report.broken += 1
                job.broken(each)
            case Source():
                report.source = each.name
    staging.flush()
    name = storable(job.source or report.source)
    # The same comments, whichever format they were exported to.
    full = name if name.startswith(PREFIX) else f"{job.form} {name}".strip()
    report.source = full[:MAX_SOURCE_LENGTH]


def _require_own(foreign: set[str]) -> None:
    if foreign:
        listed = ", ".join(sorted(foreign)[:5])
        raise RefusedError(
            f"these are not addresses of the site: {listed}. Add them to the site's web addresses "
            "in the admin, or to CORS_ALLOWED_ORIGINS, and try again"
        )


def _store(job: Job, staging: Staging, catalogue: Catalogue, report: Report) -> Stored:
    archive, _ = Archive.objects.get_or_create(site=job.site, source=report.source)
    is_own = report.source == own_source(job.site)
    store = Store(archive, catalogue.store(), is_own=is_own)
    job.begin(report.arranged.number)
    try:
        for batch in staging.batches():
            store.store(staging, batch)
            job.stored(len(batch))
    finally:
        if store.stored.oldest is not None:
            imported.recount_days(store.stored.oldest)
    return store.stored
