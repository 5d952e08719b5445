"""The `--site` option of commands."""

from argparse import ArgumentParser

from django.core.management.base import CommandError

from comments.models import DEFAULT_KEY, Site


def add_site_option(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--site", default=DEFAULT_KEY, help="the key of the site, if there are several"
    )


def site_named(key: str) -> Site:
    """Return the site with this key; raises CommandError if there is none."""
    if key == DEFAULT_KEY:
        return Site.objects.default()
    try:
        return Site.objects.get(pk=key)
    except Site.DoesNotExist:
        raise CommandError(f"There is no site with the key {key}.") from None
