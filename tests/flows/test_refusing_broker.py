"""A broker that answers every write with an error, as one with a full disk does."""

import time

import pytest
from django.db import connection

from comments.models import Comment, Status
from tests.makers import make_comment
from tests.processes import Broker, database_url, wait_until, worker

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_database]


def test_a_worker_survives_it_and_continues_by_itself(broker: Broker) -> None:
    waiting = Comment.objects.filter(status=Status.PENDING)
    with worker(database_url(str(connection.settings_dict["NAME"]))) as process:
        make_comment(status=Status.PENDING)
        wait_until(lambda: not waiting.exists(), seconds=30, what="the first decision")
        with broker.refusing():
            # The worker tries once per second.
            time.sleep(2)
            make_comment(status=Status.PENDING)
            time.sleep(0.5)
            assert process.poll() is None
        assert waiting.count() == 1
        wait_until(lambda: not waiting.exists(), seconds=30, what="the next decision")
        assert process.poll() is None
