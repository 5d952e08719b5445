"""Contacts are counted however the words beside them are spelled."""

import pytest

from moderation.classifier.handcrafted import SIGNALS, count_signals
from moderation.classifier.text import unmask


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("пиши на www.comъ", "links"),
        ("сайт shop.example", "links"),
        ("t.meда", "messenger"),
        ("шукай telegram", "messenger"),
        ("нік @handle_example", "handles"),
        ("name@site.example", "emails"),
        ("050 123 45 67", "phones"),
        ("лише 5 грн", "money"),
        ("лише $5", "money"),
    ],
)
def test_each_kind_of_contact_is_found_among_other_texts(text: str, signal: str) -> None:
    texts = ["просто слова", text, "і крапка. Кінець: 12"]
    found = count_signals(texts, unmask(texts)).signals()[:, SIGNALS.index(signal)]
    assert (found > 0).tolist() == [False, True, False]


def test_capitals_and_exclamations_are_counted() -> None:
    texts = ["Ага", "УВАГА!!", "так"]
    found = count_signals(texts, unmask(texts)).signals()
    columns = [SIGNALS.index(name) for name in ("capitals", "exclamations")]
    assert found[:, columns].tolist() == [[1 / 3, 0], [1, 0.5], [0, 0]]
