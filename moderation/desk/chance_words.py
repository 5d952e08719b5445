"""A chance in words: "nine of ten comments like this"."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from moderation.chances import COUNTED_DAYS, ENOUGH, Chance
from moderation.labels import for_moderator

_OF_TEN = (
    *(gettext_lazy("fewer than one"), gettext_lazy("one"), gettext_lazy("two")),
    *(gettext_lazy("three"), gettext_lazy("four"), gettext_lazy("five"), gettext_lazy("six")),
    *(gettext_lazy("seven"), gettext_lazy("eight"), gettext_lazy("nine")),
    gettext_lazy("nearly ten"),
)


def chance_words(chance: Chance | None) -> str:
    """Say how often such a comment is rejected, and whose figure it is; empty if nobody can."""
    if chance is None or chance.share is None:
        return ""
    facts = {
        "tens": _OF_TEN[round(chance.share * 10)],
        "label": for_moderator(chance.reason),
        "count": chance.decided,
        "enough": ENOUGH,
        "days": COUNTED_DAYS,
    }
    if chance.is_counted:
        counted = ngettext(
            "Rejected here: %(tens)s of ten comments like this (%(count)d decision in %(days)d "
            "days).",
            "Rejected here: %(tens)s of ten comments like this (%(count)d decisions in %(days)d "
            "days).",
            chance.decided,
        )
        return counted % facts
    sentence = _(
        "By the model’s calibration: %(label)s in %(tens)s of ten comments like this. Decisions "
        "here are too few to count yet: %(count)d of %(enough)d."
    )
    return sentence % facts
