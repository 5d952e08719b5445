"""The comment form: validation only, with the limits of the model fields."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from comments.error_messages import MISTAKES
from comments.models import EMAIL_LONGEST, Article, Comment
from comments.reception.challenges import (
    LEAST_AGE,
    HastyStampError,
    SpentStampError,
    StaleStampError,
    Stamp,
    StampError,
    WorklessStampError,
    new_stamp,
    read_stamp,
)
from comments.reception.receive import Visit
from comments.reception.services import Draft
from comments.validators import WEBSITE_CHECKS

# A field that nobody sees, so whoever fills it in does not look.
TRAP = "subject"
# Why a form is shown once more, and what to do.
ONCE_MORE: dict[type[StampError], Any] = {
    StaleStampError: _("This page was open for a long time. Please send your comment again."),
    HastyStampError: _(
        "You pressed the button as soon as the page opened, as automated programs do. "
        "Please press it again."
    ),
    SpentStampError: _("A comment was already sent from this page. Please send this one again."),
    WorklessStampError: _(
        "We are receiving very many comments right now. Please send yours again."
    ),
}
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


class WebsiteField(forms.URLField):
    """Says what is wrong with an address before the model would say only that something is."""

    default_validators = WEBSITE_CHECKS


class CommentForm(forms.ModelForm):
    author_email = forms.EmailField(label=_("E-mail"), max_length=EMAIL_LONGEST)
    author_url = Comment._meta.get_field("author_url").formfield(
        form_class=WebsiteField, assume_scheme="https"
    )
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

    seen_stamp: Stamp | None = None
    is_asked_once_more = False
    use_required_attribute = False  # the page itself tells, in the reader's language

    def __init__(self, article: Article, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.site = article.site_id
        self.fields["parent"].queryset = article.comments.visible()  # type: ignore[attr-defined]
        self.fields["author_email"].widget.attrs["autocomplete"] = "email"
        self.fields["author_url"].widget.attrs["autocomplete"] = "url"
        for name, messages in MISTAKES.items():
            self.fields[name].error_messages.update(messages)

    def full_clean(self) -> None:
        """Where the rest is right, a page that lay open for days or for a moment is shown again.

        The rest is the model's checks too, which come after clean().
        """
        super().full_clean()
        if self.is_bound:
            self._look_at_stamp()

    def _look_at_stamp(self) -> None:
        try:
            self.seen_stamp = read_stamp(self.data.get("stamp", ""))
            if self.seen_stamp.age < LEAST_AGE:
                raise HastyStampError
        except (StaleStampError, HastyStampError) as error:
            if self._may_be_asked and not self.errors:
                self.ask_once_more(error)
        except StampError:
            pass  # it is heard all the same, by a moderator first

    def ask_once_more(self, error: StampError) -> None:
        """Makes the page show a sentence about the stamp, and another stamp to send it with."""
        self.seen_stamp = None
        self.is_asked_once_more = True
        self.add_error(None, ONCE_MORE[type(error)])

    @cached_property
    def stamp(self) -> Stamp:
        """What the page is sent with: the reader's own stamp as long as it is good.

        A page that is shown again may be sent at once: everything is typed already.
        """
        fresh = new_stamp(self.site, LEAST_AGE if self.is_bound else 0.0)
        kept = self.seen_stamp
        if kept and kept.age >= LEAST_AGE and kept.bits >= fresh.bits:
            return kept
        return fresh

    @property
    def proof(self) -> str:
        """The work that the reader's browser has already done for the stamp."""
        return self.data.get("proof", "") if self.stamp is self.seen_stamp else ""

    def author_to_remember(self) -> dict[str, str] | None:
        """The author's details where they asked to have them kept; only after is_valid()."""
        if not self.cleaned_data["remember"]:
            return None
        return {name: self.cleaned_data[name] for name in AUTHOR_FIELDS}

    def draft(self) -> Draft:
        """What was typed, for submit_comment; only after is_valid()."""
        typed = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return Draft(**typed, looks_automated=settings.FORM_CHECKS and self._looks_automated())

    def visit(self, address: str, secret: str) -> Visit:
        return Visit(
            address=address,
            secret=secret,
            stamp=self.data.get("stamp", ""),
            proof=self.data.get("proof", ""),
            asks_again=self._may_be_asked,
        )

    @property
    def _may_be_asked(self) -> bool:
        """A program that was caught in the trap is held, and not told how to get out."""
        return settings.FORM_CHECKS and not self.data.get(TRAP)

    def _looks_automated(self) -> bool:
        return self.seen_stamp is None or bool(self.data.get(TRAP))
