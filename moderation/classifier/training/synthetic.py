"""Compose training texts from our own phrases, for what the labelled sets do not cover."""

import random
import re
from collections.abc import Iterator, Mapping
from configparser import RawConfigParser
from dataclasses import dataclass
from pathlib import Path

from moderation.classifier.training.datasets import Example

SOURCE = "composed"
SEED = 20
WEIGHT = 0.35
# Names of groups have more weight: the labelled sets have thousands of hostile mentions of them.
GROUPS_WEIGHT = 1.4
GROUPS = {"uk": 2000, "ru": 1500, "en": 6000}
PHRASES = Path(__file__).parent / "phrases"
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Draw:
    """The number of texts to compose from the phrases of one name, and their labels."""

    language: str
    name: str
    phrases: Mapping[str, str]
    count: int
    toxicity: int | None
    spam: int | None
    weight: float = WEIGHT


def read_phrases(name: str) -> dict[str, dict[str, str]]:
    """Return the phrases of `phrases`/name.ini by language and name, as lists separated by |.

    Lists under "common" belong to every language; \\n in a phrase is a line break.
    """
    parser = RawConfigParser()
    parser.read_string((PHRASES / f"{name}.ini").read_text("utf-8"))
    sections = {
        section: {
            key: "|".join(" ".join(part.split()) for part in listed.split("|")).replace("\\n", "\n")
            for key, listed in parser.items(section)
        }
        for section in parser.sections()
    }
    common = sections.pop("common", {})
    return {language: common | own for language, own in sections.items()}


def expand(name: str, phrases: Mapping[str, str], choice: random.Random) -> str:
    """Return one of the phrases listed under `name`, with its slots filled."""
    pattern = choice.choice(phrases[name].split("|"))
    return _SLOT.sub(lambda slot: expand(slot.group(1), phrases, choice), pattern)


def _vary_case(text: str, choice: random.Random) -> str:
    """Vary capitals and the final full stop as people do."""
    style = choice.random()
    if style < 0.5:
        text = text[:1].upper() + text[1:]
    elif style < 0.56:
        text = text.upper()
    return text + "." if choice.random() < 0.25 else text


def _drawn(
    name: str, phrases: Mapping[str, str], count: int, choice: random.Random
) -> Iterator[str]:
    seen: set[str] = set()
    for _ in range(count):
        text = _vary_case(expand(name, phrases, choice), choice)
        if text not in seen:
            seen.add(text)
            yield text


def _draws() -> Iterator[Draw]:
    """Yield what to compose for each language, in a fixed order."""
    adverts = read_phrases("adverts")
    for code, remarks in read_phrases("remarks").items():
        yield Draw(code, "plain", remarks, 2400, 0, 0)
        yield Draw(code, "toxic", remarks, 1600, 1, 0)
        yield Draw(code, "hate", remarks, 400, 1, 0)
        yield Draw(code, "clean", remarks, 1600, 0, 0)
        yield Draw(code, "spam", adverts[code], 900, None, 1)
        yield Draw(code, "ham", adverts[code], 450, 0, 0)
    for code, phrases in read_phrases("insults").items():
        yield Draw(code, "toxic", phrases, 5000, 1, 0)
        yield Draw(code, "clean", phrases, 4000, 0, 0)
    for code, phrases in read_phrases("offers").items():
        yield Draw(code, "spam", phrases, 3500, None, 1)
        yield Draw(code, "ham", phrases, 3000, 0, 0)
    for code, phrases in read_phrases("news").items():
        yield Draw(code, "post", phrases, 3000, 0, 0)
    for code, phrases in read_phrases("groups").items():
        count = GROUPS[code]
        yield Draw(code, "plain", phrases, count, 0, 0, GROUPS_WEIGHT)
        yield Draw(code, "hate", phrases, count // 3, 1, 0, GROUPS_WEIGHT)


def compose() -> list[Example]:
    """Return composed examples in Ukrainian, Russian and English, the same every time."""
    choice = random.Random(SEED)  # noqa: S311 - nothing secret
    found: list[Example] = []
    for draw in _draws():
        labels = (draw.toxicity, draw.spam, draw.weight, draw.language)
        found.extend(
            Example(text, SOURCE, SOURCE, f"{SOURCE} {text}", *labels)
            for text in _drawn(draw.name, draw.phrases, draw.count, choice)
        )
    return found
