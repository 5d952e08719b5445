"""The name by which a site's own exports are recognised."""

from django.utils.crypto import salted_hmac

from comments.models import Site


def own_source(site: Site) -> str:
    """Return a name that no other installation has for a site, nor anyone can guess."""
    return salted_hmac("comments.archives", site.key, algorithm="sha256").hexdigest()[:32]
