"""What Django's own checks say of the environment: each command runs them before it starts."""

from typing import Any

from django.core import checks

from config.env import misspelt


@checks.register()
def names_of_settings(**_: Any) -> list[checks.CheckMessage]:
    return [
        checks.Warning(f"{name} is no setting: is {meant} meant?", id="operations.W001")
        for name, meant in misspelt().items()
    ]
