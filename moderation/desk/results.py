"""Messages after a decision: what was done, and what somebody else decided first."""

from collections.abc import Iterator, Sequence

from django.contrib import messages
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comments.models import Comment, Status
from moderation.desk.bulk_words import kept_sentence
from moderation.desk.decision_words import UNDECIDED, has_changed
from moderation.desk.forms import Review
from moderation.desk.navigation import with_review_link
from moderation.labels import of_outcome, reason_of
from moderation.models import Decision
from moderation.policy.verdict import Outcome, Reason
from moderation.services import Reviewed

# How many comments that somebody else decided are named; the others are only counted.
MAX_NAMED = 5


def result_messages(review: Review, reviewed: Reviewed) -> Iterator[tuple[int, str]]:
    """Yield each message as its level and its sentence."""
    if reviewed.done:
        yield messages.SUCCESS, with_review_link(_done(review, reviewed.done), reviewed.done)
    if reviewed.same:
        text = ngettext(
            "%d comment was already decided that way.",
            "%d comments were already decided that way.",
            len(reviewed.same),
        )
        yield messages.INFO, text % len(reviewed.same)
    for sentence in _decided_by_others(reviewed.changed):
        yield messages.WARNING, sentence


def _done(review: Review, done: Sequence[int]) -> str:
    count, verdict = len(done), review.verdict
    if verdict.reason == Reason.KEPT:
        return kept_sentence(count)
    if verdict.outcome == Outcome.HOLD:
        text = ngettext(
            "%(count)d comment returned to the queue.",
            "%(count)d comments returned to the queue.",
            count,
        )
        return text % {"count": count}
    if verdict.outcome == Outcome.PUBLISH:
        return ngettext("%d comment published.", "%d comments published.", count) % count
    if all(review.seen[pk].status == Status.REJECTED for pk in done):
        text = ngettext("Reason changed for %d comment.", "Reason changed for %d comments.", count)
        return text % count
    return ngettext("%d comment rejected.", "%d comments rejected.", count) % count


def _decided_by_others(ids: Sequence[int]) -> Iterator[str]:
    """Yield what somebody else decided first, who and when, or what changed, with a link."""
    decisions = Decision.objects.filter(comment__in=ids[:MAX_NAMED]).select_related(
        "comment", "user", "site_key", "own_reason"
    )
    latest = {decision.comment_id: decision for decision in decisions.order_by("pk")}
    for pk, decision in latest.items():
        if decision.comment.status in UNDECIDED:
            yield with_review_link(has_changed(decision.comment), [pk])
        else:
            yield _already_decided(pk, decision)
    if more := len(ids) - len(latest):
        text = ngettext(
            "%d more comment had already been decided on.",
            "%d more comments had already been decided on.",
            more,
        )
        yield with_review_link(text % more, ids[MAX_NAMED:] or ids)


def _already_decided(pk: int, decision: Decision) -> str:
    return format_html(
        _('Already decided: <a href="{url}">{comment}</a> — {what}; {who}, {when}.'),
        url=reverse("admin:comment", args=[pk]),
        comment=Comment(pk=pk),
        what=f"{of_outcome(decision.outcome)}, {reason_of(decision)}",
        who=decision.by_whom,
        when=date_format(localtime(decision.created_at), "DATETIME_FORMAT"),
    )
