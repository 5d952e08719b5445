"""Build the script of the embedded discussion from its readable sources."""

import base64
import hashlib
import re
from pathlib import Path

_HERE = Path(__file__).parent
SOURCES = _HERE / "embed"
BUILT = _HERE / "static/comments/embed.js"
_SPACED = re.compile(
    r" (=>|&&|\|\||\?\?=?|===|!==|=|\?|>|<|<=|\+=|\*) (?=\S)"
    r"|(?<=;) (?=\S)|(?<=\)) (?={)|(?<=[{(]) | (?=})|(?<=[;{,])\n"
)
_HEADER = "/* By manage.py build_embed */"


def built() -> str:
    """Return the script: the sources without comments and spaces, in a scope of their own.

    The sources keep to three rules, so that no JavaScript has to be parsed: a comment has lines of
    its own, which begin with //, no string goes over the end of a line or contains an operator
    between spaces.
    """
    scripts = [_without_comments(path.read_text()) for path in sorted(SOURCES.glob("*.js"))]
    styles = f"const STYLES = `{_compact((SOURCES / 'embed.css').read_text())}`;"
    return "\n".join([_HEADER, "(() => {", styles, *scripts, "})();", ""])


def integrity(script: bytes) -> str:
    """Return the value of the attribute `integrity` for a script."""
    return f"sha384-{base64.b64encode(hashlib.sha384(script).digest()).decode()}"


def _without_comments(source: str) -> str:
    lines = (line.strip() for line in source.splitlines())
    code = "\n".join(line for line in lines if line and not line.startswith("//"))
    return _SPACED.sub(lambda found: found[1] or "", code)


def _compact(styles: str) -> str:
    bare = re.sub(r"/\*.*?\*/", "", styles, flags=re.DOTALL)
    closed = re.sub(r"\s*([{};,])\s*", r"\1", " ".join(bare.split()))
    return closed.replace(": ", ":").replace(";}", "}")
