"""Forms about authors: measures, notes, questions."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from comments.models import Comment
from moderation.accounts.models import User
from moderation.author_measures import Terms, may_decide
from moderation.desk.author_facts import Target
from moderation.models import KINDS, MAX_NOTE_LENGTH, SCOPES_OF, Scope
from moderation.notes import colleagues
from moderation.policy.verdict import Measure

GOOD = "good"
_DAYS: Mapping[str, int] = {"day": 1, "week": 7, "month": 30}
PERIODS = (
    ("day", _("1 day")),
    ("week", _("1 week")),
    ("month", _("1 month")),
    (GOOD, _("for good")),
)
_BY_E_MAIL = _(
    "Anybody can type an e-mail. By e-mail alone comments can be held; a ban or trust needs a "
    "browser."
)
_NETWORK_TRUST = _("Others write from this network too, so it cannot be trusted.")
_NETWORK_FOR_GOOD = _("Addresses change hands: choose a day, a week or a month.")


class MeasureForm(forms.Form):
    """A measure about an author, by one of the browsers, the e-mail or a network."""

    kind = forms.ChoiceField(label=_("What to do"), widget=forms.RadioSelect)
    about = forms.ChoiceField(label=_("Applies to"), widget=forms.RadioSelect)
    period = forms.ChoiceField(
        label=_("For how long"), choices=PERIODS, widget=forms.RadioSelect, initial="week"
    )
    reason = forms.CharField(
        label=_("Why, in a sentence for colleagues"),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(
        self, data: Any = None, *, user: User, targets: Sequence[Target], **options: Any
    ) -> None:
        super().__init__(data, **options)
        network = may_decide(user, kind=Measure.HOLD, scope=Scope.NETWORK)
        self.targets = {
            each.value: each for each in targets if network or each.scope != Scope.NETWORK
        }
        allowed = [each for each in KINDS if may_decide(user, kind=each[0], scope=Scope.WRITER)]
        self._set("kind", [(kind, capfirst(label)) for kind, label in allowed])
        self._set("about", [(value, each.label) for value, each in self.targets.items()])

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        target = self.targets.get(data.get("about", ""))
        if target and data.get("kind") and target.scope not in SCOPES_OF[Measure(data["kind"])]:
            wrong = _BY_E_MAIL if target.scope == Scope.AUTHOR else _NETWORK_TRUST
            self.add_error("about", ValidationError(wrong))
        elif target and target.scope == Scope.NETWORK and data.get("period") == GOOD:
            self.add_error("period", ValidationError(_NETWORK_FOR_GOOD))
        return data

    @property
    def comment(self) -> Comment:
        return self.targets[self.cleaned_data["about"]].comment

    @property
    def terms(self) -> Terms:
        data = self.cleaned_data
        days = _DAYS.get(data["period"])
        return Terms(
            kind=data["kind"],
            scope=self.targets[data["about"]].scope,
            reason=data["reason"],
            until=timezone.now() + dt.timedelta(days=days) if days else None,
        )

    def _set(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices
        field.initial = field.initial or (choices[0][0] if choices else None)


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("Note for colleagues"),
        max_length=MAX_NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AnswerForm(NoteForm):
    text = forms.CharField(
        label=_("Your answer"),
        max_length=MAX_NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ColleagueField(forms.ModelChoiceField):
    def label_from_instance(self, user: Any) -> str:
        return str(user.get_username())


class AskForm(forms.Form):
    """A question to a colleague, or to the leads if nobody is named."""

    addressee = ColleagueField(
        label=_("Ask"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("the lead moderators"),
    )
    text = forms.CharField(
        label=_("Question, in a sentence"),
        max_length=MAX_NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None, *, user: User, **options: Any) -> None:
        super().__init__(data, **options)
        field: Any = self.fields["addressee"]
        field.queryset = colleagues(user)
