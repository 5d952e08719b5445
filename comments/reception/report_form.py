"""The form with which a reader reports a comment."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comments.validators import validate_direction, validate_legible
from moderation.models import MAX_SENTENCE_LENGTH, ReportReason

REASONS: Mapping[ReportReason, Any] = {
    ReportReason.SPAM: _("Spam or advertising"),
    ReportReason.INSULT: _("It insults or humiliates"),
    ReportReason.HATE: _("It spreads hatred or threatens"),
    ReportReason.PERSONAL_DATA: _("It discloses someone's personal data"),
    ReportReason.OFF_TOPIC: _("It is not about the article"),
    ReportReason.OTHER: _("Something else"),
}
REASON_MISSING = _("Choose what is wrong with the comment.")
TOO_LONG = _(
    "This is too long: it has %(show_value)d characters, and the limit is %(limit_value)d."
)
SENTENCE_CHECKS = [validate_legible, validate_direction]


class ReportForm(forms.Form):
    use_required_attribute = False  # the page reports it in the reader's language

    reason = forms.ChoiceField(
        choices=[(reason.value, label) for reason, label in REASONS.items()],
        widget=forms.RadioSelect,
        label=_("What is wrong with it?"),
        error_messages={"required": REASON_MISSING, "invalid_choice": REASON_MISSING},
    )
    sentence = forms.CharField(
        required=False,
        max_length=MAX_SENTENCE_LENGTH,
        label=_("In a sentence, if you like"),
        validators=SENTENCE_CHECKS,
        error_messages={"max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Otherwise a browser would cut off what is pasted without a word.
        self.fields["sentence"].widget.attrs.pop("maxlength", None)

    def clean_sentence(self) -> str:
        return " ".join(self.cleaned_data["sentence"].split())
