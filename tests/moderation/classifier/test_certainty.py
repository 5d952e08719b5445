"""A rejection needs evidence: enough words of the author's own, and more than one signal."""

import json
import shutil
from pathlib import Path

import pytest

from moderation.classifier import Ensemble, load
from moderation.classifier.certainty import LEAST_LETTERS, own_words
from moderation.classifier.store import SHIPPED, read_info
from moderation.classifier.training.outcomes import certain, outcomes, set_reject_at

INSULT = (
    "Ти тупа мразота і гнида, таких виродків треба було втопити ще в дитинстві, йди нахуй, "
    "чмо обісране, здохни вже, падло."
)
ADVERT = (
    "Быстрый заработок без вложений, доход от пятидесяти тысяч рублей в неделю! Работа на дому, "
    "обучение бесплатно, выплаты ежедневно на карту. Пишите в личные сообщения."
)
CIVIL = "Учора міська рада виділила гроші на ремонт школи. Роботи почнуть навесні, після торгів. "


@pytest.fixture(scope="module")
def classifier() -> Ensemble:
    return load()


@pytest.mark.parametrize(("text", "attribute"), [(INSULT, "toxicity"), (ADVERT, "spam")])
def test_a_clear_case_of_enough_words_has_evidence(
    classifier: Ensemble, text: str, attribute: str
) -> None:
    (scores,) = classifier.score([text])
    assert certain(scores, attribute) >= classifier.thresholds[attribute]["reject_at"]


UNSURE = {
    "a short text": ("Ти дебіл і тварюка, сука.", "toxicity"),
    "praise in stock phrases": ("Very informative, thank you for sharing this.", "spam"),
    "one bad sentence in many good": (CIVIL * 6 + INSULT[:70] + ". " + CIVIL * 6, "toxicity"),
    "a quotation": (f"Учора я отримала «{INSULT}» Куди звертатися, до поліції?", "toxicity"),
    "what somebody wrote": (f"Сусід написав мені учора: {INSULT}", "toxicity"),
    "one hand-made signal, odd letters": (
        "Нарешті відкрили міст через річку, ᴅᴀᴋᴜᴊᴜ ʙᴜᴅɪᴠᴇʟʏɴʏᴋᴀᴍ ᴛᴀ ᴠsɪᴍ ᴄʜʏᴛᴀᴄʜᴀᴍ ᴢᴀ ᴛᴇʀᴘɪɴɴʏᴀ.",
        "spam",
    ),
}


@pytest.mark.parametrize(("text", "attribute"), UNSURE.values(), ids=UNSURE)
def test_a_high_score_alone_is_no_evidence(classifier: Ensemble, text: str, attribute: str) -> None:
    (scores,) = classifier.score([text])
    assert scores[attribute] > 0.9
    assert certain(scores, attribute) < 0.5


def test_evidence_needs_sixty_letters_of_any_words(classifier: Ensemble) -> None:
    enough = "ти дурна свиня " * 6
    letters = [place for place, sign in enumerate(enough) if sign.isalpha()]
    few = enough[: letters[LEAST_LETTERS - 1]] + "!!! 123 " * 20
    found = classifier.score([few, few + enough[letters[LEAST_LETTERS - 1]]])
    assert [scores.sure["toxicity"] > 0 for scores in found] == [False, True]


def test_evidence_does_not_depend_on_the_batch(classifier: Ensemble) -> None:
    texts = [INSULT, *(text for text, _ in UNSURE.values()), ADVERT, "", CIVIL]
    alone = [classifier.score([text])[0] for text in texts]
    for together, one in zip(classifier.score(texts), alone, strict=True):
        assert together.sure == one.sure


OWN = {
    "Він сказав «іди геть» і пішов": "Він сказав і пішов",
    'They shouted "get out" at us': "They shouted at us",
    "„Геть“ кричали вони": "кричали вони",
    "> чужі слова\nмої слова": "мої слова",
    "Мені написали в приват: замовкни": "Мені",
    "He wrote to me: shut up": "He",
    "Рахунок 2:1, воротар писав історію": "Рахунок 2:1, воротар писав історію",
    "Одна лапка « і більше нічого": "Одна лапка « і більше нічого",
}


@pytest.mark.parametrize(("text", "own"), OWN.items())
def test_own_words_are_those_outside_quotations(text: str, own: str) -> None:
    assert " ".join(own_words(text).split()) == own
    assert len(own_words(text)) == len(text)


def _dev(folder: Path, text: str, toxic: int) -> None:
    folder.mkdir()
    row = json.dumps({"text": text, "toxic": toxic})
    (folder / "set.jsonl").write_text(row + "\n", encoding="utf-8")


@pytest.mark.parametrize(("toxic", "rejected"), [(0, 0), (1, 1)])
def test_reject_at_is_raised_until_no_clean_text_is_rejected(
    tmp_path: Path, toxic: int, rejected: int
) -> None:
    folder = tmp_path / "model"
    shutil.copytree(SHIPPED, folder)
    _dev(tmp_path / "dev", INSULT, toxic)
    least = read_info(folder)["thresholds"]["toxicity"]["reject_at_least"]
    set_reject_at(folder, tmp_path / "dev")
    model = load(folder)
    (found,) = outcomes(model, tmp_path / "dev" / "set.jsonl")
    assert (found.rows, found.rejected, found.held) == (1, rejected, 1 - rejected)
    assert (model.thresholds["toxicity"]["reject_at"] > least) is not bool(toxic)
    assert load().version == model.version
