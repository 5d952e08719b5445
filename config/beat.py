"""For beat alone: `CELERY_LOADER=config.beat:Loader celery -A config beat`."""

from typing import Any

from celery.loaders.app import AppLoader


class Loader(AppLoader):
    """Beat sends the names of tasks: without their code, and Django's, it takes half the memory."""

    def import_default_modules(self) -> list[Any]:
        return []
