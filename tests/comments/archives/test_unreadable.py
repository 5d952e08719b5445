"""A file that cannot be read to its end is refused in a sentence, and nothing of it is stored."""

import gzip
import os
from pathlib import Path

import pytest
from django.core.management.base import CommandError

from comments.models import Comment
from tests.comments.archives.conftest import Import
from tests.comments.archives.files import comment, item, wxr

pytestmark = pytest.mark.django_db


def _packed() -> bytes:
    texts = [comment(number, content=os.urandom(200).hex()) for number in range(500)]
    return gzip.compress(wxr(item(*texts)).encode())


def test_a_packed_file_comes_in(bring: Import) -> None:
    bring(_packed())
    assert Comment.objects.count() == 500


@pytest.mark.parametrize("form", ["wxr", "disqus", "jsonl", "remark42"])
def test_a_packed_file_without_its_end_is_refused(form: str, bring: Import) -> None:
    line = b'{"number": 1, "url": "http://testserver/a", "text": "x", "users": []}\n'
    whole = _packed() if form in ("wxr", "disqus") else gzip.compress(line * 9)
    for kept in (len(whole) - 4, len(whole) // 2, 5):
        with pytest.raises(CommandError, match=r"archive cannot be read: .*its end is missing\."):
            bring(whole[:kept], form)
    assert not Comment.objects.exists()


def test_a_packed_file_with_other_bytes_in_it_is_refused(bring: Import) -> None:
    whole = bytearray(_packed())
    whole[len(whole) // 2 : len(whole) // 2 + 400] = b"\xff" * 400
    with pytest.raises(CommandError, match="cannot be read: what gzip packed is damaged"):
        bring(bytes(whole))
    assert not Comment.objects.exists()


def test_a_folder_is_refused(bring: Import, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        bring(tmp_path)
