"""From a pending row to a verdict, with the shipped model, and what happens without one."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments.models import Comment, Status
from moderation import services, tasks
from moderation.models import Decision, Heartbeat, SitePolicy
from moderation.scorer import ScorerError, classifier
from moderation.verdict import Reason
from tests.makers import make_article, make_comment
from tests.processes import Broker

pytestmark = pytest.mark.django_db
SPAM = (
    "Заробіток від 5000 грн на день без вкладень! Пиши в телеграм @zarobitok_legko "
    "https://zarobitok.example/bonus"
)


@pytest.fixture
def no_model(settings: Any, tmp_path: Path) -> Iterator[None]:
    """A folder without a model: the scorer cannot be loaded."""
    settings.MODEL_DIR = str(tmp_path)
    classifier.cache_clear()
    yield
    classifier.cache_clear()


def pending(**over: Any) -> Comment:
    return make_comment(status=Status.PENDING, **over)


def test_a_civil_comment_is_published_with_its_scores_on_record() -> None:
    comment = pending(text="Дякую за статтю, нарешті зрозуміло, чому перекрили міст.")
    services.moderate(comment_id=comment.pk)
    comment.refresh_from_db()
    decision = comment.decisions.get()
    assert (comment.status, comment.reason) == (Status.PUBLISHED, Reason.CLEAN)
    assert decision.actor is None
    assert 0 <= decision.spam < 0.5  # type: ignore[operator]
    assert 0 <= decision.toxicity < 0.5  # type: ignore[operator]
    assert decision.language == "uk"
    assert decision.model_version == classifier().version


def test_spam_does_not_reach_the_page() -> None:
    comment = pending(text=SPAM)
    services.moderate(comment_id=comment.pk)
    comment.refresh_from_db()
    assert comment.status in {Status.HELD, Status.REJECTED}
    assert comment.reason == Reason.SPAM


def test_a_task_delivered_twice_decides_once() -> None:
    comment = pending()
    tasks.moderate_comment(comment.pk)
    tasks.moderate_comment(comment.pk)
    assert comment.decisions.count() == 1


def test_a_comment_that_is_gone_is_no_error() -> None:
    tasks.moderate_comment(999_999)
    assert not Decision.objects.exists()


def test_what_the_site_has_set_overrules_the_card() -> None:
    SitePolicy.objects.create(spam_hold_at=0, toxicity_hold_at=0)
    comment = pending()
    services.moderate(comment_id=comment.pk)
    comment.refresh_from_db()
    assert comment.status == Status.HELD


def test_without_a_model_the_comment_stays_pending_and_the_task_asks_again(no_model: None) -> None:
    comment = pending()
    with pytest.raises(ScorerError):
        services.moderate(comment_id=comment.pk)
    comment.refresh_from_db()
    assert comment.status == Status.PENDING


def test_after_the_last_try_a_person_decides(no_model: None) -> None:
    comment = pending()
    tasks.moderate_comment.apply(args=[comment.pk], retries=tasks.RETRIES, throw=True)
    comment.refresh_from_db()
    assert (comment.status, comment.reason) == (Status.HELD, Reason.UNSCORED)
    assert comment.decisions.get().spam is None


def aged(minutes: int) -> Comment:
    comment = pending()
    then = timezone.now() - dt.timedelta(minutes=minutes)
    Comment.objects.filter(pk=comment.pk).update(created_at=then)
    return comment


def test_one_task_decides_all_that_waits() -> None:
    article = make_article()
    for _ in range(5):
        pending(article=article)
    pending(text=SPAM)
    with CaptureQueriesContext(connection) as queries:
        tasks.moderate_waiting()
    assert not Comment.objects.filter(status=Status.PENDING).exists()
    assert Decision.objects.count() == 6
    article.refresh_from_db()
    assert article.published_count == 5
    for _ in range(20):
        pending(article=article)
    with CaptureQueriesContext(connection) as more:
        tasks.moderate_waiting()
    assert len(more) <= len(queries)


def test_what_another_worker_has_in_hand_is_left_to_it_until_that_one_is_dead() -> None:
    comment = pending()
    assert [claimed.pk for claimed in services.claim()] == [comment.pk]
    assert services.moderate_waiting().decided == []
    Comment.objects.update(claimed_until=timezone.now())
    assert len(services.moderate_waiting().decided) == 1


def one_worker_dies() -> list[int]:
    """What a worker had in hand when its process ended, its claim run out."""
    batch = services.claim()
    Comment.objects.update(claimed_until=timezone.now())
    return [comment.pk for comment in batch]


def test_a_comment_that_ends_every_worker_is_tried_alone_and_then_held() -> None:
    deadly, others = pending(), [pending().pk, pending().pk]
    for _ in range(services.CLAIMS_TOGETHER):
        assert one_worker_dies() == [deadly.pk, *others]
    fresh = pending().pk
    assert one_worker_dies() == [deadly.pk]
    Comment.objects.filter(pk=deadly.pk).update(claimed_until=timezone.now() + services.CLAIM)
    assert len(services.moderate_waiting().decided) == 3
    assert not Comment.objects.filter(pk__in=[*others, fresh], status=Status.PENDING).exists()
    Comment.objects.filter(pk=deadly.pk).update(claimed_until=None)
    assert one_worker_dies() == [deadly.pk]
    [held] = services.moderate_waiting().decided
    deadly.refresh_from_db()
    assert (deadly.status, deadly.reason) == (Status.HELD, Reason.UNSCORED)
    assert held.spam is None


def test_a_claim_that_ended_in_an_error_kills_no_one(no_model: None) -> None:
    comment = pending()
    for _ in range(services.CLAIMS + 1):
        assert services.moderate_waiting().unscored == [comment]
        Comment.objects.update(claimed_until=None)


def test_without_a_model_what_a_batch_leaves_is_tried_one_by_one(
    no_model: None, broker: Broker
) -> None:
    comments = [pending(), pending()]
    tasks.moderate_waiting()
    assert broker.waiting() == 2
    assert f"[[{comments[0].pk}]" in broker.next_body()
    assert Comment.objects.filter(status=Status.PENDING).count() == 2


def test_without_a_model_the_sweep_holds_what_waited_over_an_hour(no_model: None) -> None:
    old, new = aged(61), aged(30)
    finished = services.sweep()
    assert (len(finished.decided), finished.unscored) == (1, [new])
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.status, old.reason) == (Status.HELD, Reason.UNSCORED)
    assert new.status == Status.PENDING


def test_the_text_of_a_comment_is_not_in_the_log(
    no_model: None, caplog: pytest.LogCaptureFixture
) -> None:
    comment = make_comment(status=Status.PENDING, text="Цього в журналі бути не може")
    services.sweep()
    assert f"comments [{comment.pk}] could not be scored" in caplog.text
    assert "журналі" not in caplog.text


def test_every_sweep_leaves_a_sign_of_life() -> None:
    services.sweep()
    services.sweep()
    beat = Heartbeat.objects.get()
    assert timezone.now() - beat.seen_at < dt.timedelta(seconds=5)
    assert beat.model_version == classifier().version


@pytest.mark.parametrize("task", [tasks.moderate_waiting, tasks.sweep])
def test_a_task_over_its_limit_asks_for_another(
    task: Any, broker: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "BATCH", 2)
    monkeypatch.setattr(services, "BATCHES", 1)
    for _ in range(3):
        pending()
    task()
    assert Comment.objects.filter(status=Status.PENDING).count() == 1
    assert broker.waiting() == 1
    task()
    task()
    assert not Comment.objects.filter(status=Status.PENDING).exists()


@pytest.mark.parametrize(
    "author",
    [
        {"author_name": "Здохни тварюко довбана"},
        {"author_name": "Fuck you all bitches"},
        {"author_name": "Казино онлайн бонус 500% casino-vulkan.example"},
    ],
    ids=["threat", "obscenity", "casino"],
)
def test_what_the_text_may_not_say_the_name_may_not_either(author: dict[str, str]) -> None:
    comment = pending(text="Дякую за новину, дуже цікаво.", **author)
    services.moderate(comment_id=comment.pk)
    comment.refresh_from_db()
    assert comment.status in {Status.HELD, Status.REJECTED}


NAMES = """Оля, Петро Гнатюк, Тамара Іванівна, Vitalik, В'ячеслав, Kolya, Гість, Аноним, Старий
скептик, водій зі стажем, правдоруб, Людмила К., Dmytro K., Сусід, Велоприріччя, Роман,
Айдер, Emily Carter, Ганна Т., Иван Петрович, бабуся Ніна, ЛюбаЛюба, user1987, мама двох
дітей, Наталка Полтавка"""


@pytest.mark.parametrize("name", [" ".join(name.split()) for name in NAMES.split(",")])
def test_an_ordinary_name_holds_nobody(name: str) -> None:
    comment = pending(author_name=name, author_url="https://olena.example.org")
    services.moderate(comment_id=comment.pk)
    comment.refresh_from_db()
    assert comment.status == Status.PUBLISHED


def test_a_phrase_of_the_sites_list_holds_and_its_words_apart_do_not() -> None:
    SitePolicy.objects.create(banned_words="купи слона\nПроноза\n\n")
    for text, status in (
        ("Ну, КУПИ... слона!", Status.HELD),
        ("Купи книжку про слона", Status.PUBLISHED),
        ("Який же він «проноза»", Status.HELD),
        ("Який же він 'проноза'", Status.HELD),
        ("_проноза_ той сусід", Status.HELD),
    ):
        comment = pending(text=text)
        services.moderate(comment_id=comment.pk)
        comment.refresh_from_db()
        assert comment.status == status, text
