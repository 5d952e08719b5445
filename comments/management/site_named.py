"""The `--site` option of commands."""

from django.core.management.base import CommandError

from comments.models import DEFAULT_KEY, Site


def site_named(key: str) -> Site:
    """Raises CommandError for a key that no site has."""
    if key == DEFAULT_KEY:
        return Site.objects.default()
    try:
        return Site.objects.get(pk=key)
    except Site.DoesNotExist:
        raise CommandError(f"There is no site with the key {key}.") from None
