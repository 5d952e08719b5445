"""The policy form: thresholds in percent, word lists, and their validation."""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from types import new_class
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from comments.models import DEFAULT_KEY
from comments.shared_form import SharedForm
from moderation.desk.thresholds import (
    attributes,
    field_names,
    label,
    share_of_clean,
)
from moderation.labels import exact_percent
from moderation.model_registry import recommended
from moderation.models import LIMITS, Act, SitePolicy, lines_of
from moderation.policy import reading
from moderation.policy.lexicon import letters_of
from moderation.policy.personal_data import MIN_DIGITS
from moderation.word_lint import Lint, lint

# A lower threshold is more likely a score like 0.65 typed instead of 65 percent.
LOW_THRESHOLD = 0.01
# A shorter prefix would match too many words.
MIN_PREFIX_LENGTH = 3
# The name of the button that checks the words and saves nothing.
CHECK = "_check"


class PercentField(forms.FloatField):
    """A number from 0 to 1 that is shown and entered as a percentage."""

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


class PolicyForm(SharedForm):
    """The policy's settings except the thresholds, whose fields `policy_form` adds."""

    # What the form asks before it is saved; no settings.
    QUESTIONS = ("low_is_meant", "words_seen")
    act: Act | None = None
    # What the new lines would have caught, if the page has to show it before anything is saved.
    lint: Lint | None = None
    attributes: Sequence[str] = ()
    recommended: Mapping[str, Mapping[str, float]] = {}

    low_is_meant = forms.BooleanField(
        label=_("Yes, less than 1%"), required=False, widget=forms.HiddenInput
    )
    # Which new lines the page has already said everything about.
    words_seen = forms.CharField(label="", required=False, widget=forms.HiddenInput)

    class Meta:
        model = SitePolicy
        fields = (
            *("max_links", "trusted_after", "banned_words", "reserved_names", "own_numbers"),
            "show_words",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for attribute, limit, name in self._thresholds():
            self.initial.setdefault(name, self.instance.threshold(attribute, limit))

    def save(self, commit: bool = True) -> Any:
        """Keep the thresholds of attributes that this model does not have: another one may."""
        limits: dict[str, dict[str, float]] = {name: {} for name in self.attributes}
        for attribute, limit, name in self._thresholds():
            if (at := self.cleaned_data.get(name)) is not None:
                limits[attribute][limit] = at
        merged = {**self.instance.thresholds, **limits}
        self.instance.thresholds = {name: each for name, each in merged.items() if each}
        return super().save(commit)

    def _thresholds(self) -> Iterator[tuple[str, str, str]]:
        """Yield each attribute and limit with the name of their field."""
        for attribute in self.attributes:
            for limit, name in zip(LIMITS, field_names(attribute), strict=True):
                yield attribute, limit, name

    def clean_banned_words(self) -> str:
        listed: str = self.cleaned_data["banned_words"]
        for line in filter(None, map(str.strip, listed.splitlines())):
            phrases = reading.phrases(line)
            if not phrases:
                raise ValidationError(_("There are no words in the line “%s”.") % line)
            if any(p.open and len(p.form) < MIN_PREFIX_LENGTH for each in phrases for p in each):
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
            if sum(map(str.isdigit, line)) < MIN_DIGITS:
                words = _("A number has at least %(least)s digits; “%(line)s” has fewer.")
                raise ValidationError(words % {"least": MIN_DIGITS, "line": line})
        return listed

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if self.is_outdated:
            return cleaned
        for attribute in self.attributes:
            self._refuse_hold_over_reject(attribute)
        self._confirm_low_thresholds(cleaned)
        self._ask_about_words(cleaned)
        return cleaned

    def _ask_about_words(self, cleaned: dict[str, Any]) -> None:
        """Before new lines are saved, show once what they would have caught, if they would.

        The button "Check" shows it in any case, and of the whole list if no line is new.
        """
        only_checks = CHECK in self.data
        if "banned_words" not in cleaned or (self.errors and not only_checks):
            return
        listed, before = lines_of(cleaned["banned_words"]), lines_of(self.instance.banned_words)
        new = [line for line in listed if line not in before]
        seen = _digest(new)
        if not only_checks and (not new or cleaned.get("words_seen") == seen):
            return
        shown = lint(site=self.instance.site_id or DEFAULT_KEY, lines=new or listed, listed=listed)
        if only_checks or shown.has_news:
            sent: Any = self.data
            self.lint, self.data = shown, sent.copy()
            self.data["words_seen"] = seen  # type: ignore[index]
            self.add_error(None, _("Nothing is saved yet."))

    def _in_force(self, attribute: str, limit: str, name: str) -> float | None:
        set_here: float | None = self.cleaned_data.get(name)
        return self.recommended.get(attribute, {}).get(limit) if set_here is None else set_here

    def _refuse_hold_over_reject(self, attribute: str) -> None:
        hold, _known, reject = field_names(attribute)
        hold_at = self._in_force(attribute, "hold_at", hold)
        reject_at = self._in_force(attribute, "reject_at", reject)
        if hold_at is None or reject_at is None or hold_at <= reject_at:
            return
        words = _(
            "No comment would reach a moderator: comments are held from %(hold)s and rejected "
            "from %(reject)s."
        )
        both = {"reject": exact_percent(reject_at), "hold": exact_percent(hold_at)}
        # Show the error at the field that was filled in: the other may have the model's value.
        self.add_error(hold if self.cleaned_data.get(hold) is not None else reject, words % both)

    def _confirm_low_thresholds(self, cleaned: dict[str, Any]) -> None:
        typed = {name: cleaned.get(name) for _attribute, _limit, name in self._thresholds()}
        low = [name for name, at in typed.items() if at is not None and at < LOW_THRESHOLD]
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


def _digest(lines: Sequence[str]) -> str:
    return sha256("\n".join(lines).encode()).hexdigest()


def policy_form() -> type[PolicyForm]:
    """Return the form with three fields for each attribute that the model scores."""
    shown, known = attributes(), recommended()
    fields = {
        name: PercentField(
            label=capfirst(label(attribute, limit)),
            required=False,
            help_text=_threshold_help(
                known.get(attribute, {}).get(limit), share_of_clean(attribute, limit)
            ),
        )
        for attribute in shown
        for limit, name in zip(LIMITS, field_names(attribute), strict=True)
    }
    facts = {"attributes": shown, "recommended": known, **fields}
    return new_class("PolicyForm", (PolicyForm,), exec_body=lambda body: body.update(facts))


def _threshold_help(recommendation: float | None, clean: float | None) -> Any:
    if recommendation is None:
        return _("Percent, 0 to 100. Empty: what the model recommends.")
    words = _("Percent, 0 to 100. Empty: %(value)s, as the model recommends.")
    text = words % {"value": exact_percent(recommendation)}
    if clean is None:
        return text
    cost = _("That holds %(share)s of harmless comments under news.")
    return f"{text} {cost % {'share': exact_percent(clean)}}"
