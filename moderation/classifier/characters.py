"""Lookup tables by code point: lower case, kind of character, look-alikes, leet, cognates."""

import unicodedata

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint32]

SEPARATOR, LATIN, CYRILLIC, FOREIGN, DIGIT, DROPPED, SYMBOL, APOSTROPHE = range(8)
KINDS = 8
SPACE = 0x20

TABLE_SIZE = 0x20000
_COMPATIBILITY_RANGES = (
    (0x00, 0x0600),
    (0x1C80, 0x2400),
    (0x2460, 0x2500),
    (0xFB00, 0xFB50),
    (0xFF00, 0xFFF0),
    (0x1D400, 0x1D800),
    (0x1F100, 0x1F200),
)
_DROPPED_RANGES = (
    (0x00AD, 0x00AE),
    (0x0300, 0x0370),
    (0x0483, 0x048A),
    (0x061C, 0x061D),
    (0x115F, 0x1161),
    (0x180B, 0x180F),
    (0x1AB0, 0x1B00),
    (0x1DC0, 0x1E00),
    (0x200B, 0x2010),
    (0x202A, 0x202F),
    (0x2060, 0x2070),
    (0x20D0, 0x2100),
    (0x3164, 0x3165),
    (0xFE00, 0xFE10),
    (0xFEFF, 0xFF00),
    (0xFFA0, 0xFFA1),
)
_SYMBOL_RANGES = (
    (0x20A0, 0x20D0),
    (0x2100, 0x2C00),
    (0x1F000, 0x20000),
)
_SYMBOLS = "!?$%@#&+=|~^<>№£¥€"
APOSTROPHES = "'’ʼ`´‘ʹ′"

# Latin letters and the Cyrillic letters that look like them, in both directions.
_TO_CYRILLIC = dict(zip("aceopxyikmtbhunr", "асеорхуікмтвнипг", strict=True))
_TO_LATIN = dict(zip("асеорхуікмтвнѕјԁѡһ", "aceopxyikmtbhsjdwh", strict=True))
_LEET_CYRILLIC = dict(zip("013469@$", "оизчбдас", strict=True))
_LEET_LATIN = dict(zip("013457@$!", "oieastasi", strict=True))
# Letters that Ukrainian and Russian spell differently in cognate words.
_COGNATES = dict(zip("ыэёєіїґ", "иеееииг", strict=True))


def _lower_table() -> Codes:
    table = np.arange(TABLE_SIZE, dtype=np.uint32)
    for first, last in _COMPATIBILITY_RANGES:
        for code in range(first, last):
            plain = unicodedata.normalize("NFKC", chr(code)).lower()
            # One character for each keeps offsets simple, so of an expansion the first is taken.
            table[code] = ord(plain[0]) if plain.strip() else SPACE
    return table


def _kind_table() -> NDArray[np.uint8]:
    table = np.full(TABLE_SIZE, SEPARATOR, dtype=np.uint8)
    for code in range(0x80, 0x3100):
        if unicodedata.category(chr(code))[0] == "L":
            table[code] = FOREIGN
    table[0x3100:0xD800] = FOREIGN
    table[0xF900:0xFB00] = FOREIGN
    table[0x61:0x7B] = LATIN
    for code in range(0xC0, 0x250):
        if unicodedata.category(chr(code))[0] == "L":
            table[code] = LATIN
    for code in range(0x400, 0x530):
        if unicodedata.category(chr(code))[0] == "L":
            table[code] = CYRILLIC
    table[0x30:0x3A] = DIGIT
    for first, last in _SYMBOL_RANGES:
        table[first:last] = SYMBOL
    for first, last in _DROPPED_RANGES:
        table[first:last] = DROPPED
    table[[ord(symbol) for symbol in _SYMBOLS]] = SYMBOL
    table[[ord(mark) for mark in APOSTROPHES]] = APOSTROPHE
    return table


def _odd_letters() -> NDArray[np.bool_]:
    """Mark unusual forms of Latin and Cyrillic letters, such as small capitals."""
    odd = np.zeros(TABLE_SIZE, dtype=np.bool_)
    for code in (KIND == FOREIGN).nonzero()[0].tolist():
        odd[code] = unicodedata.name(chr(code), "").startswith(("LATIN ", "CYRILLIC ", "MODIFIER "))
    return odd


def _mapping(pairs: dict[str, str]) -> Codes:
    table = np.arange(TABLE_SIZE, dtype=np.uint32)
    for source, target in pairs.items():
        table[ord(source)] = ord(target)
    return table


LOWER = _lower_table()
KIND = _kind_table()
IS_ODD = _odd_letters()
CYRILLIC_TWIN = _mapping(_TO_CYRILLIC)
LATIN_TWIN = _mapping(_TO_LATIN)
LEET_TO_CYRILLIC = _mapping(_LEET_CYRILLIC)
LEET_TO_LATIN = _mapping(_LEET_LATIN)
FOLD = _mapping(_COGNATES)
FOLD[0x30:0x3A] = ord("0")
IS_LEET = (np.arange(TABLE_SIZE) != LEET_TO_CYRILLIC) | (np.arange(TABLE_SIZE) != LEET_TO_LATIN)
HARD_SIGN = ord("ъ")
STAR = ord("*")
EXCLAMATION = ord("!")
NEWLINE = ord("\n")
COMPOSED = ((0x306, "и", "й"), (0x308, "і", "ї"), (0x308, "е", "ё"))
