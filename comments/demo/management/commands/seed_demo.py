"""Load the demo's stories and comments; safe to repeat."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from comments.demo import seed


class Command(BaseCommand):
    help = "Load three demo articles, and submit their comments through the real pipeline."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--comments",
            type=int,
            default=0,
            metavar="N",
            help="submit N more generated comments on the first article",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        number = options["comments"]
        if number < 0:
            raise CommandError("--comments must be 0 or more.")
        articles = seed.seed_articles()
        comments = seed.seed_comments()
        progress = tqdm(seed.seed_composed(number), total=number, unit="comment", disable=None)
        comments += sum(progress) if number else 0
        self.stdout.write(f"Demo loaded: {articles} new articles, {comments} new comments.")
