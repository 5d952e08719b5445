"""Compose training texts from phrases of our own, where the labelled sets have nothing to offer."""

import random
import re
from collections.abc import Iterator, Mapping

from moderation.classifier import composed_adverts, composed_remarks
from moderation.classifier.dataset import Example

SOURCE = "composed"
SEED = 20
EACH_REMARK = 1600
EACH_PLAIN = 2400
EACH_ADVERT = 900
WEIGHT = 0.5
_SLOT = re.compile(r"\{(\w+)\}")


def expand(name: str, phrases: Mapping[str, str], choice: random.Random) -> str:
    """Return one phrase of those listed under `name`, its slots filled in turn."""
    pattern = choice.choice(phrases[name].split("|"))
    return _SLOT.sub(lambda slot: expand(slot.group(1), phrases, choice), pattern)


def _dress(text: str, choice: random.Random) -> str:
    """Vary capitals and the full stop as people do."""
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
        text = _dress(expand(name, phrases, choice), choice)
        if text not in seen:
            seen.add(text)
            yield text


def compose() -> list[Example]:
    """Return composed examples in Ukrainian, Russian and English, the same ones each time."""
    choice = random.Random(SEED)  # noqa: S311 - nothing secret
    found: list[Example] = []
    for code in ("uk", "ru", "en"):
        remarks = getattr(composed_remarks, code.upper())
        adverts = getattr(composed_adverts, code.upper())
        for name, phrases, count, toxicity, spam in (
            ("plain", remarks, EACH_PLAIN, 0, 0),
            ("toxic", remarks, EACH_REMARK, 1, 0),
            ("hate", remarks, EACH_REMARK // 4, 1, 0),
            ("clean", remarks, EACH_REMARK, 0, 0),
            ("spam", adverts, EACH_ADVERT, None, 1),
            ("ham", adverts, EACH_ADVERT // 2, 0, 0),
        ):
            found.extend(
                Example(text, SOURCE, SOURCE, f"{SOURCE} {text}", toxicity, spam, WEIGHT, code)
                for text in _drawn(name, phrases, count, choice)
            )
    return found
