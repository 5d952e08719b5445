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

MAX_LINKS = 30
# Characters that Unicode calls letters or symbols, but that are invisible.
_BLANK = "\u115f\u1160\u2800\u3164\uffa0"
# No script needs more combining marks on a letter; "Zalgo" texts have hundreds.
_MAX_MARKS = 8
_MARKS = "".join(
    chr(code) for code in range(0x300, 0x10000) if unicodedata.category(chr(code))[0] == "M"
)
_STACKED = re.compile(f"[{_MARKS}]{{{_MAX_MARKS + 1}}}")
# Marks above U+FFFF are checked one by one, and only in long runs of such characters: including
# them in the set makes the search a hundred times slower.
_RARE = re.compile(f"[\U00010000-\U0010ffff]{{{_MAX_MARKS + 1},}}")
_OVERRIDES = re.compile("[\u202d\u202e]")
_DIRECTION_MARKS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
# The user and host part of an address, with or without a scheme.
_HOST = re.compile(r"(?:[\w+.-]+:)?(?://)?([^/?#]*)")
_SCHEME = re.compile(r"https?://|(?![\w+.-]+://)", re.IGNORECASE)
# All except tabs, line breaks and page breaks, which pasted texts contain.
_CONTROLS = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
MAX_KEY_LENGTH = 200
# Letters and digits of any alphabet, and the punctuation that needs no escaping in URLs. No leading
# dot, because browsers resolve "." and ".." as folders.
KEY_PATTERN = rf"\w[\w\u0300-\u036f.~-]{{0,{MAX_KEY_LENGTH - 1}}}"
_LANGUAGE = re.compile("[a-z]{2,8}(-[a-z0-9]{1,8})*", re.IGNORECASE)
_KEY = re.compile(KEY_PATTERN)
_WEB_ADDRESS = URLValidator(["http", "https"], message=ERROR_MESSAGES["author_url"]["invalid"])

_ARTICLE_ADDRESS = URLValidator(
    ["http", "https"],
    message=_("This is not a web address: it should look like https://example.org/news/1."),
)


def validate_visible(text: str) -> None:
    """Reject text without a visible character."""
    if not any(unicodedata.category(c)[0] in "LNPS" and c not in _BLANK for c in text):
        raise ValidationError(_("There is no visible text here: use letters."), code="invisible")


def validate_legible(text: str) -> None:
    """Reject control characters, stacked combining marks and direction overrides."""
    if _CONTROLS.search(text) or _OVERRIDES.search(text):
        raise ValidationError(
            _("This text contains hidden characters: type it instead of pasting it."),
            code="hidden_characters",
        )
    if _STACKED.search(text) or any(map(_has_stacked_marks, _RARE.findall(text))):
        raise ValidationError(
            _("There are too many marks above or below a letter."), code="combining_marks"
        )


def validate_direction(text: str) -> None:
    """Reject all direction marks, in fields shown on one line with text of ours."""
    if _DIRECTION_MARKS.search(text):
        raise ValidationError(
            _("This text contains hidden characters: type it instead of pasting it."),
            code="hidden_characters",
        )


def validate_length(text: str) -> None:
    """Reject a single letter, digit or punctuation mark, which is probably an accident.

    A single emoji or "+" is accepted, and so is a letter of a script without case, such as Chinese.
    """
    kinds = map(unicodedata.category, text)
    # A digit with an enclosing mark is an emoji.
    seen = list(islice((kind for kind in kinds if kind[0] in "LNPS" or kind == "Me"), 2))
    if len(seen) == 1 and seen[0][0] in "LNP" and seen[0] != "Lo":
        raise ValidationError(ERROR_MESSAGES["text"]["min_length"], code="min_length")


def validate_links(text: str) -> None:
    if len(links(text)) > MAX_LINKS:
        raise ValidationError(
            _("There are too many links: the limit is %(most)d."),
            code="links",
            params={"most": MAX_LINKS},
        )


def validate_website(url: str) -> None:
    """Reject addresses of no website, and those with a user part before the host.

    A user part can disguise the real host, or be an e-mail that was typed into the wrong field.
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
            params={"most": MAX_KEY_LENGTH},
        )


def validate_language(tag: str) -> None:
    if not _LANGUAGE.fullmatch(tag):
        raise ValidationError(_("This is not a language tag such as uk or en-GB."), code="invalid")


NAME_CHECKS = [validate_visible, validate_legible, validate_direction]
TEXT_CHECKS = [validate_visible, validate_length, validate_legible, validate_links]
WEBSITE_CHECKS = [validate_website, validate_direction]
ARTICLE_URL_CHECKS: list[Callable[[str], None]] = [_ARTICLE_ADDRESS, validate_direction]


def _has_stacked_marks(row: str) -> bool:
    kinds = "".join(unicodedata.category(character)[0] for character in row)
    return "M" * (_MAX_MARKS + 1) in kinds
