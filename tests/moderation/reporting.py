"""Helpers that report comments as readers do."""

import datetime as dt
from itertools import count
from typing import Any

from comments.models import Comment
from moderation.models import Report, ReportReason
from moderation.reports import Complaint, report

_numbers = count(1)


def report_it(comment: Comment, **over: Any) -> Report:
    """A report by a new reader from a network of their own, half an hour after the one before."""
    number = next(_numbers)
    minutes = over.pop("minutes", 30)
    facts = {"reporter_key": f"reader {number}", "network_key": f"network {number}"}
    complaint = Complaint(**{"reason": ReportReason.INSULT, **facts, **over})
    for earlier in comment.reports.all():
        earlier.created_at -= dt.timedelta(minutes=minutes)
        earlier.save(update_fields=["created_at"])
    made = report(comment=comment, complaint=complaint)
    comment.refresh_from_db()
    return made


def report_often(comment: Comment, times: int, **over: Any) -> None:
    for _ in range(times):
        report_it(comment, **over)
