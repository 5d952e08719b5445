"""The script of the embedded discussion: up to date, small, with its integrity hash."""

import base64
import gzip
import hashlib
from io import StringIO

from django.core.management import call_command

from comments.reception import embed_file

MOST = 10 * 1024


def test_the_built_script_is_that_of_its_sources() -> None:
    assert embed_file.BUILT.read_text() == embed_file.built(), "run manage.py build_embed"


def test_it_is_at_most_ten_kilobytes_with_its_styles() -> None:
    assert len(gzip.compress(embed_file.BUILT.read_bytes(), 9)) <= MOST


def test_a_command_prints_what_a_page_may_require() -> None:
    said = StringIO()
    call_command("embed_integrity", stdout=said)
    digest = hashlib.sha384(embed_file.BUILT.read_bytes()).digest()
    assert said.getvalue() == f"sha384-{base64.b64encode(digest).decode()}\n"
