import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command

Import = Callable[..., str]


@pytest.fixture
def bring(db: None, tmp_path: Path) -> Import:
    """Import a text or a file by the command; return what it prints."""

    def run(content: str | bytes | Path, form: str = "wxr", **options: object) -> str:
        path = content if isinstance(content, Path) else tmp_path / "archive"
        if isinstance(content, str | bytes):
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        out = io.StringIO()
        call_command("import_comments", str(path), format=form, stdout=out, stderr=out, **options)
        return out.getvalue()

    return run
