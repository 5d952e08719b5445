"""An interrupted import is repeated, and nothing is there twice or missing."""

from pathlib import Path

import pytest

from comments.archives.importing import Job, import_file
from comments.models import Article, Comment, Site
from moderation.history_check import check
from tests.comments.archives.files import json_lines

pytestmark = pytest.mark.django_db
NUMBER = 1500


def _stop(_comments: int) -> None:
    raise KeyboardInterrupt


def test_what_was_stored_before_an_interruption_is_not_stored_again(tmp_path: Path) -> None:
    path = json_lines(
        tmp_path / "lines",
        *(
            {"number": n, "article": "mist", "reply_to": n // 2, "text": f"Так, {n}."}
            for n in range(1, NUMBER + 1)
        ),
    )
    site = Site.objects.default()
    with pytest.raises(KeyboardInterrupt):
        import_file(Job(path=path, form="jsonl", site=site, stored=_stop))
    stored = Comment.objects.count()
    assert 0 < stored < NUMBER
    report = import_file(Job(path=path, form="jsonl", site=site))
    assert (report.stored.known, report.stored.new) == (stored, NUMBER - stored)
    article = Article.objects.get()
    assert article.published_count == article.comments.visible().count() == NUMBER
    # The first is the root of all; each answers the one with half its number.
    by_number = {each.origin.number: each for each in Comment.objects.select_related("origin")}
    assert by_number["1500"].reply_to == by_number["750"]
    assert by_number["1500"].branch == by_number["2"]
    assert not [each.fault for each in check() if each.fault]
