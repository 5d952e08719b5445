"""System checks of the environment, run before each command."""

from typing import Any

from django.core import checks

from config.env import misspelt
from config.translations import outdated


@checks.register()
def names_of_settings(**_: Any) -> list[checks.CheckMessage]:
    return [
        checks.Warning(f"{name} is no setting: is {meant} meant?", id="operations.W001")
        for name, meant in misspelt().items()
    ]


@checks.register(checks.Tags.translation)
def translations(**_: Any) -> list[checks.CheckMessage]:
    if not any(outdated()):
        return []
    words = "The translations are not compiled: pages are in English, or say what they said before."
    return [
        checks.Warning(words, hint="Run `python config/translations.py`.", id="operations.W002")
    ]
