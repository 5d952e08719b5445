"""Texts of about 200 characters in three languages: from dev if it exists, else our own."""

import json
import random
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

LENGTH = 200
COUNT = 2048
EACH_FILE = 3000
SEED = 7
LANGUAGES = ("uk", "ru", "en")

OWN = {
    "uk": (
        "Дякую за статтю, нарешті хтось пояснив, навіщо закрили міст.",
        "А хто платитиме за ремонт, знову мешканці?",
        "Не згоден із автором, але пише він чесно.",
        "Та що ви верзете, сидите на дивані й повчаєте всіх!",
        "Тролейбус №7 сьогодні знову не приїхав, чекали сорок хвилин 😡",
        "Робота вдома, 900 грн на день, пишіть у приват або на сайт robota.example",
        "Мій дід працював на тому заводі, і ніхто йому не подякував.",
        "Цікаво, чи хтось узагалі читав цей проєкт рішення?",
        "Ну ти й дурень, якщо віриш таким обіцянкам...",
        "У п'ятницю буде зустріч у бібліотеці, приходьте з дітьми.",
    ),
    "ru": (
        "Спасибо за новость, давно ждали, когда починят набережную.",
        "Опять одни слова, а дорогу как не было, так и нет.",
        "Автор явно не был в нашем районе зимой.",
        "Какой же ты глупый, сначала прочитай, потом пиши!",
        "Заработок без вложений!!! Подробности на zarabotok.example, успей сегодня",
        "Соседи собрали подписи, посмотрим, что ответит мэр.",
        "Мне 65 лет, и такого снега я не помню )))",
        "А где ссылка на сам документ?",
        "Надоели эти клоуны, каждый год одно и то же.",
        "В субботу концерт во дворе школы, вход свободный.",
    ),
    "en": (
        "Thank you for this piece, it is the first clear account of the vote.",
        "I read the budget twice and still cannot find the money for the bus lane.",
        "Typical. They only turn up when there is a camera around.",
        "You people are too stupid to understand what a referendum is!",
        "CHEAP watches and bags, visit www.shop.example today, 70% off!!!",
        "My sister taught there for 12 years and nobody asked her opinion.",
        "Does anyone know when the library opens again?",
        "Great post, very informative, check out my page as well :)",
        "The photo is from 2014, please correct the caption.",
        "What a clown, he can't even spell the name of the town.",
    ),
}


def packed(phrases: Iterable[str], length: int = LENGTH) -> Iterator[str]:
    """Yield texts of about `length` characters: phrases joined and cut between words."""
    text = ""
    for phrase in phrases:
        text = f"{text} {phrase}".strip()
        if len(text) >= length:
            yield text[:length].rsplit(" ", 1)[0] if " " in text[:length] else text[:length]
            text = ""


def _language(row: dict[str, object]) -> str:
    # "cyr" is Cyrillic text too short to detect; it comes from Russian sets.
    return {"cyr": "ru"}.get(str(row.get("lang")), str(row.get("lang")))


def _from_dev(folder: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {name: [] for name in LANGUAGES}
    for path in sorted(folder.glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            for line in islice(lines, EACH_FILE):
                row = json.loads(line)
                if _language(row) in found and row.get("text", "").strip():
                    found[_language(row)].append(" ".join(row["text"].split()))
    return found


def _endless(phrases: list[str], choice: random.Random) -> Iterator[str]:
    while True:
        yield from choice.sample(phrases, len(phrases))


def mixed(phrases: dict[str, list[str]], count: int = COUNT) -> list[str]:
    """Return `count` texts, alternating between the languages; the same ones each time."""
    choice = random.Random(SEED)
    rows = [packed(_endless(phrases[name], choice)) for name in LANGUAGES]
    return [next(rows[place % len(rows)]) for place in range(count)]


def pool(data: Path) -> tuple[list[str], str]:
    """Return the texts to score, and a description of their source."""
    phrases = _from_dev(data / "dev")
    if all(phrases.values()):
        return mixed(phrases), "dev"
    return mixed({name: list(own) for name, own in OWN.items()}), "phrases of our own"
