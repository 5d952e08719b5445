"""A large model of the operator's own is asked about doubtful comments, in a limited time."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import Any

import onnxruntime
import pytest

from comments.models import Site, Status
from config import metrics
from moderation import model_registry, scoring, services
from moderation.classifier import Ensemble, load, onnx_judge
from moderation.classifier.onnx_judge import OnnxJudge
from moderation.models import SitePolicy
from moderation.policy.verdict import Submission
from moderation.services import policy_of
from tests.makers import make_article, make_comment
from tests.moderation.asking import score_all
from tests.moderation.classifier.onnx_models import KNOWN, make_judge, one_word_model

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
    assert harm.by_judge["onnx"] == {"toxicity": pytest.approx(1, abs=0.01)}
    assert model.version == f"{model.fast.version}+one-word-1"


def test_scores_do_not_depend_on_the_rest_of_the_batch(model: Ensemble) -> None:
    texts = [HARM, PLAIN, "", "👍", f"{PLAIN} " * 30] * 4
    together = [scores["toxicity"] for scores in model.score(texts)]
    assert together == pytest.approx([model.score([text])[0]["toxicity"] for text in texts])


def test_it_is_not_asked_without_each_word_to_explain_a_score(
    model: Ensemble, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model.members[0].judge, "ask", None)
    (fast,) = model.fast.score([HARM])
    assert model.explain(HARM)["toxicity"].score == pytest.approx(fast["toxicity"])


def test_a_harmless_beginning_does_not_excuse_an_end_that_it_has_not_read(model: Ensemble) -> None:
    text = f"{PLAIN} " * 30 + "Ти тупий ідіот і дурень, закрий рота."
    (fast,), (found,) = model.fast.score([text]), model.score([text])
    assert found.by_judge["onnx"]["toxicity"] < 0.01
    assert found["toxicity"] == pytest.approx(fast["toxicity"])
    (known,) = model.score([f"{KNOWN} {PLAIN} " * 30])
    assert known["toxicity"] > 0.5


@pytest.mark.parametrize("text", ["", " ", "\ud800", "\0", "а" * 300_000, f"{PLAIN} " * 5_000])
def test_any_text_has_a_score(model: Ensemble, text: str) -> None:
    (found,) = model.score([text])
    assert 0 <= found.by_judge["onnx"]["toxicity"] <= 1


def test_an_empty_text_is_one_token_to_a_model_that_needs_one(tmp_path: Path) -> None:
    """The mean of no tokens is no number."""
    model = load(second="off", onnx=make_judge(tmp_path, one_word_model(join="ReduceMean")))
    (found,) = model.score([""])
    assert found.by_judge["onnx"]["toxicity"] == pytest.approx(0.45, abs=0.01)


def test_doubts_about_an_attribute_that_it_lacks_are_no_reason_to_ask_it(tmp_path: Path) -> None:
    folder = make_judge(tmp_path, attributes={"spam": {"labels": [1]}})
    text = "Такі тупі рішення тільки в нас приймають"
    known = Submission(text=text, author_published=3)
    assert score_all([known], load(second="off", onnx=folder))[0].by_judge == {}


def test_authors_with_a_record_are_asked_about_only_where_the_score_is_doubtful(
    model: Ensemble,
) -> None:
    known = Submission(text=PLAIN, author_published=3)
    assert score_all([known], model)[0].by_judge == {}
    assert "onnx" in score_all([Submission(text=PLAIN)], model)[0].by_judge
    doubtful = Submission(text="Такі тупі рішення тільки в нас приймають", author_published=3)
    assert "onnx" in score_all([doubtful], model)[0].by_judge


def test_when_its_time_is_up_the_scores_of_the_others_stand(model: Ensemble, settings: Any) -> None:
    settings.ONNX_JUDGE_SECONDS = -1
    (found,) = score_all([Submission(text=HARM)], model)
    assert found.by_judge == {}
    assert found["toxicity"] < 0.5


def test_the_task_has_time_left_however_long_it_may_take(
    model: Ensemble, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ONNX_JUDGE_SECONDS, settings.TASK_SECONDS = 1000, 30
    times = count(step=3)
    monkeypatch.setattr(time, "monotonic", lambda: next(times))
    found = score_all([Submission(text=HARM)] * 20, model)
    assert 0 < sum("onnx" in scores.by_judge for scores in found) < 5


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_a_changed_file_is_not_loaded(
    model: Ensemble, tmp_path: Path, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    with (tmp_path / "judge" / name).open("ab") as file:
        file.write(b" ")
    scoring.load_judges(model)
    assert "the judge onnx cannot be loaded: see ONNX_JUDGE_DIR" in caplog.text
    assert f"{name} does not match its checksum" in caplog.text
    (found,) = score_all([Submission(text=HARM)], model)
    assert found.by_judge == {}


def test_what_is_broken_is_tried_again_after_a_minute_only(
    model: Ensemble, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: Any
) -> None:
    file, away = tmp_path / "judge" / "model.onnx", tmp_path / "away"
    file.rename(away)
    score_all([Submission(text=HARM)], model)
    assert "model.onnx cannot be read: No such file or directory" in caplog.text
    away.rename(file)
    assert score_all([Submission(text=HARM)], model)[0].by_judge == {}
    later = time.monotonic() + 61
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert "onnx" in score_all([Submission(text=HARM)], model)[0].by_judge


def test_threads_that_come_first_together_load_one_model(
    model: Ensemble, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, sessions = onnxruntime.InferenceSession, []

    def slowly(*args: Any, **named: Any) -> Any:
        time.sleep(0.05)
        sessions.append(made(*args, **named))
        return sessions[-1]

    monkeypatch.setattr(onnxruntime, "InferenceSession", slowly)
    with ThreadPoolExecutor(4) as threads:
        scores = [found["toxicity"] for (found,) in threads.map(model.score, [[HARM]] * 8)]
    assert len(sessions) == 1
    assert len(set(scores)) == 1


def test_all_comments_that_it_was_to_be_asked_about_count_as_failed(
    model: Ensemble, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: dict[str, int] = {}
    monkeypatch.setattr(
        metrics, "count_judged", lambda **said: counted.update({said["result"]: said["comments"]})
    )
    monkeypatch.setattr(model.members[0].judge, "ask", None)
    score_all([Submission(text=HARM)] * 20, model)
    assert counted == {"failed": 20}


def test_a_calibration_and_a_weight_are_applied(tmp_path: Path) -> None:
    attribute = {"labels": [1], "slope": 0.5, "offset": -1.0, "weight": 3.0}
    weak = load(second="off", onnx=make_judge(tmp_path, attributes={"toxicity": attribute}))
    (found,) = weak.score([HARM])
    assert 0.5 < found.by_judge["onnx"]["toxicity"] < 0.999
    assert json.loads((tmp_path / "judge.json").read_text())["attributes"]["toxicity"] == attribute


def test_a_text_is_split_into_tokens_once(model: Ensemble, monkeypatch: pytest.MonkeyPatch) -> None:
    model.score([HARM])
    read, asked = onnx_judge._Model.read, []

    def counted(model: onnx_judge._Model, text: str) -> Any:
        asked.append(text)
        return read(model, text)

    monkeypatch.setattr(onnx_judge._Model, "read", counted)
    model.score([HARM, PLAIN])
    assert asked == [HARM, PLAIN]


def test_what_is_doubtful_is_measured_against_the_sites_own_line(model: Ensemble) -> None:
    """An author with a record, whose text is far below the model's line, and near the site's."""
    known = Submission(text=PLAIN, author_published=3)
    (score,) = model.fast.score([PLAIN])
    strict = SitePolicy(thresholds={"toxicity": {"hold_at": 2 * score["toxicity"]}})
    assert score_all([known], model)[0].by_judge == {}
    assert "onnx" in score_all([known], model, policy_of(strict, model))[0].by_judge


@pytest.mark.django_db
def test_the_time_limit_is_for_the_comments_of_all_sites_together(
    model: Ensemble, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_registry, "for_site", lambda: model)
    settings.ONNX_JUDGE_SECONDS = 1.5
    second = Site.objects.create(key="second", name="Друга газета")
    articles = [make_article(), make_article(site=second)]
    comments = [make_comment(each, Status.PENDING, text=HARM) for each in articles for _ in "12"]
    model.score([HARM])
    now, ask = [0.0], OnnxJudge.ask

    def for_a_second(*args: Any) -> Any:
        now[0] += 1
        return ask(*args)

    monkeypatch.setattr(OnnxJudge, "ask", for_a_second)
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    decisions = services.moderate_all(comments=comments)
    assert sum("onnx" in decision.scores_by_judge for decision in decisions) == 2


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
