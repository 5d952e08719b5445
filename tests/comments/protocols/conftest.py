from collections.abc import Callable
from typing import Any

import pytest

from comments.models import CheckOptions, Site, SiteKey


@pytest.fixture
def check_key() -> Callable[..., str]:
    """Makes a key for checks of the default site, with these options, and returns it."""

    def make(name: str = "wordpress", **options: Any) -> str:
        chosen = CheckOptions(**options)
        return SiteKey.objects.add_for_checks(Site.objects.default(), name, chosen)

    return make


@pytest.fixture
def _second_judge_has_time(settings: Any) -> None:
    """So that scores do not depend on how busy the machine is."""
    settings.CHECK_JUDGE_SECONDS = 30.0
