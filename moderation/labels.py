"""Texts for each reason: a sentence for the author, a label for moderators."""

from collections.abc import Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from comments.models import Comment, Status
from moderation.policy.verdict import REJECTION_REASONS, Outcome, Reason

# The codes come from the database, and a newer version may have added some: show those as they are.
OUTCOME_LABELS: Mapping[str, Any] = {
    Outcome.PUBLISH: _("published"),
    Outcome.HOLD: _("held for a moderator"),
    Outcome.REJECT: _("rejected"),
    Outcome.WITHDRAW: _("withdrawn"),
}

REASON_LABELS: Mapping[str, Any] = {
    Reason.CLEAN: _("nothing found"),
    Reason.TRUSTED: _("trusted author"),
    Reason.BANNED_WORD: _("a word from the site's list"),
    Reason.LINKS: _("many links"),
    Reason.LANGUAGE: _("a language unknown to the model"),
    Reason.CAMPAIGN: _("the same text from many"),
    Reason.REPEATED_CONTACT: _("the same link or contact from many"),
    Reason.NAME_ADVERT: _("name: an advert"),
    Reason.NAME_CONTACT: _("name: contact details"),
    Reason.NAME_INSULT: _("name: an insult"),
    Reason.IMPERSONATION: _("name: like the site's own"),
    Reason.WEBSITE: _("author's website"),
    Reason.AUTOMATED: _("probably sent by a bot"),
    Reason.RAPID: _("several comments in a minute"),
    Reason.UNSCORED: _("could not be scored"),
    Reason.REPORTED: _("reported by readers"),
    Reason.AUTHOR_HELD: _("author under review"),
    Reason.ARTICLE_HELD: _("article under review"),
    Reason.RETURNED: _("returned to the queue"),
    Reason.MENDED: _("changed after an objection"),
    Reason.APPEALED: _("the author appeals"),
    Reason.IMPORTED: _("from the earlier comment system"),
    Reason.SPAM: _("spam"),
    Reason.TOXICITY: _("insult"),
    Reason.HATE: _("hate or threats"),
    Reason.PERSONAL_DATA: _("personal data"),
    Reason.OFF_TOPIC: _("off topic"),
    Reason.REPEAT: _("repeat"),
    Reason.AUTHOR_BANNED: _("banned author"),
    Reason.REVIEWED: _("reviewed by a moderator"),
    Reason.KEPT: _("kept after readers' reports"),
    Reason.ERASED: _("erased at the author's request"),
    Reason.EXPIRED: _("expired without a decision"),
    Reason.PROBE: _("a service check"),
    Reason.WITHDRAWN: _("withdrawn by its author"),
}

LANGUAGE_LABELS: Mapping[str, Any] = {
    "uk": _("Ukrainian"),
    "ru": _("Russian"),
    "en": _("English"),
    "other": _("another one"),
}

JUDGE_LABELS: Mapping[str, Any] = {
    "fast": _("words"),
    "embedding": _("meaning"),
    "onnx": _("large model"),
}

