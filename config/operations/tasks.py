"""Celery tasks of daily housekeeping."""

from celery import shared_task
from django.utils import timezone

from comments import contacts, events
from comments.reception.throttles import is_first
from moderation import retention


# Every worker asks for it each hour; the first of the day does it. An old site has years to drop at
# first: longer than the broker waits for an ack, after which it would give the task to the next
# worker too, until all of them drop and none decides.
@shared_task(soft_time_limit=600, time_limit=660, acks_late=False)
def drop_contacts() -> None:
    if is_first(f"contacts dropped on {timezone.localdate()}"):
        contacts.drop_contacts()


@shared_task(soft_time_limit=600, time_limit=660, acks_late=False)
def drop_texts() -> None:
    if is_first(f"texts dropped on {timezone.localdate()}"):
        retention.drop_texts()


@shared_task(soft_time_limit=600, time_limit=660, acks_late=False)
def drop_events() -> None:
    if is_first(f"events dropped on {timezone.localdate()}"):
        events.drop_old_events()
