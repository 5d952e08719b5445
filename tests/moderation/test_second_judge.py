"""A second judge is asked about every comment; if it fails, the fast scores stand."""

import logging
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from comments.models import Status
from moderation import model_registry, scoring, services
from moderation.classifier import Ensemble
from moderation.classifier.ensemble import Member
from moderation.classifier.judge import Answers
from moderation.classifier.scores import Language
from moderation.models import SitePolicy
from moderation.policy.verdict import Submission
from moderation.services import policy_of
from tests.makers import make_comment
from tests.moderation.asking import score_all
from tests.moderation.classifier.judges import KNOWN, OneWordJudge, ensemble

HARM = f"Приходь завтра на міст, там на тебе чекає {KNOWN}, бережи себе."


POISON = "Отрута для бібліотеки"


class FussyJudge(OneWordJudge):
    name = "embedding"

    def ask(self, texts: Sequence[str], languages: Sequence[Language]) -> Answers:
        if POISON in texts:
            raise ValueError(POISON)
        return super().ask(texts, languages)


class BrokenJudge(OneWordJudge):
    name = "embedding"

    def load(self) -> None:
        raise OSError("the file is missing")

    def ask(self, *_: Any) -> Any:
        raise ValueError(HARM)


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Ensemble:
    found = ensemble()
    monkeypatch.setattr(OneWordJudge, "name", "embedding")
    found.thresholds = {name: {"hold_at": 0.4, "reject_at": 0.99} for name in found.attributes}
    monkeypatch.setattr(model_registry, "for_site", lambda: found)
    return found


@pytest.fixture
def broken(model: Ensemble) -> Ensemble:
    model.members = (Member(BrokenJudge(), model.members[0].combination),)
    return model


@pytest.mark.django_db
def test_what_only_the_second_judge_sees_is_held_and_both_scores_are_stored(
    model: Ensemble,
) -> None:
    comment = make_comment(status=Status.PENDING, text=HARM)
    services.moderate(comment_id=comment.pk)
    comment.refresh_from_db()
    decision = comment.decisions.get()
    assert comment.status == Status.HELD
    assert decision.scores_by_judge["embedding"]["toxicity"] > 0.9
    assert decision.scores_by_judge["fast"]["toxicity"] < 0.5
    assert decision.model_version == model.version
    assert decision.thresholds["toxicity"]["hold_at"] == 0.4


@pytest.mark.django_db
def test_if_it_fails_the_fast_scores_and_their_thresholds_decide(
    broken: Ensemble, caplog: pytest.LogCaptureFixture
) -> None:
    comment = make_comment(status=Status.PENDING, text=HARM)
    services.moderate(comment_id=comment.pk)
    comment.refresh_from_db()
    decision = comment.decisions.get()
    assert comment.status == Status.PUBLISHED
    assert decision.scores_by_judge == {}
    assert decision.thresholds["toxicity"] == {
        limit: broken.fast.thresholds["toxicity"][limit] for limit in ("hold_at", "reject_at")
    }
    (logged,) = [each for each in caplog.records if each.levelno == logging.ERROR]
    assert logged.getMessage() == "the judge embedding failed (ValueError): see SECOND_JUDGE"


@pytest.mark.usefixtures("broken")
def test_words_are_still_marked_if_it_fails() -> None:
    text = "ти брехливий дурень, пане авторе"
    assert scoring.weighed(text=text, attribute="toxicity", thorough=True)


def test_a_judge_that_cannot_be_loaded_does_not_stop_a_worker(
    broken: Ensemble, caplog: pytest.LogCaptureFixture
) -> None:
    scoring.load_judges(broken)
    assert "the judge embedding cannot be loaded: see SECOND_JUDGE" in caplog.text


def test_a_score_out_of_range_is_not_used(model: Ensemble, monkeypatch: pytest.MonkeyPatch) -> None:
    judge = model.members[0].judge
    monkeypatch.setattr(
        judge,
        "ask",
        lambda texts, _: Answers(np.full((len(texts), 2), np.nan), np.ones(len(texts), np.bool_)),
    )
    (found,) = score_all([Submission(text=HARM)], model)
    assert found.by_judge == {}


def test_a_text_on_which_it_fails_is_the_only_one_that_it_does_not_score(
    model: Ensemble, caplog: pytest.LogCaptureFixture
) -> None:
    model.members = (Member(FussyJudge(), model.members[0].combination),)
    found = score_all([Submission(text=text) for text in (HARM, POISON, HARM)], model)
    assert ["embedding" in scores.by_judge for scores in found] == [True, False, True]
    assert [scores["toxicity"] > 0.5 for scores in found] == [True, False, True]
    assert [each.getMessage() for each in caplog.records if each.levelno == logging.ERROR] == [
        "the judge embedding failed (ValueError): see SECOND_JUDGE"
    ]


def test_the_lines_of_the_fast_judge_apply_if_it_fails_and_a_slow_one_answers(
    broken: Ensemble,
) -> None:
    slow = OneWordJudge()
    slow.name = "onnx"
    broken.members += (Member(slow, broken.members[0].combination, is_slow=True),)
    submission, policy = Submission(text=HARM), policy_of(SitePolicy(), broken)
    (found,) = score_all([submission], broken)
    assert found.by_judge.keys() == {"fast", "onnx"}
    line = broken.fast.thresholds["toxicity"]["hold_at"]
    assert policy.limits_for(submission, found)["toxicity"]["hold_at"] == line != 0.4
