"""Validate what readers type: hidden characters, stacked marks, lengths, links, websites."""

import re
import unicodedata
from collections.abc import Callable
from itertools import islice

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from comments.error_messages import ERROR_MESSAGES
from comments.text import links

LINKS_MOST = 30
# Characters that are letters or symbols to Unicode and nothing to the eye.
_BLANK = "\u115f\u1160\u2800\u3164\uffa0"
# No script stacks more marks on a letter; "Zalgo" texts do by the hundred.
_MARKS_MOST = 8
_MARKS = "".join(
    chr(code) for code in range(0x300, 0x10000) if unicodedata.category(chr(code))[0] == "M"
)
_HEAPED = re.compile(f"[{_MARKS}]{{{_MARKS_MOST + 1}}}")
# Rare marks are asked for one by one, and only where as many rare characters, such as emoji, stand
# in a row: a set of all marks makes the search a hundred times as slow.
_RARE = re.compile(f"[\U00010000-\U0010ffff]{{{_MARKS_MOST + 1},}}")
_OVERRIDES = re.compile("[\u202d\u202e]")
_TURNS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
# The part of an address that says whom it leads to, also where its scheme was left out.
_HOST = re.compile(r"(?:[\w+.-]+:)?(?://)?([^/?#]*)")
_SCHEME = re.compile(r"https?://|(?![\w+.-]+://)", re.IGNORECASE)
# All but tabs and the ends of lines and pages, which pasted texts have.
_CONTROLS = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
KEY_LONGEST = 200
# Letters and digits of any alphabet with the signs that an address leaves as they are. It does not
# begin with a dot, which a browser would take for a folder.
KEY_PATTERN = rf"\w[\w\u0300-\u036f.~-]{{0,{KEY_LONGEST - 1}}}"
_LANGUAGE = re.compile("[a-z]{2,8}(-[a-z0-9]{1,8})*", re.IGNORECASE)
_KEY = re.compile(KEY_PATTERN)
_WEB_ADDRESS = URLValidator(["http", "https"], message=ERROR_MESSAGES["author_url"]["invalid"])

_ARTICLE_ADDRESS = URLValidator(
    ["http", "https"],
    message=_("This is not a web address: it should look like https://example.org/news/1."),
)


def validate_visible(text: str) -> None:
    """Refuses what shows nothing: spaces, marks without a letter, characters of no width."""
    if not any(unicodedata.category(c)[0] in "LNPS" and c not in _BLANK for c in text):
        raise ValidationError(_("There is no visible text here: use letters."), code="invisible")


def validate_legible(text: str) -> None:
    """Refuses control characters, marks heaped upon marks, and text that runs backwards."""
    if _CONTROLS.search(text) or _OVERRIDES.search(text):
        raise ValidationError(
            _("This text contains hidden characters: type it instead of pasting it."),
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
            _("This text contains hidden characters: type it instead of pasting it."),
            code="hidden_characters",
        )


def validate_length(text: str) -> None:
    """Refuses one letter, digit or punctuation mark alone, which is most likely a slip.

    One emoji or "+" is a comment, and so is one letter of a script that writes words with it.
    """
    kinds = map(unicodedata.category, text)
    # A digit with a mark around it is an emoji, too.
    seen = list(islice((kind for kind in kinds if kind[0] in "LNPS" or kind == "Me"), 2))
    if len(seen) == 1 and seen[0][0] in "LNP" and seen[0] != "Lo":
        raise ValidationError(ERROR_MESSAGES["text"]["min_length"], code="min_length")


def validate_links(text: str) -> None:
    if len(links(text)) > LINKS_MOST:
        raise ValidationError(
            _("There are too many links: the limit is %(most)d."),
            code="links",
            params={"most": LINKS_MOST},
        )


def validate_website(url: str) -> None:
    """Refuses what leads to no website, and a name before the site's, which hides where it leads.

    An e-mail that was typed here looks the same, and would be shown to everyone.
    """
    host = _HOST.match(url)
    if host and "@" in host[1]:
        raise ValidationError(
            _(
                "A website's address has no @ before the site's name. Enter your e-mail in its "
                "own field: here everyone would see it."
            ),
            code="user_part",
        )
    if not _SCHEME.match(url):
        raise ValidationError(
            _("A website's address must begin with https:// or http://."),
            code="scheme",
        )
    _WEB_ADDRESS(url)


def validate_article_key(key: str) -> None:
    if not _KEY.fullmatch(key):
        raise ValidationError(
            _(
                "An article's key has at most %(most)d characters: letters, digits, hyphens, "
                "underscores, dots and tildes. It begins with a letter, a digit or an underscore."
            ),
            code="key",
            params={"most": KEY_LONGEST},
        )


def validate_language(tag: str) -> None:
    if not _LANGUAGE.fullmatch(tag):
        raise ValidationError(_("This is not a language tag such as uk or en-GB."), code="invalid")


NAME_CHECKS = [validate_visible, validate_legible, validate_direction]
TEXT_CHECKS = [validate_visible, validate_length, validate_legible, validate_links]
WEBSITE_CHECKS = [validate_website, validate_direction]
ARTICLE_URL_CHECKS: list[Callable[[str], None]] = [_ARTICLE_ADDRESS, validate_direction]


def _has_heap(row: str) -> bool:
    kinds = "".join(unicodedata.category(character)[0] for character in row)
    return "M" * (_MARKS_MOST + 1) in kinds
