"""Celery's side of what is done each night."""

from celery import shared_task

from comments import contacts


# The first night of an old site has years to drop.
@shared_task(soft_time_limit=600, time_limit=660)
def drop_contacts() -> None:
    contacts.drop_contacts()
