"""A large model of the operator's own is asked about doubtful comments, in a limited time."""

import json
from pathlib import Path
from typing import Any

import pytest

from comments.models import Status
from moderation import model_registry, scoring, services
from moderation.classifier import Ensemble, ModelError, load
from moderation.policy.verdict import Submission
from tests.makers import make_comment
from tests.moderation.classifier.onnx_models import KNOWN, make_judge

HARM = f"Приходь завтра на міст, там на тебе чекає {KNOWN}, бережи себе."
PLAIN = "Дякую за статтю, нарешті зрозуміло, чому перекрили міст."


@pytest.fixture
def model(tmp_path: Path) -> Ensemble:
    return load(second="off", onnx=make_judge(tmp_path / "judge"))


def test_it_finds_what_it_knows_and_leaves_other_attributes_alone(model: Ensemble) -> None:
    harm, plain = model.score([HARM, PLAIN])
    (fast,) = model.fast.score([HARM])
    assert harm["toxicity"] > 0.5 > plain["toxicity"]
    assert harm["spam"] == pytest.approx(fast["spam"])
    assert harm.by_judge["onnx"]["toxicity"] > 0.99
    assert model.version == f"{model.fast.version}+one-word-1"


def test_scores_do_not_depend_on_the_rest_of_the_batch(model: Ensemble) -> None:
    texts = [HARM, PLAIN, "", "👍", f"{PLAIN} " * 30] * 4
    together = [scores["toxicity"] for scores in model.score(texts)]
    assert together == pytest.approx([model.score([text])[0]["toxicity"] for text in texts])


def test_it_is_explained_with_the_others(model: Ensemble) -> None:
    ((start, end),) = model.explain(HARM)["toxicity"].marked()
    assert HARM[start:end] == KNOWN


def test_authors_with_a_record_are_asked_about_only_where_the_score_is_doubtful(
    model: Ensemble,
) -> None:
    known = Submission(text=HARM, author_published=3)
    assert scoring.score_all([known], model)[0].by_judge == {}
    assert "onnx" in scoring.score_all([Submission(text=HARM)], model)[0].by_judge
    doubtful = Submission(text="Такі тупі рішення тільки в нас приймають", author_published=3)
    assert "onnx" in scoring.score_all([doubtful], model)[0].by_judge


def test_when_its_time_is_up_the_scores_of_the_others_stand(model: Ensemble, settings: Any) -> None:
    settings.ONNX_JUDGE_SECONDS = -1
    (found,) = scoring.score_all([Submission(text=HARM)], model)
    assert found.by_judge == {}
    assert found["toxicity"] < 0.5


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_a_changed_file_is_not_loaded(
    model: Ensemble, tmp_path: Path, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    with (tmp_path / "judge" / name).open("ab") as file:
        file.write(b" ")
    scoring.load_judges(model)
    assert "the judge onnx cannot be loaded: see ONNX_JUDGE_DIR" in caplog.text
    assert f"{name} does not match its checksum" in caplog.text


@pytest.mark.parametrize(
    "changes", [{"attributes": {}}, {"activation": "relu"}, {"files": {}}, {"longest": "many"}]
)
def test_a_description_that_says_too_little_is_refused(
    tmp_path: Path, changes: dict[str, Any]
) -> None:
    with pytest.raises(ModelError, match=r"judge\.json cannot be used"):
        load(second="off", onnx=make_judge(tmp_path, **changes))


def test_a_calibration_and_a_weight_are_applied(tmp_path: Path) -> None:
    attribute = {"labels": [1], "slope": 0.5, "offset": -1.0, "weight": 3.0}
    weak = load(second="off", onnx=make_judge(tmp_path, attributes={"toxicity": attribute}))
    (found,) = weak.score([HARM])
    assert 0.5 < found.by_judge["onnx"]["toxicity"] < 0.999
    assert json.loads((tmp_path / "judge.json").read_text())["attributes"]["toxicity"] == attribute


@pytest.mark.django_db
def test_a_comment_that_only_it_finds_is_held(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_registry, "_loaded", {})
    settings.ONNX_JUDGE_DIR = str(make_judge(tmp_path))
    comment = make_comment(status=Status.PENDING, text=f"{KNOWN} {HARM}")
    services.moderate(comment_id=comment.pk)
    comment.refresh_from_db()
    assert comment.status == Status.HELD
    assert "onnx" in comment.decisions.get().scores_by_judge
