"""A few hundred requests of `make fuzz`: none crashes the service."""

import logging

import pytest

from tests.fuzz.run import fuzz
from tests.fuzz.watch import Watch


@pytest.mark.one_database
@pytest.mark.django_db(transaction=True)
def test_no_request_crashes_the_service() -> None:
    watch = fuzz(requests=200, seconds=8, number=2)
    assert watch.faults == []
    assert watch.requests > 100


def test_the_watcher_detects_a_crash_and_a_logged_error() -> None:
    with Watch() as watch:
        watch.saw("page", 200, "fine")
        assert watch.faults == []
        watch.saw("page", 500, "broken")
        logging.getLogger("any").error("lost %s", "way")
        watch.saw("page", 200, "quietly")
    assert [fault.split(" <- ")[0] for fault in watch.faults] == [
        "page: 500 ",
        "page: 200 lost way None",
    ]
