from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def no_model(settings: Any, tmp_path: Path) -> None:
    """A folder without a model: the scorer cannot be loaded."""
    settings.MODEL_DIR = str(tmp_path)
