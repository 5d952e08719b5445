"""Expand comment templates into training texts: harm in plain words, adverts, and honest twins.

The labelled sets have next to no threats, exposed addresses, contempt without swear words, or
Ukrainian adverts. Each line of `phrases/templates/` is a comment with alternatives, `{a|b}`, under
a heading with its kind. Lines under `#clean` are ordinary comments with the same words, so that a
model learns the meaning and not the words.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from moderation.classifier.errors import DataError
from moderation.classifier.training.datasets import Example
from moderation.classifier.training.synthetic import PHRASES
from moderation.classifier.training.synthetic import SOURCE as COMPOSED

SOURCE = "templates"
TEMPLATES = PHRASES / "templates"
CLEAN = "clean"
SEED = 8
# As many texts of each line, at this weight, so that a line counts as much as a dozen comments.
TEXTS = 14
WEIGHT = 2.0
_CHOICE = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Template:
    """A line of a file, with its language, the attribute of its file and the kind above it."""

    line: str
    language: str
    attribute: str
    kind: str

    @property
    def toxicity(self) -> int | None:
        """The label; unknown for an advert, which may also insult."""
        if self.kind == CLEAN or self.attribute == "toxicity":
            return int(self.kind != CLEAN)
        return None

    @property
    def spam(self) -> int:
        return int(self.kind != CLEAN and self.attribute == "spam")


def read_templates(folder: Path = TEMPLATES) -> list[Template]:
    """Return the templates of files named attribute_language*.txt, in a fixed order.

    Raise DataError for a line before the first heading.
    """
    found: list[Template] = []
    for path in sorted(folder.glob("*.txt")):
        attribute, language, *_ = path.stem.split("_")
        kind = ""
        for line in filter(None, map(str.strip, path.read_text("utf-8").splitlines())):
            if line.startswith("#"):
                kind = line.removeprefix("#").strip()
            elif kind:
                found.append(Template(line, language, attribute, kind))
            else:
                raise DataError(f"{path.name}: the first line must be a heading, #kind.")
    return found


def expand(line: str, count: int, choice: random.Random) -> list[str]:
    """Return up to `count` different texts of a line; capitals and full stops vary."""
    texts: dict[str, None] = {}
    for _ in range(2 * count):
        text = _CHOICE.sub(lambda found: choice.choice(found.group(1).split("|")), line)
        if choice.random() < 1 / 3:
            text = text[:1].lower() + text[1:]
        if choice.random() < 1 / 2:
            text = text.rstrip(".!")
        texts[text] = None
        if len(texts) == count:
            break
    return list(texts)


def examples() -> Iterator[Example]:
    """Yield the texts of all templates, the same every time. Those of a line are one group."""
    choice = random.Random(SEED)  # noqa: S311 - nothing secret
    for template in read_templates():
        labels = (template.toxicity, template.spam, WEIGHT, template.language)
        for text in expand(template.line, TEXTS, choice):
            yield Example(text, SOURCE, COMPOSED, template.line, *labels)
