"""The comment form: validation only; its limits are those of the model fields."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comments.mistakes import MISTAKES
from comments.models import EMAIL_LONGEST, Article, Comment
from comments.services import Draft

AUTHOR_FIELDS = ("author_name", "author_email", "author_url")


class CommentTextarea(forms.Textarea):
    """Counts a line's end as one character, as the reader does; refuses nothing while they type."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        typed = super().value_from_datadict(data, files, name)
        return typed.replace("\r\n", "\n") if typed else typed

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"].pop("maxlength", None)
        return context


class CommentForm(forms.ModelForm):
    author_email = forms.EmailField(label=_("E-mail"), max_length=EMAIL_LONGEST)
    author_url = Comment._meta.get_field("author_url").formfield(assume_scheme="https")
    remember = forms.BooleanField(
        required=False,
        label=_("Save my name, e-mail and website in this browser for my next comments."),
    )

    class Meta:
        model = Comment
        fields = ("text", "author_name", "author_email", "author_url", "parent")
        widgets = {
            "text": CommentTextarea(attrs={"rows": 6}),
            "parent": forms.HiddenInput,
            "author_name": forms.TextInput(attrs={"autocomplete": "name"}),
        }

    use_required_attribute = False  # the page itself tells, in the reader's language

    def __init__(self, article: Article, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = article.comments.visible()  # type: ignore[attr-defined]
        self.fields["author_email"].widget.attrs["autocomplete"] = "email"
        self.fields["author_url"].widget.attrs["autocomplete"] = "url"
        for name, messages in MISTAKES.items():
            self.fields[name].error_messages.update(messages)

    def author_to_remember(self) -> dict[str, str] | None:
        """The author's details where they asked to have them kept; only after is_valid()."""
        if not self.cleaned_data["remember"]:
            return None
        return {name: self.cleaned_data[name] for name in AUTHOR_FIELDS}

    def draft(self, *, address: str) -> Draft:
        """What was typed, and from where, for submit_comment; only after is_valid()."""
        answers = dict(self.cleaned_data)
        answers.pop("remember")
        return Draft(**answers, address=address)
