"""Start the service with all its parts (`make run`)."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from config.operations.launch.start import launch
from config.operations.var_dir_lock import CannotStartError


class Command(BaseCommand):
    help = "Start the whole service. See PORT, DEMO and the others in docs/settings.md."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            launch()
        except CannotStartError as error:
            sys.exit(str(error))
        except KeyboardInterrupt:
            sys.exit("Stopped before the service had started.")
