"""The comments that a bulk decision leaves out, and why: who has one open, who decided first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from comments.models import Comment
from moderation import claims, notes
from moderation.desk.decision_words import UNDECIDED, what
from moderation.models import BulkDecision, Decision, Fate, Question

# How many comments of a kind are listed; the others are only counted.
MAX_LISTED = 20
# The kinds, in the order of the page.
_ORDER = (Fate.CHANGED, Fate.CLAIMED, Fate.ASKED, Fate.SAME, Fate.SEPARATE, Fate.LEFT_OUT)


@dataclass(frozen=True)
class LeftOut:
    """One comment, and a sentence that says why."""

    comment: Comment
    why: str


@dataclass(frozen=True, kw_only=True)
class Group:
    """The comments that are left out for one reason."""

    fate: Fate
    count: int
    listed: list[LeftOut] = field(default_factory=list)

    @property
    def more(self) -> int:
        return self.count - len(self.listed)

    @property
    def may_return(self) -> bool:
        """Whether the moderator left them out, and may take them in again."""
        return self.fate == Fate.LEFT_OUT


def groups(bulk: BulkDecision, found: Mapping[int, Fate]) -> list[Group]:
    """Return what is left out, by reason; `found` has what the database does not know yet."""
    stored = bulk.items.exclude(fate__in=(Fate.WAITING, Fate.DONE))
    fates = {**dict(stored.values_list("comment", "fate")), **found}
    by_fate: dict[str, list[int]] = {}
    for pk, fate in fates.items():
        by_fate.setdefault(fate, []).append(pk)
    listed = {fate: ids[:MAX_LISTED] for fate, ids in by_fate.items()}
    comments = Comment.objects.in_bulk(pk for ids in listed.values() for pk in ids)
    why = _Why(bulk, {fate: [comments[pk] for pk in ids] for fate, ids in listed.items()})
    return [
        Group(fate=fate, count=len(by_fate[fate]), listed=why.of(fate))
        for fate in _ORDER
        if fate in by_fate
    ]


class _Why:
    """Says why each listed comment is left out, with one query a kind."""

    def __init__(self, bulk: BulkDecision, comments: Mapping[str, list[Comment]]) -> None:
        self.bulk = bulk
        self.comments = comments

    def of(self, fate: Fate) -> list[LeftOut]:
        comments = self.comments[fate]
        sentences = {
            Fate.CHANGED: _decided,
            Fate.SAME: _decided,
            Fate.CLAIMED: self._claimed,
            Fate.ASKED: _asked,
        }.get(fate, lambda _comments: {})(comments)
        return [LeftOut(each, sentences.get(each.pk, "")) for each in comments]

    def _claimed(self, comments: Iterable[Comment]) -> dict[int, str]:
        names = claims.holders((each.pk for each in comments), besides=self.bulk.user)
        return {pk: _("%(name)s is reading it.") % {"name": name} for pk, name in names.items()}


def _asked(comments: Iterable[Comment]) -> dict[int, str]:
    found = notes.questions_on(each.pk for each in comments)
    return {pk: _in_words(questions[0]) for pk, questions in found.items()}


def _in_words(question: Question) -> str:
    facts = {"who": str(question.by), "text": question.text, "whom": str(question.addressee or "")}
    if question.addressee:
        return _("%(who)s asked %(whom)s: “%(text)s”") % facts
    return _("%(who)s asked the leads: “%(text)s”") % facts


def _decided(comments: Iterable[Comment]) -> dict[int, str]:
    """Say who decided what and when; of a comment that is undecided, that it has changed."""
    listed = {each.pk: each for each in comments}
    rows = Decision.objects.filter(comment__in=listed).select_related(
        "user", "site_key", "own_reason"
    )
    latest = {each.comment_id: each for each in rows.order_by("pk")}
    return {
        pk: _decision_in_words(latest[pk])
        if pk in latest and comment.status not in UNDECIDED
        else _("It has changed since you chose it.")
        for pk, comment in listed.items()
    }


def _decision_in_words(decision: Decision) -> str:
    when = date_format(localtime(decision.created_at), "SHORT_DATETIME_FORMAT")
    return f"{decision.by_whom}: {what(decision)}, {when}."
