"""The secrets of webhooks: change them while receivers go on, and encrypt them with a new key."""

from django.db import transaction

from comments import encryption
from moderation.delivery.models import Endpoint, new_secret

_COLUMNS = ("sealed_secret", "sealed_old_secret", "key_id")


def rotate_secret(endpoint: Endpoint) -> None:
    """Make a new secret; the one that was current signs as well until `stop_old_secret`."""
    with transaction.atomic():
        current = _locked(endpoint)
        kept = current.secrets[:1] if _is_readable(current) else []
        current.seal([new_secret(), *kept])
        current.save(update_fields=_COLUMNS)


def stop_old_secret(endpoint: Endpoint) -> None:
    """Sign with the current secret only."""
    Endpoint.objects.filter(pk=endpoint.pk).update(sealed_old_secret="")


def reseal_secrets() -> int:
    """Encrypt all secrets with the first of CONTACT_KEYS; return how many keys are missing for."""
    unreadable = 0
    for endpoint in Endpoint.objects.exclude(key_id=encryption.key_id()):
        with transaction.atomic():
            current = _locked(endpoint)
            if _is_readable(current):
                current.seal(current.secrets)
                current.save(update_fields=_COLUMNS)
            else:
                unreadable += 1
    return unreadable


def _locked(endpoint: Endpoint) -> Endpoint:
    return Endpoint.objects.select_for_update().get(pk=endpoint.pk)


def _is_readable(endpoint: Endpoint) -> bool:
    try:
        return bool(endpoint.secrets)
    except encryption.WrongKeyError:
        return False
