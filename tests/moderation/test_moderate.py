"""From a pending row to a verdict with the shipped model, and without any model."""

from collections.abc import Sequence
from typing import Any

import pytest

from comments.models import DEFAULT_KEY, Comment, Status
from moderation import model_registry, services, tasks
from moderation.actors import ActorKind
from moderation.classifier import Classifier, Scores
from moderation.model_registry import ScorerError
from moderation.models import Decision
from moderation.policy.verdict import Reason, Submission
from tests.makers import SPAM, make_comment, set_policy

RETRIES = len(tasks.TIMES.retry_waits)
pytestmark = pytest.mark.django_db


def pending(**over: Any) -> Comment:
    return make_comment(status=Status.PENDING, **over)


def test_a_civil_comment_is_published_with_its_scores_stored() -> None:
    comment = pending(text="Дякую за статтю, нарешті зрозуміло, чому перекрили міст.")
    services.moderate(comment_id=comment.pk)
    comment.refresh_from_db()
    decision = comment.decisions.get()
    assert (comment.status, comment.reason) == (Status.PUBLISHED, Reason.CLEAN)
    assert (decision.actor_kind, decision.user) == (ActorKind.POLICY, None)
    assert decision.scores.keys() == decision.sure.keys() == {"spam", "toxicity"}
    assert all(0 <= score < 0.5 for score in decision.scores.values())
    assert decision.language == "uk"
    assert decision.model_version == model_registry.for_site().version


def test_spam_is_not_published() -> None:
    comment = pending(text=SPAM)
    services.moderate(comment_id=comment.pk)
    comment.refresh_from_db()
    assert comment.status in {Status.HELD, Status.REJECTED}
    assert comment.reason == Reason.SPAM


def test_a_text_that_is_not_stored_is_judged_in_the_same_way(
    django_assert_num_queries: Any,
) -> None:
    ours = pending(text=SPAM)
    services.moderate(comment_id=ours.pk)
    decision = ours.decisions.get()
    model = model_registry.for_site()
    policy = services.site_policy(DEFAULT_KEY, model)
    with django_assert_num_queries(0):
        (assessed,) = services.assess([Submission(text=SPAM)], model=model, policy=policy)
    assert (assessed.verdict.outcome, assessed.verdict.reason) == (
        decision.outcome,
        decision.reason,
    )
    assert (dict(assessed.scores), assessed.scores.sure) == (decision.scores, decision.sure)


def test_a_task_delivered_twice_decides_once() -> None:
    comment = pending()
    tasks.moderate_comment(comment.pk)
    tasks.moderate_comment(comment.pk)
    assert comment.decisions.count() == 1


def test_a_missing_comment_is_not_an_error() -> None:
    tasks.moderate_comment(999_999)
    assert not Decision.objects.exists()


def test_the_sites_thresholds_override_the_models() -> None:
    set_policy(spam_hold_at=0, toxicity_hold_at=0)
    comment = pending()
    services.moderate(comment_id=comment.pk)
    comment.refresh_from_db()
    assert comment.status == Status.HELD


def test_without_a_model_the_comment_stays_pending_and_the_task_is_retried(no_model: None) -> None:
    comment = pending()
    with pytest.raises(ScorerError):
        services.moderate(comment_id=comment.pk)
    comment.refresh_from_db()
    assert comment.status == Status.PENDING


@pytest.mark.parametrize("number", [float("nan"), -0.01, 1.01])
@pytest.mark.parametrize("of", ["by_attribute", "sure"])
@pytest.mark.parametrize("attribute", ["spam", "toxicity"])
def test_a_score_that_is_not_a_probability_publishes_nothing(
    attribute: str, of: str, number: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = Classifier.score

    def damaged(model: Classifier, texts: Sequence[str]) -> list[Scores]:
        found = sound(model, texts)
        for scores in found:
            setattr(scores, of, {**getattr(scores, of), attribute: number})
        return found

    monkeypatch.setattr(Classifier, "score", damaged)
    comment = pending()
    with pytest.raises(ScorerError, match="score out of range"):
        services.moderate(comment_id=comment.pk)
    comment.refresh_from_db()
    assert comment.status == Status.PENDING
    tasks.moderate_comment.apply(args=(comment.pk,), retries=RETRIES, throw=True)
    comment.refresh_from_db()
    assert (comment.status, comment.reason) == (Status.HELD, Reason.UNSCORED)


def test_after_the_last_retry_a_person_decides(no_model: None) -> None:
    comment = pending()
    tasks.moderate_comment.apply(args=(comment.pk,), retries=RETRIES, throw=True)
    comment.refresh_from_db()
    assert (comment.status, comment.reason) == (Status.HELD, Reason.UNSCORED)
    assert comment.decisions.get().scores == {}


@pytest.mark.parametrize(
    ("author", "reason"),
    [
        ({"author_name": "Здохни тварюко довбана"}, Reason.NAME_INSULT),
        ({"author_name": "Казино онлайн бонус 500%"}, Reason.NAME_ADVERT),
        ({"author_name": "olena-shop.example.com"}, Reason.NAME_CONTACT),
        ({"author_name": "Вiсті Приріччя"}, Reason.IMPERSONATION),
        ({"author_name": "Рябоконь"}, Reason.IMPERSONATION),
        ({"author_url": "https://porno.xxx"}, Reason.WEBSITE),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_name_or_website_is_held_with_its_own_reason(
    author: dict[str, str], reason: Reason, settings: Any
) -> None:
    settings.SITE_NAME = "Вісті Приріччя"
    set_policy(reserved_names="Олена Гай\n\nРябоконь\n")
    comment = pending(text="Дякую за новину, дуже цікаво.", **author)
    services.moderate(comment_id=comment.pk)
    comment.refresh_from_db()
    assert (comment.status, comment.reason) == (Status.HELD, reason)
    assert comment.decisions.get().scores["spam"] < 0.5


@pytest.mark.parametrize("name", ["Тарас", "Dick Smith", "Тарас Козел", "王丽华", "محمد الحسن"])
def test_the_name_does_not_affect_the_scores(name: str) -> None:
    text = "Дякую за новину, дуже цікаво."
    comment = pending(text=text, author_name=name, author_url="https://knyharnia.example.org")
    services.moderate(comment_id=comment.pk)
    (scores,) = model_registry.for_site().score([text])
    decision = comment.decisions.get()
    assert decision.scores == dict(scores)
    assert decision.outcome == "publish"


NAMES = """Оля, Петро Гнатюк, Тамара Іванівна, Vitalik, В'ячеслав, Kolya, Гість, Аноним, Старий
скептик, водій зі стажем, правдоруб, Людмила К., Dmytro K., Сусід, Велоприріччя, Роман,
Айдер, Emily Carter, Ганна Т., Иван Петрович, бабуся Ніна, ЛюбаЛюба, user1987, мама двох
дітей, Наталка Полтавка"""


@pytest.mark.parametrize("name", [" ".join(name.split()) for name in NAMES.split(",")])
def test_an_ordinary_name_is_not_held(name: str) -> None:
    comment = pending(author_name=name, author_url="https://olena.example.org")
    services.moderate(comment_id=comment.pk)
    comment.refresh_from_db()
    assert comment.status == Status.PUBLISHED


def test_a_listed_phrase_is_held_but_its_separate_words_are_not() -> None:
    set_policy(banned_words="купи слона\nПроноза\n\n")
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
