"""Find the contacts in a text: links, e-mails, handles, phones and cards, each in one spelling.

Needs no Django.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import parse_qsl, urlencode, urlsplit

from stdnum import luhn

from comments.text import LINK, trimmed
from moderation.policy.lexicon import lines

PUBLIC_HOSTS = frozenset(lines("public_hosts"))
SHARED_HOSTS = frozenset([*lines("shared_hosts"), *lines("shorteners")])
_MANY_SITES = frozenset(lines("many_sites"))
_TELEGRAM = {"t.me", "telegram.me", "telegram.dog"}
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|si|igsh\w*|feature|ref|ref_src")

# Addresses have no spaces, so they are searched for only in words with one of these signs.
_WORD = re.compile(r"(?<!\S)(?>[^\s@./]*)[@./]\S+")
_ADDRESS = re.compile(
    r"(?P<mail>(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    rf"|(?P<link>{LINK})"
    r"|(?P<handle>(?<![\w@./])@[a-z]\w{3,31}(?![\w@]))",
    re.IGNORECASE,
)
_MANY_DIGITS = re.compile(r"(?:\d\D{0,3}){9}")
_NUMBER = re.compile(
    r"(?P<iban>\bua\s?\d{2}(?:\s?\d){25}(?!\d))"
    r"|(?P<card>(?<![\d+])\d{4}(?:[ -]?\d{4}){3}(?!\d))"
    r"|(?P<phone>(?<![\w+/])(?:\+\d|[08(3])(?:[\s().-]{0,2}\d){8,13}(?!\d))",
    re.IGNORECASE,
)
# The longest valid host name, how many of its labels count, and how many addresses are read.
_MAX_HOST_LENGTH = 253
_LABELS = 5
_MAX_ADDRESSES = 100


@dataclass(frozen=True)
class Mention:
    """One contact: its name, which is the same for all spellings, and its span in the text."""

    name: str
    start: int
    end: int


def mentions(text: str) -> list[Mention]:
    """Return the contacts in a text: links, e-mails and handles, then numbers."""
    words = _WORD.finditer(text)
    addresses = (named for word in words for named in _mentions(_ADDRESS, text, *word.span()))
    found = [*islice(addresses, _MAX_ADDRESSES)]
    if _MANY_DIGITS.search(text):
        found.extend(_mentions(_NUMBER, text, 0, len(text)))
    return found


def contacts_in(text: str) -> frozenset[str]:
    return frozenset(mention.name for mention in mentions(text))


def is_on(name: str, hosts: Collection[str]) -> bool:
    """Whether a contact is one of these hosts, a subdomain, or an address on them."""
    kind, _colon, where = name.partition(":")
    return kind in {"site", "page"} and _is_under(where.partition("/")[0], hosts)


def _mentions(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[Mention]:
    for match in pattern.finditer(text, start, end):
        written = trimmed(match[0])
        try:
            name = _NAME_OF[str(match.lastgroup)](written)
        except ValueError:
            # It looks like an address but is not a valid one.
            continue
        if name:
            yield Mention(name, match.start(), match.start() + len(written))


def _link(written: str) -> str:
    parts = urlsplit(written if "://" in written else f"http://{written}")
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    if len(host) > _MAX_HOST_LENGTH:
        return ""
    path = parts.path.strip("/")
    if host in _TELEGRAM:
        return _telegram(path)
    if host == "wa.me":
        return _phone(path)
    # More labels do not distinguish sites, and are slow to encode in other alphabets.
    host = ".".join(host.split(".")[-_LABELS:]).encode("idna").decode()
    if _is_under(host, PUBLIC_HOSTS):
        return ""
    if _is_under(host, SHARED_HOSTS):
        query = [(key, value) for key, value in parse_qsl(parts.query) if not _is_tracking(key)]
        rest = f"?{urlencode(query)}" if query else ""
        return f"page:{host}/{path}{rest}" if path else ""
    return f"site:{_site(host)}" if "." in host else ""


def _telegram(path: str) -> str:
    words = [word for word in path.split("/") if word not in {"", "s", "c", "joinchat", "share"}]
    return f"handle:{words[0].lower()}" if words else ""


def _phone(written: str) -> str:
    """Return the last nine digits, which +380 67…, 8 067… and 067… have in common."""
    digits = re.sub(r"\D", "", written)
    whole = {"8": 11, "3": 12}.get(digits[:1], 10)
    fits = len(digits) >= 10 if written.startswith("+") else len(digits) == whole
    return f"phone:{digits[-9:]}" if fits else ""


def _card(written: str) -> str:
    digits = re.sub(r"\D", "", written)
    return f"card:{digits}" if luhn.is_valid(digits) else ""


_NAME_OF = {
    "mail": lambda written: f"mail:{written.lower()}",
    "link": _link,
    "handle": lambda written: f"handle:{written[1:].lower()}",
    "iban": lambda written: f"iban:{''.join(written.split()).lower()}",
    "card": _card,
    "phone": _phone,
}


def _site(host: str) -> str:
    labels = host.split(".")
    return ".".join(labels[-3:] if labels[-2] in _MANY_SITES else labels[-2:])


def _is_under(host: str, known: Collection[str]) -> bool:
    labels = host.split(".")
    return any(".".join(labels[place:]) in known for place in range(len(labels)))


def _is_tracking(key: str) -> bool:
    return bool(_TRACKING.fullmatch(key))
