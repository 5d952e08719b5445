from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from moderation.scoring import classifier


@pytest.fixture
def no_model(settings: Any, tmp_path: Path) -> Iterator[None]:
    """A folder without a model: the scorer cannot be loaded."""
    settings.MODEL_DIR = str(tmp_path)
    classifier.cache_clear()
    yield
    classifier.cache_clear()
