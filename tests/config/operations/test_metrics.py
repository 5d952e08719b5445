"""/metrics shows the counters of all processes and what is waiting, to clients with the token."""

import datetime as dt
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone
from limits import parse_many
from prometheus_client.parser import text_string_to_metric_families

from comments.models import Comment, Site, SiteKey, Status
from comments.reception import throttles
from config import metrics
from config.operations.prometheus import WaitingCollector
from config.prometheus_files import FOLDER
from moderation import pipeline, transitions
from moderation.accounts.models import User
from moderation.actors import Actor, ActorKind
from moderation.policy.verdict import Outcome, Reason, Verdict
from moderation.transitions import Evidence, Seen
from tests.makers import make_article, make_comment
from tests.processes import Broker, wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_database]
Sample = tuple[str, frozenset[tuple[str, str]]]
TOKEN = {"Authorization": "Bearer of the tests"}


@pytest.fixture(autouse=True)
def _token(settings: Any) -> None:
    settings.METRICS_TOKEN = "of the tests"


def sample(name: str, **labels: str) -> Sample:
    return name, frozenset(labels.items())


def scraped(client: Client) -> dict[Sample, float]:
    answer = client.get("/metrics", headers=TOKEN)
    assert answer.status_code == 200
    families = list(text_string_to_metric_families(answer.content.decode()))
    assert all(family.documentation and family.type != "unknown" for family in families)
    return {
        (each.name, frozenset(each.labels.items())): each.value
        for family in families
        for each in family.samples
    }


@pytest.fixture
def grown(client: Client) -> Callable[..., float]:
    """Return how much a counter has grown since the test began: earlier tests counted too."""
    before = scraped(client)

    def difference(name: str, **labels: str) -> float:
        wanted = sample(name, **labels)
        return scraped(client).get(wanted, 0) - before.get(wanted, 0)

    return difference


