"""Names of people pass, in any language and spelling."""

import pytest

from moderation.policy.decide import decide
from moderation.policy.verdict import Outcome, Policy, Submission, Thresholds
from tests.moderation.policy.names.composed import ordinary_names
from tests.moderation.policy.scores import scored

pytestmark = pytest.mark.no_cover

POLICY = Policy(
    thresholds={"spam": Thresholds(0.5, 0.9), "toxicity": Thresholds(0.5, 0.9)},
    reserved_names=("Вісті Приріччя", "Олена Гай"),
)
MOST_HELD = 0.002


def outcome(name: str) -> Outcome:
    submission = Submission(text="Дякую за новину, чекаємо весни.", author_name=name)
    return decide(submission, scored(), POLICY).outcome


def test_of_thousands_of_ordinary_names_hardly_any_is_held_and_none_rejected(
    capsys: pytest.CaptureFixture[str],
) -> None:
    people = sorted(set(ordinary_names()))
    outcomes = {name: outcome(name) for name in people}
    held = [name for name in people if outcomes[name] == Outcome.HOLD]
    with capsys.disabled():
        print(
            f"\nordinary names held: {len(held)} of {len(people)} ({len(held) / len(people):.2%})"
        )
    assert len(people) >= 6000
    assert Outcome.REJECT not in outcomes.values()
    assert len(held) <= MOST_HELD * len(people), held


@pytest.mark.parametrize(
    "name",
    [
        *("Тарас", "Варвара", "Ліза", "Олена Гнатів", "Тарас Козел", "Dick", "Dick Smith"),
        *("Гарник Ебаноїдзе", "Корнелій Курва", "Осип Лайно", "Pornthip Srisuk", "Loan Nguyễn"),
        *("王丽华", "محمد الحسن", "דוד כהן", "ნინო ბერიძე", "Ελένη Νικολάου", "علي‌رضا"),
        *("Олена", "Гай", "Олена Гайова", "олена г.", "Читачка «Вістей»", "100% українець"),
        *("Iван", "Oлена", "І.Петренко", "ivan.petrenko", "Admin", "Олена, 12.05.1987", "🌻"),
    ],
)
def test_a_name_that_resembles_a_listed_word_is_published(name: str) -> None:
    assert outcome(name) == Outcome.PUBLISH
