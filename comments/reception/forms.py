"""The comment form: validation only, with the limits of the model fields."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from comments.error_messages import ERROR_MESSAGES
from comments.models import MAX_EMAIL_LENGTH, Article, Comment
from comments.reception.challenges import (
    MIN_AGE,
    Challenge,
    ChallengeError,
    ExpiredChallengeError,
    NoWorkChallengeError,
    TooFastError,
    UsedChallengeError,
    new_challenge,
    read_challenge,
)
from comments.reception.receive import Visit
from comments.reception.services import Draft
from comments.validators import WEBSITE_CHECKS

# A field that people cannot see, so only programs fill it in.
HONEYPOT = "subject"
# Why a form is shown again, and what to do.
RESEND_MESSAGES: dict[type[ChallengeError], Any] = {
    ExpiredChallengeError: _("This page was open for a long time. Please send your comment again."),
    TooFastError: _(
        "You pressed the button as soon as the page opened, as automated programs do. "
        "Please press it again."
    ),
    UsedChallengeError: _("A comment was already sent from this page. Please send this one again."),
    NoWorkChallengeError: _(
        "We are receiving very many comments right now. Please send yours again."
    ),
}
REQUIRED_FIELDS = ("text", "author_name", "author_email")
AUTHOR_FIELDS = ("author_name", "author_email", "author_url")


class CommentTextarea(forms.Textarea):
    """A text area that counts a line break as one character and does not limit typing.

    The server reports the length, so nothing that was typed or pasted is cut off.
    """

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        typed = super().value_from_datadict(data, files, name)
        return typed.replace("\r\n", "\n") if typed else typed

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"].pop("maxlength", None)
        return context


class WebsiteField(forms.URLField):
    """A URL field with a specific message for each error, instead of the model's general one."""

    default_validators = WEBSITE_CHECKS


class CommentForm(forms.ModelForm):
    author_email = forms.EmailField(label=_("E-mail"), max_length=MAX_EMAIL_LENGTH)
    author_url = Comment._meta.get_field("author_url").formfield(
        form_class=WebsiteField, assume_scheme="https"
    )
    remember = forms.BooleanField(
        required=False,
        label=_("Save my name, e-mail and website in this browser for my next comments."),
    )
    notify = forms.BooleanField(
        required=False,
        label=_("Tell me by e-mail what is decided about my comment, and when somebody answers."),
    )

    class Meta:
        model = Comment
        fields = ("text", "author_name", "author_email", "author_url", "parent")
        widgets = {
            "text": CommentTextarea(attrs={"rows": 6}),
            "parent": forms.HiddenInput,
            "author_name": forms.TextInput(attrs={"autocomplete": "name"}),
        }

    sent_challenge: Challenge | None = None
    is_resend_requested = False
    use_required_attribute = False  # the page reports it in the reader's language

    def __init__(self, article: Article, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.site = article.site_id
        answerable = article.comments.visible() if article.pk else Comment.objects.none()
        self.fields["parent"].queryset = answerable  # type: ignore[attr-defined]
        self.fields["author_email"].widget.attrs["autocomplete"] = "email"
        self.fields["author_url"].widget.attrs["autocomplete"] = "url"
        if not settings.EMAIL_URL:
            del self.fields["notify"]
        for name, messages in ERROR_MESSAGES.items():
            self.fields[name].error_messages.update(messages)
        for name in REQUIRED_FIELDS:
            self.fields[name].widget.attrs["aria-required"] = "true"

    def full_clean(self) -> None:
        """Check the challenge after all other fields.

        An expired or too fast form is shown again only if it has no other errors, and the model's
        own checks run after clean().
        """
        super().full_clean()
        if self.is_bound:
            self._check_challenge()

    def _check_challenge(self) -> None:
        try:
            self.sent_challenge = read_challenge(self.data.get("challenge", ""))
            if self.sent_challenge.age < MIN_AGE:
                raise TooFastError
        except (ExpiredChallengeError, TooFastError) as error:
            if self._can_resend and not self.errors:
                self.request_resend(error)
        except ChallengeError:
            pass  # the comment is accepted, but held for a moderator

    def request_resend(self, error: ChallengeError) -> None:
        """Make the page explain why to send the form again, with a new challenge in it."""
        self.sent_challenge = None
        self.ask_again(RESEND_MESSAGES[type(error)])

    def ask_again(self, sentence: Any) -> None:
        """Make the page say so, with a button to send the form as it is."""
        self.is_resend_requested = True
        self.add_error(None, sentence)

    @cached_property
    def challenge(self) -> Challenge:
        """The challenge in the page: the one that was sent as long as it is valid, or a new one.

        A new one for a form that is shown again is dated back, so it can be sent at once.
        """
        new = new_challenge(self.site, MIN_AGE if self.is_bound else 0.0)
        kept = self.sent_challenge
        if kept and kept.age >= MIN_AGE and kept.bits >= new.bits:
            return kept
        return new

    @property
    def proof(self) -> str:
        """The proof of work that was sent for the challenge."""
        return self.data.get("proof", "") if self.challenge is self.sent_challenge else ""

    def author_to_remember(self) -> dict[str, str] | None:
        """The author's details if they asked to have them saved; call after is_valid()."""
        if not self.cleaned_data["remember"]:
            return None
        return {name: self.cleaned_data[name] for name in AUTHOR_FIELDS}

    def draft(self) -> Draft:
        """The input for submit_comment; call after is_valid()."""
        typed = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return Draft(
            **typed,
            notify=self.cleaned_data.get("notify", False),
            looks_automated=settings.FORM_CHECKS and self._looks_automated(),
        )

    def visit(self, address: str, secret: str) -> Visit:
        return Visit(
            address=address,
            secret=secret,
            challenge=self.data.get("challenge", ""),
            proof=self.data.get("proof", ""),
            can_resend=self._can_resend,
        )

    @property
    def _can_resend(self) -> bool:
        """Whether to show the form again; a bot that filled in the honeypot gets no hint."""
        return settings.FORM_CHECKS and not self.data.get(HONEYPOT)

    def _looks_automated(self) -> bool:
        return self.sent_challenge is None or bool(self.data.get(HONEYPOT))
