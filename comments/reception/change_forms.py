"""The forms with which authors change a comment of their own, or appeal."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comments.error_messages import ERROR_MESSAGES
from comments.models import Comment
from comments.reception.forms import CommentTextarea, WebsiteField
from comments.validators import validate_direction, validate_legible
from moderation.models import MAX_APPEAL_LENGTH

# What an author can change; the e-mail stays.
CHANGED = ("text", "author_name", "author_url")
APPEAL_MISSING = _("Write why the moderators should look again.")
APPEAL_TOO_LONG = _(
    "This is too long: it has %(show_value)d characters, and the limit is %(limit_value)d."
)
APPEAL_CHECKS = [validate_legible, validate_direction]


class ChangeForm(forms.ModelForm):
    """A comment as its author last wrote it."""

    use_required_attribute = False  # the page reports it in the reader's language
    author_url = Comment._meta.get_field("author_url").formfield(
        form_class=WebsiteField, assume_scheme="https"
    )

    class Meta:
        model = Comment
        fields = CHANGED
        widgets = {
            "text": CommentTextarea(attrs={"rows": 6}),
            "author_name": forms.TextInput(attrs={"autocomplete": "name"}),
        }

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, auto_id="change_%s", **options)
        self.fields["author_url"].widget.attrs["autocomplete"] = "url"
        for name in CHANGED:
            self.fields[name].error_messages.update(ERROR_MESSAGES[name])

    @property
    def written(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in CHANGED}


class AppealForm(forms.Form):
    use_required_attribute = False

    sentence = forms.CharField(
        max_length=MAX_APPEAL_LENGTH,
        label=_("Why should it be published?"),
        validators=APPEAL_CHECKS,
        error_messages={"required": APPEAL_MISSING, "max_length": APPEAL_TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, auto_id="appeal_%s", **options)
        # Otherwise a browser would cut off what is pasted without a word.
        self.fields["sentence"].widget.attrs.pop("maxlength", None)

    def clean_sentence(self) -> str:
        return " ".join(self.cleaned_data["sentence"].split())
