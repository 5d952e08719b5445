"""The names by which a site's own exports, and the authors in them, are recognised."""

from django.utils.crypto import salted_hmac

from comments.models import Site

PREFIX = "peredmova "


def own_source(site: Site) -> str:
    """Return a name that no other installation has for a site."""
    return f"{PREFIX}{_hash('comments.archives.site', site.key)}"


def author_name(author_key: str) -> str:
    """Return what tells an author apart in an export, without the key that is used here."""
    return _hash("comments.archives.author", author_key)


def _hash(purpose: str, value: str) -> str:
    return salted_hmac(purpose, value, algorithm="sha256").hexdigest()[:32]
