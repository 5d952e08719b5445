"""Celery's side of what is done each night."""

from celery import shared_task

from comments import contacts


# The first night of an old site has years to drop: longer than the broker waits for an ack, after
# which it would give the task to the next worker too, until all of them drop and none decides.
@shared_task(soft_time_limit=600, time_limit=660, acks_late=False)
def drop_contacts() -> None:
    contacts.drop_contacts()
