"""Celery tasks of delivery: follow the event log, then send what is due."""

from celery import shared_task

from moderation.delivery import webhook_sending
from moderation.delivery.follow import follow
from moderation.delivery.webhook_log import store_messages


@shared_task
def deliver() -> None:
    """Store what the new events make to be told, and request what is due to be sent."""
    follow("webhooks", store_messages)
    for endpoint in webhook_sending.due_endpoints():
        send_webhooks.delay(endpoint)


@shared_task
def send_webhooks(endpoint: int) -> None:
    webhook_sending.send_to(endpoint)
