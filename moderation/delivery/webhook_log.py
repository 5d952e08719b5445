"""Turn events into messages for the webhooks of their site."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from comments.models import OF_DECISIONS, Comment, Event, EventKind, Status
from moderation.delivery.announcements import told_from
from moderation.delivery.models import Endpoint, Message, MessageKind, new_id
from moderation.models import Decision

_BY_EVENT: Mapping[str, MessageKind] = {
    EventKind.SUBMITTED: MessageKind.CREATED,
    EventKind.EDITED: MessageKind.EDITED,
    EventKind.WITHDRAWN: MessageKind.WITHDRAWN,
    EventKind.ERASED: MessageKind.ERASED,
}
_BY_STATUS: Mapping[str, MessageKind] = {
    Status.PUBLISHED: MessageKind.PUBLISHED,
    Status.HELD: MessageKind.HELD,
    Status.REJECTED: MessageKind.REJECTED,
}
# Those after which a list that was cached may be wrong, beside decisions.
_CHANGE_THE_LIST = frozenset({EventKind.EDITED, EventKind.ERASED, EventKind.WITHDRAWN})


def store_messages(found: Sequence[Event]) -> None:
    """Store what each active webhook is told of these events."""
    endpoints: dict[str, list[Endpoint]] = defaultdict(list)
    for endpoint in Endpoint.objects.filter(active=True):
        endpoints[endpoint.site_id].append(endpoint)
    of_sites = [event for event in found if event.site_key in endpoints]
    messages = [
        message
        for event in of_sites
        for endpoint in endpoints[event.site_key]
        for message in _messages(event, endpoint)
    ]
    Message.objects.bulk_create([*messages, *_purges(of_sites, endpoints)])


def _messages(event: Event, endpoint: Endpoint) -> Iterable[Message]:
    kind = _kind(event)
    # What happened before it was made is not sent.
    if kind and kind in endpoint.kinds and event.created_at >= endpoint.created_at:
        yield Message(
            endpoint=endpoint,
            uid=new_id(),
            kind=kind,
            event_number=event.pk,
            comment_number=event.comment_number,
            facts=event.payload,
            happened_at=event.created_at,
            due_at=told_from(event.created_at, _actor(event)),
        )


def _kind(event: Event) -> MessageKind | None:
    if event.kind in OF_DECISIONS:
        return _BY_STATUS.get(event.payload.get("status", ""))
    return _BY_EVENT.get(event.kind)


def _actor(event: Event) -> str:
    """Return who decided; whatever else happened cannot be undone."""
    return str(event.payload.get("by", "")) if event.kind in OF_DECISIONS else ""


def _purges(
    found: Sequence[Event], endpoints: Mapping[str, Sequence[Endpoint]]
) -> Iterable[Message]:
    """Build one message for each webhook with all articles whose list these events change.

    It does not wait for an undo: it says nothing but where to look again.
    """
    articles = _changed_articles(found)
    for endpoint in (each for of_site in endpoints.values() for each in of_site):
        own = [event for event in found if event.site_key == endpoint.site_id]
        changed = sorted({articles[event.pk] for event in own if event.pk in articles})
        if changed and MessageKind.PURGE in endpoint.kinds:
            yield Message(
                endpoint=endpoint,
                uid=new_id(),
                kind=MessageKind.PURGE,
                event_number=own[-1].pk,
                facts={"articles": changed},
                happened_at=own[-1].created_at,
            )


def _changed_articles(found: Sequence[Event]) -> dict[int, int]:
    """Return the article of each event that may have changed what readers see."""
    before = _statuses_before(found)
    changed = {event.pk: event.comment_number for event in found if _is_seen(event, before)}
    rows = Comment.objects.filter(pk__in=set(changed.values()))
    of_comment = dict(rows.values_list("pk", "article"))
    return {pk: of_comment[number] for pk, number in changed.items() if number in of_comment}


def _is_seen(event: Event, before: Mapping[int, str]) -> bool:
    if event.kind not in OF_DECISIONS:
        return event.kind in _CHANGE_THE_LIST
    was = before.get(event.payload.get("decision", 0))
    return Status.PUBLISHED in (was, event.payload.get("status"))


def _statuses_before(found: Iterable[Event]) -> dict[int, str]:
    """Return the status before each of the decisions."""
    ids: list[Any] = [event.payload["decision"] for event in found if "decision" in event.payload]
    return dict(Decision.objects.filter(pk__in=ids).values_list("pk", "from_status"))
