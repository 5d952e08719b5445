"""The second judge is not asked about texts for which it has been too slow of late."""

from collections.abc import Callable
from typing import Any

import pytest

from comments.protocols import in_time
from comments.protocols.judging import Check, judge
from comments.protocols.keys import require_check_key
from tests.comments.protocols.texts import CLEAN


def slow_pace() -> in_time._Pace:
    pace = in_time._Pace()
    for _ in range(50):
        pace.took(1.0, len(CLEAN))
    return pace


def test_its_pace_follows_the_latest_texts_and_one_slow_moment_is_forgotten() -> None:
    pace = slow_pace()
    assert pace.expected(len(CLEAN)) == pytest.approx(1.0, rel=0.01)
    assert pace.expected(2 * len(CLEAN)) == pytest.approx(2.0, rel=0.01)
    for _ in range(120):
        pace.skipped()
    assert pace.expected(len(CLEAN)) < 0.03


@pytest.mark.django_db
def test_a_text_that_it_would_not_finish_in_time_is_left_to_the_words(
    check_key: Callable[..., str], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    site_key, pace = require_check_key(check_key()), slow_pace()
    monkeypatch.setattr(in_time, "_pace", pace)
    settings.CHECK_JUDGE_SECONDS = 0.5
    before = pace.expected(1)
    assert not judge(site_key=site_key, check=Check(text=CLEAN)).assessment.scores.is_complete
    assert pace.expected(1) < before
    settings.CHECK_JUDGE_SECONDS = 30.0
    assert judge(site_key=site_key, check=Check(text=CLEAN)).assessment.scores.is_complete
