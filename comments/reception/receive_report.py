"""Receive a reader's report of a comment: throttles, and not of one's own comment."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from comments.identity import reporter_key, wide_network_key, writer_key
from comments.models import Comment
from comments.reception import throttles
from moderation.models import Report, ReportReason
from moderation.reports import Complaint, report


class OwnCommentError(Exception):
    """The reader wrote the comment."""

    sentence = _("This is your own comment, so you cannot report it.")


@dataclass(frozen=True, kw_only=True)
class Reporter:
    """Where a report came from: the address and the reader's secret."""

    address: str
    secret: str

    def is_author_of(self, comment: Comment) -> bool:
        return comment.writer_key == writer_key(comment.author_key, self.secret)


def receive_report(
    *, comment: Comment, reporter: Reporter, reason: ReportReason, sentence: str
) -> Report:
    """Store a report from the page or the REST API, within the limits.

    Raises ThrottledError, OwnCommentError or NotReportableError; nothing is stored then.
    """
    site = comment.article.site_id
    key = reporter_key(reporter.secret, site)
    throttles.admit_report(site=site, address=reporter.address, reporter=key)
    if reporter.is_author_of(comment):
        raise OwnCommentError
    complaint = Complaint(
        reporter_key=key,
        network_key=wide_network_key(reporter.address, site),
        reason=reason,
        sentence=sentence,
    )
    return report(comment=comment, complaint=complaint)
