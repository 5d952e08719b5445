"""Signing in at the desk in the tests."""

from django.test import Client

from moderation.roles import Role, make_member


def signed_in_as(role: Role, name: str = "") -> Client:
    """Someone with this role, reading English."""
    user, _ = make_member(name or role.name.lower(), role)
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client
