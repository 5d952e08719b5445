"""A website is judged by its address alone."""

from urllib.parse import quote

import pytest

from moderation.policy import websites
from moderation.policy.decide import decide
from moderation.policy.lexicon import lines
from moderation.policy.reading import phrases
from moderation.policy.verdict import Outcome, Reason, Submission, Verdict
from tests.moderation.policy.scores import scored
from tests.moderation.policy.test_ordinary_names import POLICY

CASINO = quote("казино")


def verdict(url: str) -> Verdict:
    submission = Submission(text="Дякую за новину.", author_name="Олена", author_url=url)
    return decide(submission, scored(), POLICY)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://vyshyvanka-shop.com.ua",
        "https://olena.example.org/blog/",
        "https://www.facebook.com/olena.petrenko.5",
        "https://t.me/olena_pyshe",
        "https://zaimka-karpaty.com.ua",
        "https://diplomat.media/author/olena",
        "https://sextant.com.ua/about?utm=1#kontakty",
        "https://peremoha.укр",
        "https://xn--80affa9amdj.xn--j1amh/",
        "https://наш-сад.укр",
        "http://olena.example:8080/",
        "https://x.com/olena",
        "https://invest.gov.ua/",
        "https://remontnyk-petro.com.ua",
        "https://psykholog-kyiv.com.ua",
    ],
)
def test_an_ordinary_address_is_published(url: str) -> None:
    assert verdict(url).outcome == Outcome.PUBLISH


@pytest.mark.parametrize(
    ("url", "marked"),
    [
        ("https://porno.xxx", "porno.xxx"),
        ("https://olena.casino/", "olena.casino"),
        ("https://joycasino24.com", "joycasino24"),
        ("https://btc-income.example", "btc"),
        ("https://kredit-za-godynu.com.ua", "kredit"),
        ("https://t.me/kazino_olena", "kazino"),
        ("https://olena.example/kupyty/dyplom", "kupyty"),
        ("https://bit.ly/3xYz", "bit.ly"),
        ("http://203.0.113.7/a", "203.0.113.7"),
        ("http://[2001:db8::7]/a", "2001:db8::7"),
        (f"https://olena.example/{CASINO}", CASINO),
        ("https://казино.укр", "казино"),
        ("https://xn--d1abkf4ap.example/", "xn--d1abkf4ap"),
        ("https://ca\u0455ino.com", "ca\u0455ino.com"),
        ("https://g\u03bfogle.com/a", "g\u03bfogle.com"),
        ("https://xn--80ak6aa92e.com/", "xn--80ak6aa92e.com"),
        ("https://pizda.example", "pizda"),
    ],
)  # fmt: skip
def test_an_address_that_advertises_or_disguises_itself_is_held_and_marked(
    url: str, marked: str
) -> None:
    assert verdict(url) == Verdict(Outcome.HOLD, Reason.WEBSITE)
    start, end = websites.suspicious_parts(url)[0]
    assert url[start:end] == marked


LISTS = ("adverts", "sites", "obscene", "rude", "slurs", "aimed", "offices")


@pytest.mark.parametrize("name", LISTS)
def test_every_line_of_a_list_is_a_unique_phrase(name: str) -> None:
    listed = lines(name)
    assert len(set(listed)) == len(listed)
    for line in listed:
        assert all(sum(len(p.form) for p in phrase) > 1 for phrase in phrases(line.strip("*"))), (
            line
        )
