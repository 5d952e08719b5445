"""A second judge changes the scores of the fast classifier, and is part of their explanation."""

import numpy as np
import pytest

from moderation.classifier import load
from moderation.classifier.ensemble import FAST, Ensemble
from tests.moderation.classifier.judges import KNOWN, OneWordJudge, ensemble

PLAIN = "Дякую за статтю, нарешті зрозуміло, чому перекрили міст."
HARM = f"Приходь завтра на міст, там на тебе чекає {KNOWN}, бережи себе."
INSULT = "ти дурень і брехун, пане авторе"


def toxicity(model: Ensemble, text: str) -> float:
    (scores,) = model.score([text])
    return scores["toxicity"]


def asked(text: str) -> str:
    """Return the text as the second judge reads it."""
    model = ensemble()
    model.score([text])
    judge = model.members[0].judge
    assert isinstance(judge, OneWordJudge)
    (read,) = judge.asked
    return read


def test_the_second_judge_finds_what_the_words_do_not_show() -> None:
    model = ensemble()
    assert toxicity(Ensemble(model.fast), HARM) < 0.5
    assert toxicity(model, HARM) > 0.5
    assert toxicity(model, PLAIN) < 0.05


def test_each_judge_has_its_own_scores_beside_the_common_ones() -> None:
    model = ensemble()
    (scores,) = model.score([HARM])
    (fast,) = model.fast.score([HARM])
    assert scores.by_judge[FAST] == fast.by_attribute
    assert scores.by_judge["toy"] == pytest.approx({"toxicity": 0.982, "spam": 0.018}, abs=1e-3)
    assert model.version == f"{model.fast.version}+1"


def test_words_alone_cannot_be_sure_that_a_text_is_harmless() -> None:
    low, high = ensemble(floor=-9.0), ensemble(floor=-1.0)
    assert toxicity(low, PLAIN) < toxicity(high, PLAIN)


def test_the_second_judge_can_hold_a_text_by_a_line_of_its_own() -> None:
    assert toxicity(ensemble(second=0.0), HARM) < 0.5
    assert toxicity(ensemble(second=0.0, alone=-3.0), HARM) == pytest.approx(0.731, abs=1e-3)


def test_without_enough_words_there_is_no_evidence_for_a_rejection() -> None:
    (scores,) = ensemble().score([KNOWN])
    assert scores["toxicity"] > 0.5
    assert scores.sure["toxicity"] == 0


def test_a_text_without_words_and_an_empty_batch_are_scored() -> None:
    model = ensemble()
    assert model.score([]) == []
    assert [found.language for found in model.score(["", "👍"])] == ["other", "other"]


def test_the_judge_reads_disguised_words_spelled_out() -> None:
    model = ensemble()
    model.score(["Ти дур@к, ясно?", "Звичайний Коментар"])
    judge = model.members[0].judge
    assert isinstance(judge, OneWordJudge)
    assert judge.asked == ["Ти дурак, ясно?", "Звичайний Коментар"]


@pytest.mark.parametrize(
    "hidden",
    [
        "ду<b>рень</b>",
        "д<b>у</b>рень",
        "д(у)рень",
        "ду🔥рень",
        "ддуурреенньь",
        "дуууурень",
        "д у р е н ь",
        "д.у.р.е.н.ь",
        "д'у'р'е'н'ь",
        "ду\u200bрень",
    ],
)
def test_the_judge_reads_words_that_something_was_put_into(hidden: str) -> None:
    assert asked(f"Ти {hidden}, п’яний") == "Ти дурень, п’яний"


@pytest.mark.parametrize(
    "text",
    [
        "П'ять об’єктів, rock'n'roll",
        "❤️ Любов 👨‍👩‍👧 та мир!!!",
        "Ссуда й аллея",
        "О. О. Шульга: СССР, ХІІІ, www.dim.ua",
    ],
)
def test_the_judge_reads_other_texts_as_they_are_written(text: str) -> None:
    assert asked(text) == text


@pytest.mark.parametrize("hidden", ["пара<b>со</b>лька", "п.а.р.а.с.о.л.ь.к.а", "парасооолька"])
def test_a_hidden_word_that_the_second_judge_minds_is_marked_as_it_is_written(hidden: str) -> None:
    text = HARM.replace(KNOWN, hidden)
    ((start, end),) = ensemble().explain(text)["toxicity"].marked()
    assert text[start:end] == hidden


@pytest.mark.parametrize(
    "text",
    [PLAIN, HARM, INSULT, KNOWN, "", "👍👍", f"{KNOWN} " * 300, "п.а.р.а.с.о.л.ь.к.а (д)у(р)"],
)
@pytest.mark.parametrize("numbers", [{}, {"second": 0.4, "alone": -2.0}, {"floor": 0.0}])
def test_the_parts_of_an_explanation_add_up_to_the_score(
    text: str, numbers: dict[str, float]
) -> None:
    model = ensemble(**numbers)
    (scores,) = model.score([text])
    for attribute, found in model.explain(text).items():
        total = found.base + found.signals + sum(span.weight for span in found.spans)
        assert total == pytest.approx(found.score, abs=1e-9)
        assert found.score == pytest.approx(scores[attribute], abs=1e-6)
        starts = [span.start for span in found.spans]
        assert starts == sorted(starts)
        ends = [span.end for span in found.spans]
        assert all(end <= start for end, start in zip(ends, starts[1:], strict=False))


def test_the_word_that_the_second_judge_minds_is_marked() -> None:
    ((start, end),) = ensemble().explain(HARM)["toxicity"].marked()
    assert HARM[start:end] == KNOWN


def test_without_a_second_judge_the_scores_are_those_of_the_fast_one() -> None:
    model = load(second="off")
    assert model.members == ()
    (scores,) = model.score([PLAIN])
    (fast,) = model.fast.score([PLAIN])
    assert scores == fast
    assert model.thresholds == model.fast.thresholds
    assert np.isfinite(list(scores.values())).all()
