"""Ask once before a decision against what a person has decided here on almost the same text."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.humanize.templatetags.humanize import naturaltime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comments.models import Comment
from moderation import precedents
from moderation.desk.decision_words import what
from moderation.desk.forms import BulkForm, ReviewForm
from moderation.models import Decision
from moderation.policy.verdict import Verdict

# How many of the comments that a decision on many would contradict are listed.
LISTED = 20


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question before a decision; the same decision again answers it with yes.

    comment: on whose card it is asked; 0 if it is asked in the bar.
    """

    sentence: str
    decision: str
    comment: int = 0


@dataclass(frozen=True, kw_only=True)
class Contradiction:
    """A comment that a decision on many would decide otherwise than an earlier one was."""

    comment: Comment
    earlier: Decision


def asked(form: ReviewForm | BulkForm) -> Asked | None:
    """Return the question that a valid form for one comment has to answer first, if any."""
    review = form.review
    if review.sure:
        return None
    comments = (
        Comment.objects.filter(pk__in=review.seen).select_related("article").defer("article__text")
    )
    found = precedents.against(review.verdict, list(comments))
    if not found:
        return None
    ((pk, earlier),) = found.items()
    comment = pk if isinstance(form, ReviewForm) else 0
    return Asked(sentence=about_one(earlier), decision=form.data["decision"], comment=comment)


def contradictions(verdict: Verdict, comments: Sequence[Comment]) -> list[Contradiction]:
    """Return what a decision on these comments would contradict. Needs their articles."""
    found = precedents.against(verdict, comments)
    return [Contradiction(comment=c, earlier=found[c.pk]) for c in comments if c.pk in found]


def about_one(earlier: Decision) -> str:
    return _(
        "Almost the same text was decided otherwise: %(what)s, %(who)s, %(when)s. "
        "Press the same again to confirm."
    ) % {
        "what": what(earlier),
        "who": earlier.by_whom,
        "when": naturaltime(earlier.created_at),
    }


def about_many(count: int) -> str:
    sentence = ngettext(
        "%(count)d of them has almost the same text as one that was decided otherwise.",
        "%(count)d of them have almost the same text as ones that were decided otherwise.",
        count,
    )
    return sentence % {"count": count}
