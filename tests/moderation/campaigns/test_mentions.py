"""A contact has one name in all spellings, and ordinary text has no contacts."""

import pytest

from moderation.campaigns.mentions import contacts_in, is_on, mentions
from tests.effort import effort


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Дзвоніть 067 123-45-67", "phone:671234567"),
        ("+38 (067) 1234567", "phone:671234567"),
        ("8(067)123 45 67!", "phone:671234567"),
        ("380671234567", "phone:671234567"),
        ("(495) 123-45-67", "phone:951234567"),
        ("+7 495 123 45 67", "phone:951234567"),
        ("+1 234 567 890", "phone:234567890"),
        ("+1234567 8901234", "phone:678901234"),
        ("wa.me/380671234567", "phone:671234567"),
        ("пишіть @Robota_24", "handle:robota_24"),
        ("https://t.me/robota_24?start=1", "handle:robota_24"),
        ("(t.me/s/ROBOTA_24)", "handle:robota_24"),
        ("t.me/c/1234567890/7", "handle:1234567890"),
        ("t.me/joinchat/AbCdEf", "handle:abcdef"),
        ("https://www.Dim-Lis.com.ua/katalog?id=1", "site:dim-lis.com.ua"),
        ("дивіться m.dim-lis.com.ua.", "site:dim-lis.com.ua"),
        ("«a1.dim-lis.shop/x»", "site:dim-lis.shop"),
        ("новий.каталог.dim-lis.com.ua", "site:dim-lis.com.ua"),
        ("http://дім.укр/", "site:xn--d1aq1f.xn--j1amh"),
        ("https://youtu.be/XabcDEFX", "page:youtu.be/XabcDEFX"),
        ("https://youtu.be/abcDEF?si=xyz", "page:youtu.be/abcDEF"),
        ("https://www.youtube.com/watch?v=abcDEF", "page:youtube.com/watch?v=abcDEF"),
        ("m.youtube.com/watch?v=abcDEF", "page:youtube.com/watch?v=abcDEF"),
        ("http://[x<@robota_24", "handle:robota_24"),
        ("youtube.com/watch?v=abcDEF&feature=share", "page:youtube.com/watch?v=abcDEF"),
        ("send.monobank.ua/jar/abc", "page:send.monobank.ua/jar/abc"),
        ("пошта Ivan.Lis@example.com", "mail:ivan.lis@example.com"),
        ("картка 4111 1111 1111 1111", "card:4111111111111111"),
        ("5591-9876-5432-1092", "card:5591987654321092"),
        ("UA21 3223 1300 0002 6007 2335 6600 1", "iban:ua213223130000026007233566001"),
    ],
)
def test_all_spellings_of_a_contact_have_one_name(text: str, name: str) -> None:
    assert contacts_in(text) == {name}
    (mention,) = mentions(text)
    assert text[mention.start : mention.end].strip() == text[mention.start : mention.end]
    assert mention.end <= len(text)


def test_each_contact_is_found_once_with_its_span() -> None:
    text = "t.me/robota_24 @zarobitok_1, 067 123 45 67"
    found = [(each.name, text[each.start : each.end]) for each in mentions(text)]
    assert found == [
        ("handle:robota_24", "t.me/robota_24"),
        ("handle:zarobitok_1", "@zarobitok_1"),
        ("phone:671234567", "067 123 45 67"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Дякую, це кінець.Так і є. 1.5 млн",
        "24.02.2022 — 24.02.2026, о 10:30, 10 000 000 грн",
        "картка 4111 1111 1111 1112",
        "01234567890",
        "+12 345 67 89",
        "t.me",
        "https://t.me/share?url=https://blog.example",
        "@Іван, дякую",
        "https://uk.wikipedia.org/wiki/Міст і zakon.rada.gov.ua/laws",
        "https://facebook.com",
        "http://[x/ http://..",
        "+1 за C++",
        "\ud800.com \x00@",
    ],
)
def test_text_that_identifies_nobody_has_no_contacts(text: str) -> None:
    assert contacts_in(text) == frozenset()


def test_a_host_covers_its_subdomains_and_addresses() -> None:
    for name in ("site:lis.example", "page:blog.lis.example/a:b"):
        assert is_on(name, ["lis.example"])
    assert not is_on("site:mylis.example", ["lis.example"])
    assert not is_on("handle:lis.example", ["lis.example"])


@pytest.mark.parametrize("piece", ["a.", "ї", "ї.", "ab-"])
def test_an_overlong_host_name_is_not_a_contact(piece: str) -> None:
    text = "https://" + (piece * 5000)[:4980] + "ua"
    assert contacts_in(text) == frozenset()
    assert effort(lambda: contacts_in(text)) < 10


def test_a_host_with_many_labels_is_named_by_its_last_ones() -> None:
    text = f"{'пр.' * 80}лис.укр "
    assert contacts_in(text) == contacts_in("лис.укр")
    assert effort(lambda: contacts_in(text)) < 3


def test_only_the_first_hundred_links_count() -> None:
    text = " ".join(f"їжак{number}.укр" for number in range(400))
    assert len(contacts_in(text)) == 100


@pytest.mark.parametrize(
    "piece", ["a.", "1 ", "@a", "www.", "0-", "-", "a-", "a@", "a.b-", "ua1", "1.1.", "(0", "../"]
)
def test_no_text_takes_long(piece: str) -> None:
    text = (piece * 5000)[:5000]
    assert effort(lambda: mentions(text)) < 50
