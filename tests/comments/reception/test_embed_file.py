"""The script of the embedded discussion: up to date, small, with its integrity hash."""

import base64
import hashlib
from io import StringIO

import pytest
from django.core.management import call_command

from comments.reception.embed_file import BUILT

pytest.importorskip("minify", reason="no package of the minifier for this machine")
from tests import embed

MOST = 10_000


def test_the_built_script_is_that_of_its_sources() -> None:
    assert BUILT.read_text() == embed.built(), "run python -m tests.embed"


def test_it_is_at_most_ten_kilobytes_with_its_styles() -> None:
    assert embed.size(BUILT.read_bytes()) <= MOST


def test_a_command_prints_what_a_page_may_require() -> None:
    said = StringIO()
    call_command("embed_integrity", stdout=said)
    digest = hashlib.sha384(BUILT.read_bytes()).digest()
    assert said.getvalue() == f"sha384-{base64.b64encode(digest).decode()}\n"
