"""Ask once before a decision against what a person has decided here on almost the same text."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.humanize.templatetags.humanize import naturaltime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comments.models import Comment
from moderation import precedents
from moderation.desk.decision_words import what
from moderation.desk.forms import BulkForm, Review, ReviewForm
from moderation.models import Decision

# How many comments a question about many names.
NAMED = 3


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question before a decision; the same decision again answers it with yes.

    comment: which one it is about; 0 if the decision is about several.
    """

    sentence: str
    decision: str
    comment: int = 0


def asked(form: ReviewForm | BulkForm) -> Asked | None:
    """Return the question that a valid form has to answer first, if any."""
    review = form.review
    if review.sure:
        return None
    found = against(review)
    if not found:
        return None
    decision = form.data["decision"]
    if isinstance(form, ReviewForm):
        ((pk, earlier),) = found.items()
        return Asked(sentence=about_one(earlier), decision=decision, comment=pk)
    return Asked(sentence=about_many(found), decision=decision)


def against(review: Review) -> Mapping[int, Decision]:
    """Return the earlier decisions that a review would contradict, by its comments."""
    comments = Comment.objects.filter(pk__in=review.seen).select_related("article")
    return precedents.against(review.verdict, list(comments.order_by("pk")))


def about_one(earlier: Decision) -> str:
    return _(
        "Almost the same text was decided otherwise: %(what)s, %(who)s, %(when)s. "
        "Press the same again to confirm."
    ) % {
        "what": what(earlier),
        "who": earlier.by_whom,
        "when": naturaltime(earlier.created_at),
    }


def about_many(found: Mapping[int, Decision]) -> str:
    sentence = ngettext(
        "%(count)d of these comments has almost the same text as one that was decided otherwise "
        "(%(named)s). Press the same again to confirm.",
        "%(count)d of these comments have almost the same text as ones that were decided "
        "otherwise (%(named)s). Press the same again to confirm.",
        len(found),
    )
    first = [
        f"{Comment(pk=pk)}: {what(earlier)}, {earlier.by_whom}"
        for pk, earlier in list(found.items())[:NAMED]
    ]
    more = ["…"] if len(found) > NAMED else []
    return sentence % {"count": len(found), "named": "; ".join([*first, *more])}