_PENDING = _("Your comment is being checked. That usually takes a few seconds.")
_PUBLISHED = _("Your comment is published.")
_PUBLISHED_UNSEEN = _(
    "The comment that you answered was taken down, so your reply is not shown either."
)
_HELD: Mapping[str, Any] = {
    Reason.SPAM: _("Your comment looks like advertising, so a moderator will read it first."),
    Reason.TOXICITY: _("Your comment may offend someone, so a moderator will read it first."),
    Reason.LINKS: _("Your comment has many links, so a moderator will read it first."),
    Reason.LANGUAGE: _(
        "The automatic check does not know the language of your comment, "
        "so a moderator will read it first."
    ),
    Reason.CAMPAIGN: _(
        "Many people are sending nearly the same comment, so a moderator will read it first."
    ),
    Reason.REPEATED_CONTACT: _(
        "Many comments contain the same link or contact as yours, so a moderator will read it "
        "first."
    ),
    Reason.NAME_ADVERT: _(
        "The name you gave looks like advertising, so a moderator will read your comment first. "
        "Comments under an ordinary name do not have to wait for this."
    ),
    Reason.NAME_CONTACT: _(
        "The name you gave contains a link or contact details, so a moderator will read your "
        "comment first. The name field is for a name only."
    ),
    Reason.NAME_INSULT: _(
        "The name you gave may offend someone, so a moderator will read your comment first."
    ),
    Reason.IMPERSONATION: _(
        "The name you gave may be taken for that of this site or of someone who works for it, "
        "so a moderator will read your comment first."
    ),
    Reason.WEBSITE: _(
        "The website you gave looks like advertising or does not show where it leads, "
        "so a moderator will read your comment first."
    ),
    Reason.HATE: _(
        "Your comment may contain hatred or a threat, so a moderator will read it first."
    ),
    Reason.PERSONAL_DATA: _(
        "Your comment may disclose someone's personal data, so a moderator will read it first."
    ),
    Reason.AUTOMATED: _(
        "We could not tell whether a person or a program sent your comment, "
        "so a moderator will read it first."
    ),
    Reason.RAPID: _(
        "You are sending many comments in a short time, so a moderator will read this one first."
    ),
    Reason.UNSCORED: _(
        "The automatic check is not working right now, so a moderator will read your comment."
    ),
    Reason.REPORTED: _("Readers have reported your comment, so a moderator will read it again."),
    Reason.ARTICLE_HELD: _(
        "Every comment on this article is read by a moderator before it is published."
    ),
    Reason.MENDED: _("You have changed your comment, so a moderator will read it again."),
    Reason.APPEALED: _("You have asked the moderators to look at your comment again."),
}
_HELD_OTHERWISE = _("A moderator will read your comment before it is published.")
_REJECTED: Mapping[str, Any] = {
    Reason.SPAM: _("Your comment is not published: it looks like advertising or spam."),
    Reason.TOXICITY: _("Your comment is not published: it insults or humiliates."),
    Reason.HATE: _("Your comment is not published: it spreads hatred or threatens."),
    Reason.PERSONAL_DATA: _("Your comment is not published: it discloses someone's personal data."),
    Reason.OFF_TOPIC: _("Your comment is not published: it is not about the article."),
    Reason.AUTHOR_BANNED: _(
        "Your comment is not published: the editors do not accept comments from you for now."
    ),
    Reason.PROBE: _("This comment was a service check; nobody has seen it."),
    Reason.REPEAT: _("Your comment is not published: you have already said this here."),
    Reason.ERASED: _("Your comment has been erased, as you asked."),
    Reason.EXPIRED: _(
        "Your comment waited for a moderator for too long; it is not published and no longer kept."
    ),
}
_WITHDRAWN = _("You have withdrawn this comment, so readers no longer see it.")
_REJECTED_OTHERWISE = _("Your comment is not published: a moderator decided so.")


def for_moderator(reason: str) -> str:
    return str(REASON_LABELS.get(reason, reason))


def of_judge(judge: str) -> str:
    return str(JUDGE_LABELS.get(judge, judge))


def percent(score: float | None) -> str:
    return "—" if score is None else f"{score:.0%}"


def exact_percent(score: float | None) -> str:
    """Return the percentage without rounding, in the format of the reader's language."""
    return "—" if score is None else f"{number_format(f'{score * 100:.6g}')}%"


def reason_of(decision: Any) -> str:
    """Return the reason of a decision: the site's own, or what it counts as."""
    return str(decision.own_reason or for_moderator(decision.reason))


def of_outcome(outcome: str) -> str:
    return str(OUTCOME_LABELS.get(outcome, outcome))


def of_language(language: str) -> str:
    return str(LANGUAGE_LABELS.get(language, language))


def for_author(comment: Comment) -> str:
    """Return the decision on the comment and its reason, in the reader's language."""
    status, reason = comment.status_for_author, comment.reason_for_author
    if status == Status.PUBLISHED and not comment.is_visible:
        return str(_PUBLISHED_UNSEEN)
    if status == Status.HELD:
        reason = reason or _asked(comment)
    is_own = status == Status.REJECTED and reason in REJECTION_REASONS
    own_words = _own_words(comment) if is_own else ""
    return own_words or of_status(status, reason)


def of_status(status: Status, reason: str) -> str:
    """Return what the author of a comment with this status is told in the built-in words."""
    if status == Status.PENDING:
        return str(_PENDING)
    if status == Status.PUBLISHED:
        return str(_PUBLISHED)
    if status == Status.HELD:
        return str(_HELD.get(reason, _HELD_OTHERWISE))
    if status == Status.WITHDRAWN:
        return str(_WITHDRAWN)
    return str(_REJECTED.get(reason, _REJECTED_OTHERWISE))


def _asked(comment: Comment) -> str:
    """Return the reason of an appeal that is decided, but whose author is not told yet."""
    return Reason.APPEALED if hasattr(comment, "appeal") else ""


def _own_words(comment: Comment) -> str:
    """Return the site's own wording of the latest decision, in the reader's language."""
    latest = comment.decisions.select_related("own_reason").order_by("-id").first()
    return latest.own_reason.public if latest and latest.own_reason else ""
