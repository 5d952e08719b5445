"""Each training set has a licence; the card and the open model follow from one table."""

from moderation.classifier import store
from moderation.classifier.training import licences, synthetic, templates, translate
from moderation.classifier.training.augment import SOURCE as DISGUISED
from moderation.classifier.training.datasets import SOURCES, SPANS, TRANSLATED
from moderation.classifier.training.licences import LICENCES, terms_of

MADE_HERE = {TRANSLATED, translate.SOURCE, DISGUISED}
READ = {source.name for source in SOURCES} | {SPANS}


def test_each_training_set_has_a_licence_and_no_other_is_listed() -> None:
    assert set(LICENCES) == READ | MADE_HERE | {synthetic.SOURCE, templates.SOURCE}
    assert set(store.read_info(store.SHIPPED)["sources"]) <= set(LICENCES)
    assert {name for name in LICENCES if terms_of(name) == "as the originals"} == MADE_HERE


def test_a_licence_that_limits_the_use_or_is_not_stated_is_not_open() -> None:
    assert not licences.is_open("toxicity_en_olid_tweets")
    assert not licences.is_open("toxicity_uk_textdetox_pairs")
    assert not licences.is_open("spam_ru_telegram")
    assert not licences.is_open("toxicity_ru_2ch_pikabu")
    assert not licences.is_open("a set that nobody has listed")
    assert licences.is_open("clean_uk_uagec")
    assert not licences.is_open(translate.SOURCE)


def test_only_a_model_of_open_sets_and_their_copies_is_all_open() -> None:
    sources = {"clean_uk_uagec": 2, DISGUISED: 1, synthetic.SOURCE: 5}
    assert licences.all_open(sources)
    assert not licences.all_open(sources | {"spam_ru_telegram": 1})
    assert not licences.all_open(sources | {"a set that nobody has listed": 1})


def test_the_card_counts_the_texts_under_each_kind_of_licence() -> None:
    sources = {
        "clean_uk_uagec": 1000,
        "spam_en_youtube": 234,
        "toxicity_en_olid_tweets": 20,
        "spam_ru_telegram": 3,
        DISGUISED: 500,
        synthetic.SOURCE: 700,
    }
    section = "\n".join(licences.section(sources))
    assert "1,234 are **open**" in section
    assert "20 are **limited**" in section
    assert "3 are **not stated**" in section
    assert "make model OPEN=yes" in section


def test_the_shipped_card_agrees_with_the_table() -> None:
    sources = store.read_info(store.SHIPPED)["sources"]
    card = (store.SHIPPED / "card.md").read_text("utf-8")
    assert "\n".join(licences.table(sources)) in card
    assert "\n".join(licences.section(sources)) in card


def test_the_shipped_card_compares_the_open_model() -> None:
    card = (store.SHIPPED / "card.md").read_text("utf-8")
    section = card.partition("## Trained on the open sets alone")[2].partition("\n## ")[0]
    assert "`make model OPEN=yes` makes model" in section
    rows = [line for line in section.splitlines() if line.startswith("| toxicity_uk")]
    assert len(rows) == 1
    assert rows[0].count(" / ") == 4
