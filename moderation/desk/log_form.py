"""The filter above the log of decisions."""

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from comments.identity import is_id
from moderation.accounts.models import User
from moderation.actors import ActorKind
from moderation.decision_statistics import Period
from moderation.desk.article_filter import articles
from moderation.desk.filters import ALL
from moderation.desk.forms import MAX_ID
from moderation.desk.thresholds import reasons_and_attributes
from moderation.labels import OUTCOME_LABELS, for_moderator
from moderation.models import Decision, RejectionReason
from moderation.policy.verdict import Reason
from moderation.rejections import own_reason_of, value_of
from moderation.search import about

DAYS = (("1", _("today")), ("7", _("7 days")), ("30", _("30 days")))
# The actors that are not people.
KINDS = (
    ActorKind.POLICY,
    ActorKind.PROGRAM,
    ActorKind.READERS,
    ActorKind.AUTHOR,
    ActorKind.SYSTEM,
    ActorKind.IMPORT,
)


class LogForm(forms.Form):
    """Choose decisions. With an invalid filter none are shown.

    The act comes from a link, the article from a link or by its key, address or title.
    """

    q = forms.CharField(
        label=_("Words in the comment, or #number"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "size": 26}),
    )
    outcome = forms.ChoiceField(
        label=_("Decision"),
        required=False,
        choices=[ALL, *((value, capfirst(label)) for value, label in OUTCOME_LABELS.items())],
    )
    reason = forms.ChoiceField(label=_("Reason"), required=False)
    who = forms.ChoiceField(label=_("Decided by"), required=False)
    days = forms.ChoiceField(label=_("Period"), required=False, choices=[ALL, *DAYS])
    article = forms.CharField(label=_("Article: key or words of its title"), required=False)
    act = forms.IntegerField(
        min_value=1, max_value=MAX_ID, required=False, widget=forms.HiddenInput
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        reasons = [(each, for_moderator(each)) for each in reasons_and_attributes(Reason)]
        own = [(value_of(each.pk), str(each)) for each in RejectionReason.objects.all()]
        self._set_choices("reason", [*own, *reasons])
        decided = Exists(Decision.objects.filter(user=OuterRef("pk")))
        people = User.objects.filter(decided).order_by("username")
        kinds = [(kind.value, str(kind.label)) for kind in KINDS]
        self._set_choices("who", [*kinds, *((str(each.pk), str(each)) for each in people)])

    def decisions(self) -> QuerySet[Any]:
        """Return the decisions that match, latest first."""
        found = Decision.objects.order_by("-pk")
        if not self.is_valid():
            return found.none()
        chosen = self.cleaned_data
        same = {name: chosen[name] for name in ("outcome", "act") if chosen[name]}
        found = found.filter(_by(chosen["who"]), _for(chosen["reason"]), **same)
        if chosen["days"]:
            found = found.filter(hour__gte=Period.last(int(chosen["days"])).hours.start)
        if chosen["article"]:
            found = found.filter(comment__article__in=articles(chosen["article"]).values("pk"))
        return _about(found, chosen["q"].strip()) if chosen["q"] else found

    def _set_choices(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = [ALL, *choices]


def _by(who: str) -> Q:
    if not who:
        return Q()
    return Q(user=int(who)) if is_id(who) else Q(actor_kind=who)


def _for(reason: str) -> Q:
    """Choose by a reason: one of a site's own too, which also counts as a built-in one."""
    if not reason:
        return Q()
    own = own_reason_of(reason)
    return Q(reason=reason) if own is None else Q(own_reason=own)


def _about(decisions: QuerySet[Any], query: str) -> QuerySet[Any]:
    if is_id(number := query.removeprefix("#")):
        return decisions.filter(comment=int(number))
    return about(decisions, query)
