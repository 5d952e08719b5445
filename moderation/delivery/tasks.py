"""Celery tasks of delivery: follow the event log, then send what is due."""

from celery import shared_task
from django.conf import settings

from moderation.delivery import mail_sending, webhook_sending
from moderation.delivery.follow import follow
from moderation.delivery.mail_log import store_mails
from moderation.delivery.webhook_log import store_messages


@shared_task
def deliver() -> None:
    """Store what the new events make to be told, and request what is due to be sent."""
    follow("webhooks", store_messages)
    follow("mail", store_mails)
    for endpoint in webhook_sending.due_endpoints():
        send_webhooks.delay(endpoint)
    if settings.EMAIL_URL and mail_sending.is_due():
        send_mails.delay()


@shared_task
def send_webhooks(endpoint: int) -> None:
    webhook_sending.send_to(endpoint)


@shared_task
def send_mails() -> None:
    mail_sending.send_due()
