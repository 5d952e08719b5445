"""Celery tasks of daily housekeeping."""

from celery import shared_task
from django.utils import timezone

from comments import contacts, events
from comments.reception.idempotency import drop_old_answers
from comments.reception.throttles import is_first
from moderation import bulk, reports, retention
from moderation.delivery import mail_requests, webhook_sending


# Every worker requests these hourly; the first request of a day does the work. acks_late is off
# because the first run on an old site may take longer than the broker's visibility time-out, after
# which other workers would be given the same task.
@shared_task(soft_time_limit=600, time_limit=660, acks_late=False)
def drop_contacts() -> None:
    if is_first(f"contacts dropped on {timezone.localdate()}"):
        contacts.drop_contacts()
        mail_requests.drop_unreachable()
        reports.drop_networks()


@shared_task(soft_time_limit=600, time_limit=660, acks_late=False)
def drop_texts() -> None:
    if is_first(f"texts dropped on {timezone.localdate()}"):
        retention.drop_texts()
        bulk.drop_old()


@shared_task(soft_time_limit=600, time_limit=660, acks_late=False)
def drop_events() -> None:
    if is_first(f"events dropped on {timezone.localdate()}"):
        events.drop_old_events()
        drop_old_answers()
        webhook_sending.drop_old_messages()
