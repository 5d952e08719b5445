"""What no one types and what breaks the page for others: refused with a sentence about it."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LINKS_MOST = 30
# No script stacks more marks on a letter; "Zalgo" texts do by the hundred.
_MARKS_MOST = 8
_MARKS = "".join(
    chr(code) for code in range(0x300, 0x10000) if unicodedata.category(chr(code))[0] == "M"
)
_HEAPED = re.compile(f"[{_MARKS}]{{{_MARKS_MOST + 1}}}")
# Rare marks are asked for one by one, and only where as many rare characters, such as emoji, stand
# in a row: a set of all marks makes the search a hundred times as slow.
_RARE = re.compile(f"[\U00010000-\U0010ffff]{{{_MARKS_MOST + 1},}}")
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
_OVERRIDES = re.compile("[\u202d\u202e]")
_TURNS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
# All but tabs and the ends of lines and pages, which pasted texts have.
_CONTROLS = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")


def validate_legible(text: str) -> None:
    """Refuses control characters, marks heaped upon marks, and text that runs backwards."""
    if _CONTROLS.search(text) or _OVERRIDES.search(text):
        raise ValidationError(
            _("There are hidden characters in this text: type it anew instead of pasting it."),
            code="hidden_characters",
        )
    if _HEAPED.search(text) or any(map(_has_heap, _RARE.findall(text))):
        raise ValidationError(
            _("There are too many marks above or below a letter."), code="combining_marks"
        )


def validate_direction(text: str) -> None:
    """Refuses what turns the direction of writing, where a line goes on with words of ours."""
    if _TURNS.search(text):
        raise ValidationError(
            _("There are hidden characters in this text: type it anew instead of pasting it."),
            code="hidden_characters",
        )


def validate_links(text: str) -> None:
    if len(_LINK.findall(text)) > LINKS_MOST:
        raise ValidationError(
            _("There are too many links: at most %(most)d fit."),
            code="links",
            params={"most": LINKS_MOST},
        )


def _has_heap(row: str) -> bool:
    kinds = "".join(unicodedata.category(character)[0] for character in row)
    return "M" * (_MARKS_MOST + 1) in kinds
