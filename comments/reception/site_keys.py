"""The keys with which a site's own programs use the API."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import authentication, exceptions
from rest_framework.request import Request

from comments.models import KeyScope, SiteKey
from comments.reception.throttles import admit_program

KEY_REQUIRED = _("A site key is required. Send it in the header Authorization: Bearer.")


class ScopeError(exceptions.PermissionDenied):
    default_detail = _("This site key does not allow that. Ask the operator for one that does.")
    default_code = "key_scope"


class SiteKeyAuthentication(authentication.BaseAuthentication):
    """Authenticate a site's program by its key; `request.auth` is the SiteKey."""

    def authenticate(self, request: Request) -> tuple[None, SiteKey] | None:
        kind, _space, key = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        if kind.lower() != "bearer":
            return None
        known = SiteKey.objects.active(key.strip())
        if known is None:
            raise exceptions.AuthenticationFailed(KEY_REQUIRED)
        return None, known

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class SiteKeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = SiteKeyAuthentication
    name = "siteKey"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "From `manage.py add_site_key`."}


def require_key(request: Request, scope: KeyScope) -> SiteKey:
    """Return the key of the request, if it allows this; raises 401, 403 or ThrottledError."""
    shown = request.auth
    if not isinstance(shown, SiteKey):
        raise exceptions.NotAuthenticated(KEY_REQUIRED)
    if not shown.allows(scope):
        raise ScopeError
    admit_program(shown.pk)
    return shown
