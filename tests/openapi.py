"""Write docs/openapi.json: `python -m tests.openapi`. A breaking change needs `--breaking`.

A test fails if the file is out of date, so no change of the API happens unnoticed.
"""

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from tests.openapi_changes import breaking_changes

FILE = Path(__file__).resolve().parent.parent / "docs/openapi.json"


def committed() -> Any:
    return json.loads(FILE.read_text(encoding="utf-8"))


def generated() -> Any:
    """Return the document of the code as it is. Needs Django."""
    from drf_spectacular.generators import SchemaGenerator

    return SchemaGenerator().get_schema(request=None, public=True)


def text(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1, default=str) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--breaking", action="store_true", help="write breaking changes too")
    may_break = parser.parse_args().breaking
    new = json.loads(text(generated()))
    found = breaking_changes(committed(), new) if FILE.exists() else []
    for each in found:
        print(each)
    if found and not may_break:
        print("Programs that use the API would break. Keep what they use, or pass --breaking.")
        return 1
    FILE.write_text(text(new), encoding="utf-8")
    return 0


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")
    django.setup()
    sys.exit(main())
