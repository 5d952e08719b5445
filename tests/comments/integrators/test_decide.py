"""A program decides about comments, and the log has its name."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from comments.models import Article, Comment, Event, KeyScope, SiteKey, Status
from moderation import erasure
from moderation.accounts.models import User
from moderation.actors import Actor, ActorKind
from moderation.history_check import check
from moderation.models import Decision, RejectionReason, Report, ReportOutcome
from moderation.policy.verdict import Outcome, Reason
from tests.makers import decide, make_comment

pytestmark = pytest.mark.django_db


@pytest.fixture
def app(program: Callable[..., Client]) -> Client:
    return program(KeyScope.DECIDE, name="newsroom app")


def send(app: Client, comment: Comment, **sent: Any) -> Any:
    headers = {"Idempotency-Key": sent.pop("key")} if "key" in sent else {}
    body = {"version": comment.version, **sent}
    path = f"/api/v1/comments/{comment.pk}/decisions/"
    return app.post(path, body, content_type="application/json", headers=headers)


@pytest.fixture
def held(article: Article) -> Comment:
    return make_comment(article, status=Status.HELD)


def test_a_held_comment_is_published_under_the_name_of_the_key(
    app: Client, held: Comment, client: Client
) -> None:
    answer = send(app, held, outcome="publish")
    assert answer.status_code == 201
    made = answer.json()
    assert (made["comment_id"], made["outcome"], made["reason"]) == (held.pk, "publish", "reviewed")
    assert (made["by"], made["program"], made["status_before"]) == (
        "program",
        "newsroom app",
        "held",
    )
    held.refresh_from_db()
    assert held.status == Status.PUBLISHED
    assert client.get("/api/v1/articles/mist/comments/").json()["results"][0]["id"] == held.pk
    decision = Decision.objects.get(pk=made["id"])
    assert (decision.by_whom, decision.user) == ("newsroom app", None)
    assert Event.objects.latest("pk").payload["by"] == "program"
    assert [each.fault for each in check()] == [""]


def test_a_rejection_needs_a_reason_that_the_site_offers(app: Client, held: Comment) -> None:
    own = RejectionReason.objects.create(
        site_id="main", code="off_topic", name_uk="Не про те", public_uk="Це не про статтю."
    )
    gone = RejectionReason.objects.create(
        site_id="main", code="spam", name_uk="Давня", active=False
    )
    for reason in ("", "ugly", "clean", f"own-{gone.pk}", "own-99999", "own-x"):
        answer = send(app, held, outcome="reject", reason=reason)
        assert answer.status_code == 400, reason
        assert answer.json()["errors"][0]["pointer"] == "#/reason"
    made = send(app, held, outcome="reject", reason=f"own-{own.pk}").json()
    assert (made["reason"], made["own_reason"]) == ("off_topic", "Не про те")
    held.refresh_from_db()
    assert (held.status, held.status_for_author) == (Status.REJECTED, Status.REJECTED)


def test_a_published_comment_can_be_taken_down_and_held(app: Client, article: Article) -> None:
    comment = make_comment(article)
    assert send(app, comment, outcome="hold").json()["reason"] == "returned"
    comment.refresh_from_db()
    assert send(app, comment, outcome="reject", reason="spam").status_code == 201


def test_what_has_changed_since_it_was_read_is_not_decided(app: Client, held: Comment) -> None:
    decide(held, Outcome.PUBLISH, Reason.REVIEWED)
    held.version -= 1
    answer = send(app, held, outcome="reject", reason="spam")
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:comments:problem:changed")
    assert Decision.objects.filter(actor_kind=ActorKind.PROGRAM).count() == 0


def test_what_the_status_does_not_permit_is_refused(app: Client, article: Article) -> None:
    comment = make_comment(article)
    answer = send(app, comment, outcome="publish")
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:comments:problem:impossible")


@pytest.mark.parametrize("status", [Status.PUBLISHED, Status.REJECTED])
@pytest.mark.parametrize("outcome", ["publish", "hold"])
def test_an_erased_comment_comes_back_neither_to_readers_nor_into_the_queue(
    app: Client, article: Article, status: Status, outcome: str
) -> None:
    comment = make_comment(article, status=status)
    erasure.erase(comment=comment, remove=False)
    comment.refresh_from_db()
    answer = send(app, comment, outcome=outcome)
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:comments:problem:impossible")
    comment.refresh_from_db()
    assert comment.status == status


@pytest.mark.parametrize(
    "sent",
    [
        {"outcome": "delete"},
        {"outcome": "publish", "version": "x"},
        {"outcome": "publish", "version": 0},
        {"outcome": "publish", "version": 10**30},
        {"outcome": "reject", "reason": "r" * 31},
        {"outcome": None},
    ],
)
def test_wrong_fields_are_reported(app: Client, held: Comment, sent: dict[str, Any]) -> None:
    assert send(app, held, **sent).status_code == 400


def test_a_repeated_request_is_decided_once(app: Client, held: Comment) -> None:
    first = send(app, held, outcome="publish", key="1")
    again = send(app, held, outcome="publish", key="1")
    assert (again.status_code, again.json()) == (201, first.json())
    assert Decision.objects.filter(comment=held).count() == 2


def test_readers_reports_are_settled_by_it(app: Client, article: Article) -> None:
    comment = make_comment(article)
    report = Report.objects.create(
        comment=comment, reason="insult", reporter_key="k", network_key="n"
    )
    send(app, comment, outcome="reject", reason="toxicity")
    report.refresh_from_db()
    assert report.outcome == ReportOutcome.UPHELD


def test_the_log_lists_decisions_and_those_about_one_comment(
    app: Client, held: Comment, article: Article
) -> None:
    make_comment(article)
    send(app, held, outcome="publish")
    every = app.get("/api/v1/decisions/?limit=2").json()
    assert every["results"][0]["comment_id"] == held.pk
    assert len(app.get(every["next"]).json()["results"]) == 1
    own = app.get(f"/api/v1/decisions/?comment={held.pk}").json()["results"]
    assert [(row["by"], row["outcome"]) for row in own] == [
        ("program", "publish"),
        ("policy", "hold"),
    ]


def test_moderators_are_not_named(app: Client, held: Comment) -> None:
    olha = User.objects.create(username="olha")
    decide(held, Outcome.PUBLISH, Reason.REVIEWED, Actor.person(olha))
    answer = app.get("/api/v1/decisions/")
    assert answer.json()["results"][0]["by"] == "person"
    assert "olha" not in answer.content.decode()


def test_the_database_requires_a_key_for_a_program_and_for_nobody_else(
    app: Client, held: Comment
) -> None:
    send(app, held, outcome="publish")
    decision = Decision.objects.latest("pk")
    for kind, key in ((ActorKind.PROGRAM, None), (ActorKind.POLICY, decision.site_key)):
        wrong = Decision.objects.get(pk=decision.pk)
        wrong.pk, wrong.actor_kind, wrong.site_key = None, kind, key
        wrong._state.adding = True
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong.save()
    with pytest.raises(ValueError, match="program"):
        Actor(ActorKind.PROGRAM)
    with pytest.raises(ValueError, match="system"):
        Actor(ActorKind.SYSTEM, site_key=SiteKey.objects.get())
