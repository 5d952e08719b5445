"""The tasks that workers request by themselves, without a scheduler."""

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from comments.models import Comment, Contact, Status
from config.celery import app
from config.schedule import schedule
from moderation.models import Heartbeat
from tests.makers import make_comment
from tests.processes import Broker, database_url, wait_until, worker


def last_sweep() -> dt.datetime:
    return Heartbeat.objects.get().seen_at


def has_swept_since(moment: dt.datetime) -> bool:
    return last_sweep() > moment


@pytest.fixture
def database() -> str:
    return database_url(str(connection.settings_dict["NAME"]))


@pytest.mark.django_db(transaction=True)
def test_a_worker_sweeps_at_its_start_and_then_repeatedly(broker: Broker, database: str) -> None:
    waits = make_comment(status=Status.PENDING)
    with worker(database, SWEEP_EVERY="1"):
        wait_until(Heartbeat.objects.exists, seconds=20, what="the first sweep")
        assert Comment.objects.get(pk=waits.pk).status == Status.PUBLISHED
        first = last_sweep()
        # Nobody notifies the worker of this one.
        lost = make_comment(status=Status.PENDING, text="Дякую, дуже цікаво.")
        wait_until(lambda: has_swept_since(first), seconds=5, what="the second sweep")
        second = last_sweep()
        wait_until(lambda: has_swept_since(second), seconds=5, what="the third sweep")
        assert Comment.objects.get(pk=lost.pk).status == Status.PUBLISHED


@pytest.mark.django_db(transaction=True)
def test_comments_that_waited_for_the_broker_are_decided_once_it_is_back(
    broker: Broker, database: str
) -> None:
    with worker(database, SWEEP_EVERY="600"):
        wait_until(Heartbeat.objects.exists, seconds=20, what="the first sweep")
        with broker.closed():
            waits = make_comment(status=Status.PENDING)
        back = timezone.now()
        wait_until(lambda: has_swept_since(back), seconds=40, what="a sweep")
        assert Comment.objects.get(pk=waits.pk).status == Status.PUBLISHED


def test_workers_know_every_task_that_they_request() -> None:
    app.autodiscover_tasks(force=True)
    assert schedule().keys() <= app.tasks.keys()


@pytest.mark.django_db(transaction=True)
def test_a_machine_that_is_off_at_night_deletes_old_contacts_at_its_start(
    broker: Broker, database: str
) -> None:
    old = make_comment(author_email="olena@example.org")
    Comment.objects.filter(pk=old.pk).update(decided_at=timezone.now() - dt.timedelta(days=9999))
    with worker(database):
        wait_until(lambda: not Contact.objects.exists(), seconds=20, what="the drop")


def test_a_worker_keeps_trying_to_reach_an_unavailable_broker() -> None:
    assert app.conf.broker_connection_max_retries is None
