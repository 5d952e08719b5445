"""What a lead may set: thresholds in percent that make sense together, and a list of words."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from moderation import model_registry
from moderation.labels import exact_percent
from moderation.model_registry import ScorerError
from moderation.models import SitePolicy
from moderation.policy import reading
from moderation.policy.lexicon import letters_of
from moderation.policy.personal_data import LEAST_DIGITS

ATTRIBUTES = ("spam", "toxicity")
THRESHOLDS = tuple(f"{each}_{limit}" for each in ATTRIBUTES for limit in ("hold_at", "reject_at"))
# A lower threshold is far more often a score of 0.65 typed as it is than one that is meant.
LOW = 0.01
# A shorter beginning of a word is that of half the language.
SHORTEST_BEGINNING = 3


class PercentField(forms.FloatField):
    """A share of one that is shown and typed as percent."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, min_value=0, max_value=100)

    def prepare_value(self, value: Any) -> Any:
        return f"{value * 100:.6g}" if isinstance(value, float) else value

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        return None if typed is None else round(typed / 100, 8)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.clean(data) != initial)
        except ValidationError:
            return True


def recommended() -> dict[str, float]:
    """The model's own thresholds by the policy's fields; none where there is no model."""
    try:
        known = model_registry.for_site().thresholds
    except ScorerError:
        return {}
    return {name: known[name.partition("_")[0]][name.partition("_")[2]] for name in THRESHOLDS}


class PolicyForm(forms.ModelForm):
    low_is_meant = forms.BooleanField(
        label=_("Yes, less than 1%"), required=False, widget=forms.HiddenInput
    )

    class Meta:
        model = SitePolicy
        fields = (
            *THRESHOLDS,
            "max_links",
            "trusted_after",
            "banned_words",
            "reserved_names",
            "own_numbers",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.recommended = recommended()
        for name in set(THRESHOLDS) & set(self.fields):
            self.fields[name].help_text = self._what_holds_where_empty(name)

    def _what_holds_where_empty(self, name: str) -> Any:
        if name not in self.recommended:
            return _("Percent, 0 to 100. Empty: what the model recommends.")
        words = _("Percent, 0 to 100. Empty: %(value)s, as the model recommends.")
        return words % {"value": exact_percent(self.recommended[name])}

    def clean_banned_words(self) -> str:
        listed: str = self.cleaned_data["banned_words"]
        for line in filter(None, map(str.strip, listed.splitlines())):
            looked_for = reading.phrases(line)
            if not looked_for:
                raise ValidationError(_("There are no words in the line “%s”.") % line)
            if any(
                p.open and len(p.form) < SHORTEST_BEGINNING for each in looked_for for p in each
            ):
                text = _(
                    "Put at least three letters before the asterisk: “%s” would hold too much."
                )
                raise ValidationError(text % line)
        return listed

    def clean_reserved_names(self) -> str:
        listed: str = self.cleaned_data["reserved_names"]
        for line in filter(None, map(str.strip, listed.splitlines())):
            if not letters_of(line):
                raise ValidationError(_("There are no words in the line “%s”.") % line)
        return listed

    def clean_own_numbers(self) -> str:
        listed: str = self.cleaned_data["own_numbers"]
        for line in filter(None, map(str.strip, listed.splitlines())):
            if sum(map(str.isdigit, line)) < LEAST_DIGITS:
                words = _("A number has at least %(least)s digits; “%(line)s” has fewer.")
                raise ValidationError(words % {"least": LEAST_DIGITS, "line": line})
        return listed

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for attribute in ATTRIBUTES:
            self._refuse_hold_over_reject(attribute)
        self._ask_whether_low_is_meant(cleaned)
        return cleaned

    def _in_force(self, name: str) -> float | None:
        set_here: float | None = self.cleaned_data.get(name)
        return self.recommended.get(name) if set_here is None else set_here

    def _refuse_hold_over_reject(self, attribute: str) -> None:
        hold, reject = f"{attribute}_hold_at", f"{attribute}_reject_at"
        hold_at, reject_at = self._in_force(hold), self._in_force(reject)
        if hold_at is None or reject_at is None or hold_at <= reject_at:
            return
        words = _(
            "No comment would reach a moderator: comments are held from %(hold)s and rejected "
            "from %(reject)s."
        )
        both = {"reject": exact_percent(reject_at), "hold": exact_percent(hold_at)}
        # At the box that was filled in: the other one may be the model's.
        self.add_error(hold if self.cleaned_data.get(hold) is not None else reject, words % both)

    def _ask_whether_low_is_meant(self, cleaned: dict[str, Any]) -> None:
        low = [name for name in THRESHOLDS if (at := cleaned.get(name)) is not None and at < LOW]
        if not low:
            return
        self.fields["low_is_meant"].widget = forms.CheckboxInput()
        if cleaned.get("low_is_meant"):
            return
        for name in low:
            words = _(
                "%(at)s catches nearly every comment. If you mean a score of 0.65, enter 65; "
                "if you do mean %(at)s, tick the box below and save again."
            )
            self.add_error(name, words % {"at": exact_percent(cleaned[name])})