def test_without_a_token_the_page_does_not_exist(client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


@pytest.mark.parametrize("shown", ["", "Bearer", "Bearer of others", "Bearer мій"])
def test_a_wrong_token_gets_no_metrics(client: Client, shown: str) -> None:
    answer = client.get("/metrics", HTTP_AUTHORIZATION=shown)
    assert answer.status_code == 401
    assert b"comments_" not in answer.content


def test_a_comment_is_counted_when_accepted_and_when_decided(
    client: Client, grown: Callable[..., float], running_worker: None
) -> None:
    make_comment(make_article(), Status.PENDING, text="Дякую за новину про міст.")
    assert grown("comments_accepted_total", kind="comment") == 1
    clean = {"outcome": "publish", "reason": "clean", "by": "policy"}
    # The worker is another process, so its counter comes from its file.
    wait_until(lambda: grown("comments_decided_total", **clean) == 1, seconds=20)
    assert grown("comments_scoring_seconds_count", result="scored") == 1
    assert grown("comments_scoring_seconds_bucket", result="scored", le="5.0") == 1
    assert 0 < grown("comments_scoring_seconds_sum", result="scored") < 5


def test_waiting_comments_are_exported_with_the_age_of_the_oldest(
    client: Client, broker: Broker
) -> None:
    for status, minutes in (("pending", 3), ("pending", 1), ("held", 90), ("published", 600)):
        comment = make_comment(status=Status(status))
        then = timezone.now() - dt.timedelta(minutes=minutes)
        Comment.objects.filter(pk=comment.pk).update(created_at=then)
    now = scraped(client)
    assert now[sample("comments_pending_length")] == 2
    assert now[sample("comments_queue_length")] == 1
    assert now[sample("comments_pending_oldest_seconds")] == pytest.approx(180, abs=20)
    assert now[sample("comments_queue_oldest_seconds")] == pytest.approx(5400, abs=20)


def test_comments_decided_late_by_the_sweep_count_as_rescued(
    client: Client, broker: Broker, grown: Callable[..., float]
) -> None:
    make_comment(status=Status.PENDING)
    Comment.objects.update(created_at=timezone.now() - 2 * pipeline.TIMES.rescued_after)
    make_comment(status=Status.PENDING)
    pipeline.sweep()
    pipeline.sweep()
    assert grown("comments_rescued_total", outcome="publish") == 1
    now = scraped(client)
    assert now[sample("comments_worker_silent_seconds")] < 20
    assert now[sample("comments_workers")] == 1


def test_a_refused_request_is_counted_by_its_limit(grown: Callable[..., float]) -> None:
    metrics.count_throttled("address")
    metrics.count_throttled("article")
    metrics.count_throttled("address")
    assert grown("comments_throttled_total", limit="address") == 2


@pytest.mark.parametrize("whose", ["address", "author", "site"])
@pytest.mark.parametrize("unproven", [False, True])
def test_the_limit_is_named_but_no_address(
    broker: Broker, settings: Any, grown: Callable[..., float], whose: str, unproven: bool
) -> None:
    settings.THROTTLES = True
    throttles.broker_backoff.stop()
    for limit in ("address", "author", "site"):
        rates = parse_many("1/minute" if limit == whose else "100/minute")
        setattr(settings, f"THROTTLE_{limit.upper()}", rates)
    for _ in range(5):
        with suppress(throttles.ThrottledError):
            throttles.admit(site="main", address="2001:db8::1", author="a")
            throttles.admit_to_site(site="main", unproven=unproven)
    assert grown("comments_throttled_total", limit=whose) == 4


@pytest.mark.parametrize("by", ActorKind)
def test_a_decision_is_counted_by_outcome_reason_and_actor(
    grown: Callable[..., float], by: ActorKind
) -> None:
    comment = make_comment(status=Status.PENDING)
    user = User.objects.create(username="olha") if by == ActorKind.PERSON else None
    key = None
    if by == ActorKind.PROGRAM:
        key = SiteKey.objects.create(site=Site.objects.default(), name="app", digest="d")
    transitions.apply(
        comment=comment,
        verdict=Verdict(Outcome.HOLD, Reason.SPAM),
        expected=Seen.of(comment),
        evidence=Evidence(actor=Actor(by, user, key)),
    )
    assert grown("comments_decided_total", outcome="hold", reason="spam", by=by) == 1


def test_failed_scoring_is_timed_separately(grown: Callable[..., float]) -> None:
    with pytest.raises(ZeroDivisionError), metrics.scoring(1):
        raise ZeroDivisionError
    assert grown("comments_scoring_seconds_count", result="failed") == 1
    assert grown("comments_scoring_seconds_count", result="scored") == 0


def test_the_counters_are_exported_without_the_database(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object) -> None:
        raise DatabaseError

    metrics.count_throttled("address")
    monkeypatch.setattr("config.operations.prometheus._worker", gone)
    now = scraped(client)
    assert sample("comments_throttled_total", limit="address") in now
    assert sample("comments_pending_length") not in now


def test_a_missing_folder_stops_nothing(
    grown: Callable[..., float], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A child without its folder: the parent has its file open already."""
    code = "from config import metrics; metrics.count_throttled('x'); print('went on')"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, FOLDER: str(tmp_path / "gone")},
        capture_output=True,
        text=True,
    )
    assert (done.stdout, done.returncode) == ("went on\n", 0), done.stderr


def no_large_files() -> None:
    """What a full disk does to a write: raise an error, here at the first 4 KiB of a file."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))


def test_a_full_disk_leaves_no_file_that_would_kill_its_writer(tmp_path: Path) -> None:
    code = "from config import metrics; metrics.count_throttled('x'); print('went on')"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, FOLDER: str(tmp_path)},
        preexec_fn=no_large_files,
        capture_output=True,
        text=True,
    )
    assert (done.stdout, done.returncode) == ("went on\n", 0), done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_scrape_takes_a_constant_number_of_queries(
    broker: Broker, django_assert_num_queries: Any
) -> None:
    for _ in range(5):
        make_comment(status=Status.HELD)
    with django_assert_num_queries(5):
        list(WaitingCollector().collect())
