"""Write the script of the embedded discussion from its readable sources: `python -m tests.embed`.

A test fails if the script is not that of its sources. Only the built script is part of the service.
"""

import gzip
import re
from pathlib import Path

import minify

from comments.reception.embed_file import BUILT

SOURCES = Path(__file__).resolve().parent.parent / "comments/reception/embed"


def built() -> str:
    """Return the minified script, in a scope of its own, with its styles."""
    scripts = [path.read_text(encoding="utf-8") for path in sorted(SOURCES.glob("*.js"))]
    styles = _compact((SOURCES / "embed.css").read_text(encoding="utf-8"))
    code = "\n".join(["(() => {", f"const STYLES = `{styles}`;", *scripts, "})();"])
    # The library takes declarations of one kind together, with those that take apart an object or
    # a list at the head, although these may use the others. Of another kind, they stay in place.
    code = re.sub(r"\bconst (?=[{\[])", "let ", code)
    return str(minify.string("application/javascript", code)) + "\n"


def size(script: bytes) -> int:
    """Return how many bytes a browser loads."""
    return len(gzip.compress(script, 9))


def _compact(styles: str) -> str:
    """Return styles without comments and spaces: the library leaves nested rules as they are."""
    bare = re.sub(r"/\*.*?\*/", "", styles, flags=re.DOTALL)
    closed = re.sub(r"\s*([{};,])\s*", r"\1", " ".join(bare.split()))
    return closed.replace(": ", ":").replace(";}", "}")


def main() -> None:
    BUILT.write_text(built(), encoding="utf-8")
    print(f"{BUILT.name}: {size(BUILT.read_bytes()):,} bytes with gzip")


if __name__ == "__main__":
    main()
