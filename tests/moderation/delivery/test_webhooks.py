"""A site's own server is told what happens to its comments, in a way that it can verify."""

import datetime as dt
import json
from typing import Any

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from comments.models import Comment, Event, EventKind, Site, Status
from moderation.delivery.models import Endpoint, Message, MessageState
from moderation.delivery.webhook_secrets import rotate_secret, stop_old_secret
from moderation.policy.verdict import Outcome, Reason
from moderation.privacy import erase_person
from tests.makers import decide, make_article, make_comment
from tests.moderation.delivery.receiver import Receiver, deliver, make_endpoint

pytestmark = pytest.mark.django_db


def test_a_comment_is_told_of_when_it_comes_and_when_it_is_decided(receiver: Receiver) -> None:
    make_endpoint(receiver.url)
    article = make_article(key="mist", title="Міст", url="https://www.example.org/mist")
    comment = make_comment(article, author_name="Олена", text="Дякую за новину.")
    deliver()
    assert receiver.kinds == ["comment.created", "comment.published"]
    data = receiver.bodies[1]["data"]
    assert data["comment"] == {
        "id": comment.pk,
        "parent_id": None,
        "status": "published",
        "reason": "clean",
        "revision": 1,
        "by": "policy",
        "author_name": "Олена",
        "author_url": "",
        "text": "Дякую за новину.",
        "created_at": comment.created_at.isoformat(),
    }
    assert data["article"] == {
        "key": "mist",
        "title": "Міст",
        "url": "https://www.example.org/mist",
    }
    assert data["site"] == "main"
    events = [body["data"]["event"] for body in receiver.bodies]
    assert events == list(Event.objects.order_by("pk").values_list("pk", flat=True))
    assert not Message.objects.exclude(state=MessageState.DELIVERED).exists()


def test_the_library_of_standard_webhooks_verifies_every_message(receiver: Receiver) -> None:
    endpoint = make_endpoint(receiver.url)
    make_comment()
    deliver()
    headers, body = receiver.requests[0]
    assert Webhook(endpoint.secrets[0]).verify(body, headers) == json.loads(body)
    with pytest.raises(WebhookVerificationError):
        Webhook(endpoint.secrets[0]).verify(body.replace(b"created", b"removed"), headers)
    other = make_endpoint(receiver.url)
    with pytest.raises(WebhookVerificationError):
        Webhook(other.secrets[0]).verify(body, headers)


def test_while_a_secret_is_changed_both_verify(receiver: Receiver) -> None:
    endpoint = make_endpoint(receiver.url, "comment.created")
    old = endpoint.secrets[0]
    rotate_secret(endpoint)
    endpoint.refresh_from_db()
    new = endpoint.secrets[0]
    make_comment()
    deliver()
    headers, body = receiver.requests[0]
    assert Webhook(new).verify(body, headers) == Webhook(old).verify(body, headers)
    stop_old_secret(endpoint)
    make_comment()
    deliver()
    headers, body = receiver.requests[1]
    assert Webhook(new).verify(body, headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(old).verify(body, headers)


def test_no_message_has_an_email_or_an_address(receiver: Receiver) -> None:
    make_endpoint(receiver.url)
    make_comment(author_email="olena@example.org", address="203.0.113.7", secret="s" * 32)
    deliver()
    sent = b"".join(body for _headers, body in receiver.requests)
    comment = Comment.objects.get()
    for private in ("olena", "203.0.113", comment.author_key, comment.writer_key):
        assert private.encode() not in sent


def test_each_webhook_gets_the_kinds_that_it_asks_for_of_its_own_site(receiver: Receiver) -> None:
    second = Site.objects.create(key="second", name="Друга")
    make_endpoint(receiver.url, "comment.rejected")
    make_endpoint(receiver.url, "comment.held", site=second)
    make_comment(status=Status.REJECTED)
    make_comment(status=Status.HELD)
    make_comment(make_article(site=second), status=Status.HELD)
    make_comment(make_article(site=second), status=Status.REJECTED)
    deliver()
    told = [(body["data"]["site"], body["type"]) for body in receiver.bodies]
    assert sorted(told) == [("main", "comment.rejected"), ("second", "comment.held")]


def test_what_happened_before_a_webhook_was_made_is_not_told(receiver: Receiver) -> None:
    make_comment()
    make_endpoint(receiver.url)
    deliver()
    assert receiver.requests == []


def test_an_inactive_webhook_is_told_nothing(receiver: Receiver) -> None:
    endpoint = make_endpoint(receiver.url)
    Endpoint.objects.update(active=False)
    make_comment()
    deliver()
    Endpoint.objects.filter(pk=endpoint.pk).update(active=True)
    deliver()
    assert receiver.requests == []


def test_an_edit_is_told(receiver: Receiver) -> None:
    comment = make_comment()
    make_endpoint(receiver.url, "comment.edited")
    payload: dict[str, Any] = {"status": "pending", "revision": 1, "by": "author"}
    Event.objects.create(
        kind=EventKind.EDITED, comment_number=comment.pk, site_key="main", payload=payload
    )
    deliver()
    assert receiver.kinds == ["comment.edited"]


def test_an_erased_comment_is_told_and_is_in_no_later_message(receiver: Receiver) -> None:
    make_endpoint(receiver.url)
    receiver.status = 500
    make_comment(author_email="olena@example.org", author_name="Олена", text="Таємні слова.")
    deliver()
    erase_person(email="olena@example.org", operator="root", remove=False)
    receiver.status, receiver.requests = 204, []
    Message.objects.update(due_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    deliver()
    assert receiver.kinds == ["comment.created", "comment.published", "comment.erased"]
    sent = json.dumps(receiver.bodies, ensure_ascii=False)
    assert "Таємні" not in sent
    assert "Олена" not in sent


def test_a_message_has_the_version_of_its_event(receiver: Receiver) -> None:
    make_endpoint(receiver.url, "comment.created")
    comment = make_comment(text="Перша версія.")
    Comment.objects.filter(pk=comment.pk).update(text="Друга версія.", revision=2)
    deliver()
    assert receiver.bodies[0]["data"]["comment"]["text"] == "Перша версія."


def test_a_decision_that_another_has_followed_is_not_told_late(receiver: Receiver) -> None:
    make_endpoint(receiver.url, "comment.published", "comment.rejected")
    receiver.status = 500
    comment = make_comment()
    deliver()
    receiver.status, receiver.requests = 204, []
    decide(comment, Outcome.REJECT, Reason.SPAM)
    Message.objects.update(due_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    deliver()
    assert receiver.kinds == ["comment.rejected"]
    assert Message.objects.filter(state=MessageState.SKIPPED).count() == 1
