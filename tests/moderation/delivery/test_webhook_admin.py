"""A superuser sets webhooks, sees what became of each message, and sends it again."""

import re
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test import Client

from comments.models import Site
from moderation.accounts.roles import Role
from moderation.delivery.models import Endpoint, Message, MessageState
from tests.makers import make_comment
from tests.moderation.delivery.receiver import LOOPBACK, Receiver, deliver, make_endpoint
from tests.moderation.desk.desks import signed_in_as, signed_in_as_superuser

pytestmark = pytest.mark.django_db

HOOKS = "/en/admin/delivery/endpoint/"
LOG = "/en/admin/delivery/message/"
URL = "https://www.example.org/hooks"


@pytest.fixture
def root() -> Client:
    return signed_in_as_superuser()


def form(**over: Any) -> dict[str, Any]:
    site = Site.objects.default()
    return {"site": site.pk, "url": URL, "kinds": ["purge"], "active": "on", **over}


def secrets_on(page: str) -> list[str]:
    return re.findall(r"whsec_[\w+/=]+", page)


def test_a_webhook_is_made_and_its_secret_shown(root: Client) -> None:
    answer = root.post(f"{HOOKS}add/", form(kinds=["comment.created", "purge"]))
    assert answer.status_code == 302, answer.content.decode()
    endpoint = Endpoint.objects.get()
    assert (endpoint.url, endpoint.kinds) == (URL, ["comment.created", "purge"])
    shown = root.get(f"{HOOKS}{endpoint.pk}/secret/")
    assert secrets_on(shown.content.decode()) == endpoint.secrets
    assert "no-store" in shown["Cache-Control"]
    changed = root.get(f"{HOOKS}{endpoint.pk}/change/").content.decode()
    assert not secrets_on(changed)


def test_the_secret_is_stored_encrypted() -> None:
    endpoint = make_endpoint(URL)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM delivery_endpoint")
        stored = str(cursor.fetchall())
    assert endpoint.secrets[0] not in stored
    assert endpoint.secrets[0].removeprefix("whsec_") not in stored


def test_a_new_secret_comes_beside_the_old_one(root: Client) -> None:
    endpoint = make_endpoint(URL)
    old = endpoint.secrets
    page = root.post(f"{HOOKS}{endpoint.pk}/rotate/", follow=True).content.decode()
    new, kept = secrets_on(page)
    assert [kept] == old
    page = root.post(f"{HOOKS}{endpoint.pk}/stop/", follow=True).content.decode()
    assert secrets_on(page) == [new]


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "http://www.example.org/"},
        {"url": "https://a:b@example.org/"},
        {"url": "ftp://example.org/"},
        {"kinds": []},
        {"kinds": ["test"]},
    ],
)
def test_a_wrong_webhook_is_not_saved(root: Client, wrong: dict[str, Any]) -> None:
    assert root.post(f"{HOOKS}add/", form(**wrong)).status_code == 200
    assert not Endpoint.objects.exists()


def test_without_tls_only_where_private_networks_are_allowed(root: Client, settings: Any) -> None:
    settings.WEBHOOK_PRIVATE_NETWORKS = LOOPBACK
    assert root.post(f"{HOOKS}add/", form(url="http://127.0.0.1:9000/")).status_code == 302


@pytest.mark.parametrize("role", Role)
def test_no_role_sees_webhooks_or_their_messages(role: Role) -> None:
    endpoint, client = make_endpoint(URL), signed_in_as(role)
    for page in (HOOKS, LOG, f"{HOOKS}{endpoint.pk}/secret/", f"{HOOKS}{endpoint.pk}/change/"):
        assert client.get(page).status_code == 403
    for act in ("rotate", "stop", "test"):
        assert client.post(f"{HOOKS}{endpoint.pk}/{act}/").status_code == 403


def test_the_acts_need_a_post(root: Client) -> None:
    endpoint = make_endpoint(URL)
    for act in ("rotate", "stop", "test"):
        assert root.get(f"{HOOKS}{endpoint.pk}/{act}/").status_code == 405


def test_a_test_message_is_sent(root: Client, receiver: Receiver) -> None:
    endpoint = make_endpoint(receiver.url, "purge")
    root.post(f"{HOOKS}{endpoint.pk}/test/")
    deliver()
    assert receiver.kinds == ["test"]


def test_the_log_shows_each_message_and_sends_it_again(root: Client, receiver: Receiver) -> None:
    make_endpoint(receiver.url, "comment.published")
    receiver.status = 418
    comment = make_comment(text="Дякую за міст.")
    deliver()
    page = root.get(LOG).content.decode()
    assert "a comment was published" in page
    assert "418" in page
    assert f"#{comment.pk}" in page
    message = Message.objects.get()
    detail = root.get(f"{LOG}{message.pk}/change/").content.decode()
    assert "Дякую за міст." in detail
    assert message.uid in detail
    Message.objects.update(state=MessageState.FAILED)
    receiver.status = 200
    chosen = {"action": "send_again", "_selected_action": [message.pk]}
    said = root.post(LOG, chosen, follow=True).content.decode()
    assert "1 message will be sent again." in said
    deliver()
    assert Message.objects.get().state == MessageState.DELIVERED


def test_a_message_can_neither_be_changed_nor_deleted(root: Client) -> None:
    message = Message.objects.create(endpoint=make_endpoint(URL), uid="msg_1", kind="test")
    assert root.get(f"{LOG}{message.pk}/delete/").status_code == 403
    assert root.post(f"{LOG}{message.pk}/change/", {}).status_code == 403
    assert root.get(f"{LOG}add/").status_code == 403


def test_new_contact_keys_take_over_the_secrets(settings: Any, root: Client) -> None:
    endpoint, old = make_endpoint(URL), settings.CONTACT_KEYS
    secret, new = endpoint.secrets, "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
    settings.CONTACT_KEYS = [new, *old]
    call_command("rotate_contact_keys")
    settings.CONTACT_KEYS = [new]
    endpoint.refresh_from_db()
    assert endpoint.secrets == secret


def test_a_secret_whose_key_is_lost_is_said_and_can_be_replaced(
    settings: Any, root: Client
) -> None:
    endpoint = make_endpoint(URL)
    settings.CONTACT_KEYS = ["MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="]
    with pytest.raises(CommandError, match="1 secrets of webhooks"):
        call_command("rotate_contact_keys")
    assert "CONTACT_KEYS" in root.get(f"{HOOKS}{endpoint.pk}/secret/").content.decode()
    page = root.post(f"{HOOKS}{endpoint.pk}/rotate/", follow=True).content.decode()
    assert len(secrets_on(page)) == 1


def test_a_webhook_is_deleted_with_its_messages(root: Client, receiver: Receiver) -> None:
    endpoint = make_endpoint(receiver.url)
    make_comment()
    deliver()
    assert Message.objects.exists()
    page = root.post(f"{HOOKS}{endpoint.pk}/delete/", {"post": "yes"}, follow=True)
    assert page.status_code == 200
    assert not Endpoint.objects.exists()
    assert not Message.objects.exists()
