"""Thousands of ordinary names, composed of lists of first names and surnames in many languages."""

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

HERE = Path(__file__).parent
PATRONYMICS = {
    "uk": ("Іванович", "Петрівна", "Тарасович", "Гнатівна"),
    "ru": ("Иванович", "Петровна", "Савельевич", "Лукинична"),
}
STYLES = (
    "{first} {last}",
    "{last} {first}",
    "{lower}",
    "{first[0]}. {last}",
    "{first} {last[0]}.",
    "{upper}",
    "{first} {last} 🌻",
    "{first}_{last}",
    "{first}{year}",
    "{last} {first[0]}.",
    "{first} ({last})",
    "{first} {last}, {town}",
    "{lower} {year}",
    "{first}-{last}",
)
TOWNS = ("Київ", "Полтава", "Kyiv", "Одеса", "м. Рівне", "Berlin")


def ordinary_names() -> Iterator[str]:
    """Yield each first name with each surname of its language, plain and in one of many styles."""
    styles, years, towns = cycle(STYLES), cycle(range(1948, 2013)), cycle(TOWNS)
    for language, firsts, lasts in _people():
        for first in firsts:
            yield first
            for last in lasts:
                full = f"{first} {last}"
                yield full
                yield next(styles).format(
                    first=first, last=last, lower=full.lower(), upper=full.upper(),
                    year=next(years), town=next(towns),
                )  # fmt: skip
        for first, second in zip(firsts, cycle(PATRONYMICS.get(language, ())), strict=False):
            yield f"{first} {second} {lasts[0]}"
            yield f"{first} {second}"
    yield from _lines("nicknames.txt")


def _people() -> Iterator[tuple[str, list[str], list[str]]]:
    for line in _lines("people.txt"):
        language, firsts, lasts = line.split("|")
        yield language.strip(), firsts.split(), lasts.split()


def _lines(name: str) -> list[str]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
