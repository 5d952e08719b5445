from importlib import import_module

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """What an operator runs or scrapes: commands, health checks, metrics, daily housekeeping."""

    name = "config.operations"
    label = "operations"

    def ready(self) -> None:
        import_module("config.operations.checks")
