"""System checks of the environment, run before each command."""

from typing import Any

from django.core import checks

from config.env import misspelt
from config.translations import outdated


@checks.register()
def check_setting_names(**_: Any) -> list[checks.CheckMessage]:
    return [
        checks.Warning(f"{name} is not a setting: did you mean {similar}?", id="operations.W001")
        for name, similar in misspelt().items()
    ]


@checks.register(checks.Tags.translation)
def check_translations(**_: Any) -> list[checks.CheckMessage]:
    if not any(outdated()):
        return []
    message = "The translations are missing or out of date: pages show English or old texts."
    return [
        checks.Warning(message, hint="Run `python config/translations.py`.", id="operations.W002")
    ]
