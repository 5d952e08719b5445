"""What a moderator's buttons say: a verdict, and the comments as they were seen."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from comments.identity import is_id
from comments.models import Comment, Status
from moderation.desk import campaigns
from moderation.policy.verdict import REJECTION_REASONS, Outcome, Reason, Verdict
from moderation.transitions import Seen

VERDICTS = {
    f"{verdict.outcome}:{verdict.reason}": verdict
    for verdict in (
        Verdict(Outcome.PUBLISH, Reason.REVIEWED),
        *(Verdict(Outcome.REJECT, reason) for reason in REJECTION_REASONS),
    )
}


@dataclass(frozen=True)
class Review:
    verdict: Verdict
    seen: Mapping[int, Seen]


def seen_value(comment: Comment) -> str:
    """What the page keeps of a comment's state, for asked_review to read back."""
    return f"{comment.pk}:{comment.status}:{comment.version}"


def asked_review(data: QueryDict) -> Review:
    """The verdict and the comments that a page of cards was sent with.

    A card's own button sends `decide_one` "id:outcome:reason"; those of the bar send `decide`
    "outcome:reason" for the ids in `chosen`, with `page` for all that the page shows, or with
    `whole` "campaign:id" for all of a campaign that waits, came no later than the comment with that
    id, and does not stand apart, beside the ids in `chosen`. `seen` holds each card's state.
    Raises ValidationError with a sentence for the moderator.
    """
    if one := data.get("decide_one"):
        only, _colon, name = one.partition(":")
        chosen = {only}
    else:
        name, chosen = data.get("decide", ""), set(data.getlist("chosen"))
    if name not in VERDICTS:
        raise ValidationError(_("Choose what to do with the comments."))
    whole = "" if one else data.get("whole", "")
    everything = not one and not whole and "page" in data
    shown = data.getlist("seen")
    seen = dict(_read(s) for s in shown if everything or s.partition(":")[0] in chosen)
    if whole:
        seen = {**_whole(whole), **seen}
    if not seen:
        raise ValidationError(_("Tick the comments first."))
    return Review(VERDICTS[name], seen)


def _whole(value: str) -> Mapping[int, Seen]:
    campaign, _colon, up_to = value.partition(":")
    if not (campaigns.is_number(campaign) and is_id(up_to)):
        raise ValidationError(_("Reload the page and try again."))
    return campaigns.waiting(int(campaign), int(up_to))


def _read(value: str) -> tuple[int, Seen]:
    try:
        comment_id, status, version = value.split(":")
        if not is_id(comment_id):
            raise ValueError
        return int(comment_id), Seen(Status(status), int(version))
    except ValueError:
        raise ValidationError(_("Reload the page and try again.")) from None
