"""Forms for decisions: about one card, selected cards or a campaign."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from comments.models import Comment, Status
from moderation import rejections
from moderation.bulk import MAX_ITEMS, as_seen
from moderation.desk import campaigns
from moderation.desk.contact_typed import contact_in
from moderation.desk.navigation import next_card
from moderation.models import MAX_APPEAL_LENGTH
from moderation.policy.verdict import REJECTION_REASONS, Outcome, Reason, Verdict
from moderation.transitions import Seen

DECISIONS: Mapping[str, Verdict] = {
    "publish": Verdict(Outcome.PUBLISH, Reason.REVIEWED),
    "return": Verdict(Outcome.HOLD, Reason.RETURNED),
    "keep": Verdict(Outcome.PUBLISH, Reason.KEPT),
    **{reason.value: Verdict(Outcome.REJECT, reason) for reason in REJECTION_REASONS},
}
# No page has more cards.
MAX_CARDS = 100
MAX_ID = 2**63 - 1
MAX_VERSION = 2**31 - 1
CHOOSE = _("Choose what to do with the comments.")
SELECT = _("Select comments first.")
RELOAD = _("Reload the page and try again.")


@dataclass(frozen=True)
class Review:
    """A moderator's verdict, and the comments as they were seen."""

    verdict: Verdict
    seen: Mapping[int, Seen]
    # Whether the moderator has confirmed what contradicts an earlier decision.
    sure: bool = False
    # What an author who has appealed is told.
    answer: str = ""


class _Sentence(forms.Form):
    @property
    def sentence(self) -> str:
        """The first error of an invalid form, as a sentence for the moderator."""
        return str(next(iter(self.errors.values()))[0])

    @property
    def _is_sure(self) -> bool:
        return bool(self.cleaned_data["sure"] == self.data["decision"])


class _Decision(forms.CharField):
    """What the pressed button sends: one of `DECISIONS`, or a site's own reason."""

    def __init__(self) -> None:
        super().__init__(error_messages={"required": CHOOSE})

    def clean(self, value: Any) -> Any:
        sent = super().clean(value)
        verdict = DECISIONS.get(sent) or rejections.verdict_of(sent)
        if verdict is None:
            raise ValidationError(CHOOSE)
        return verdict


class _Sure(forms.CharField):
    """The decision that the moderator has been asked about: it confirms no other one."""

    def __init__(self) -> None:
        super().__init__(required=False, max_length=40, widget=forms.HiddenInput)


class _Number(forms.IntegerField):
    """A hidden number, so an invalid one is answered with `RELOAD`."""

    widget = forms.HiddenInput

    def __init__(self, **options: Any) -> None:
        faults = ("required", "invalid", "min_value", "max_value")
        super().__init__(error_messages=dict.fromkeys(faults, RELOAD), **options)


def _box() -> forms.BooleanField:
    return forms.BooleanField(
        required=False, widget=forms.CheckboxInput(attrs={"class": "desk-tick"})
    )


class SeenForm(_Sentence):
    """A comment in the state in which the page shows it."""

    use_required_attribute = False

    comment = _Number(min_value=1, max_value=MAX_ID)
    status = forms.ChoiceField(
        choices=Status,
        widget=forms.HiddenInput,
        error_messages={"required": RELOAD, "invalid_choice": RELOAD},
    )
    version = _Number(min_value=1, max_value=MAX_VERSION)

    @property
    def seen(self) -> tuple[int, Seen]:
        data = self.cleaned_data
        return data["comment"], Seen(Status(data["status"]), data["version"])


class ReviewForm(SeenForm):
    """A decision on one card, by the buttons on it."""

    field_order = ("decision",)

    decision = _Decision()
    sure = _Sure()
    answer = forms.CharField(
        required=False,
        max_length=MAX_APPEAL_LENGTH,
        error_messages={"max_length": _("The answer is too long: the limit is %(limit_value)d.")},
    )
    # The card to show afterwards.
    next = _Number(required=False, min_value=1, max_value=MAX_ID)

    @property
    def review(self) -> Review:
        chosen, seen = self.cleaned_data["decision"], dict([self.seen])
        return Review(chosen, seen, self._is_sure, self.cleaned_data["answer"])

    @property
    def following(self) -> int | None:
        following: int | None = self.cleaned_data["next"]
        return following


class TickForm(SeenForm):
    """A card's box in the bulk form."""

    chosen = forms.BooleanField(required=False)


TickFormSet = forms.formset_factory(TickForm, extra=0, max_num=MAX_CARDS, absolute_max=MAX_CARDS)


class BulkForm(_Sentence):
    """One decision on the selected cards, all cards of the page, of a campaign or of a filter.

    The whole campaign means the comments in `campaigns.covered`, plus the selected cards. `listed`
    has the comments that match the filter of the list.
    """

    decision = _Decision()
    sure = _Sure()
    page = _box()
    whole = _box()
    filtered = _box()
    campaign = _Number(required=False, min_value=-MAX_ID, max_value=MAX_ID)
    up_to = _Number(required=False, min_value=1, max_value=MAX_ID)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        shown: int = 0,
        listed: QuerySet[Any] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(data, auto_id=False, **options)
        self.listed = Comment.objects.none() if listed is None else listed
        self.cards: Any = TickFormSet(data, initial=[{}] * shown, prefix="cards", auto_id="")

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not self.cards.is_valid() or self._campaign_is_unknown():
            raise ValidationError(RELOAD)
        many = self._all_listed() if data["filtered"] else self._whole_campaign()
        data["seen"] = {**many, **dict(form.seen for form in self._selected())}
        if not data["seen"]:
            raise ValidationError(SELECT)
        return data

    @property
    def review(self) -> Review:
        return Review(self.cleaned_data["decision"], self.cleaned_data["seen"], self._is_sure)

    @property
    def separate(self) -> Mapping[int, Seen]:
        """The comments of the whole campaign that need a decision of their own."""
        data = self.cleaned_data
        return campaigns.left_for_later(data["campaign"]) if data["whole"] else {}

    @property
    def matched(self) -> int:
        """How many comments were chosen, even if they are too many for one bulk decision."""
        data = self.cleaned_data
        if len(data["seen"]) <= MAX_ITEMS or not data["filtered"]:
            return len(data["seen"])
        return self.listed.filter(pk__lte=data["up_to"]).order_by().count()

    @property
    def is_of_one(self) -> bool:
        """Whether one card was ticked, which is decided at once, as by the buttons on it."""
        data = self.cleaned_data
        return len(data["seen"]) == 1 and not (data["whole"] or data["filtered"])

    @property
    def following(self) -> int | None:
        return next_card([form.seen[0] for form in self.cards], self.cleaned_data["seen"])

    @property
    def ticked(self) -> Collection[str]:
        """The ids of the selected comments, even if the form is invalid."""
        return {form["comment"].value() for form in self.cards if form["chosen"].value()}

    def _campaign_is_unknown(self) -> bool:
        data = self.cleaned_data
        unknown = data["whole"] and not data.get("campaign")
        return bool(unknown or ((data["whole"] or data["filtered"]) and not data.get("up_to")))

    def _whole_campaign(self) -> Mapping[int, Seen]:
        data = self.cleaned_data
        return campaigns.covered(data["campaign"], data["up_to"]) if data["whole"] else {}

    def _all_listed(self) -> Mapping[int, Seen]:
        """Return what matches the filter now, but for what came after the page was shown."""
        return as_seen(self.listed.filter(pk__lte=self.cleaned_data["up_to"]))

    def _selected(self) -> Iterable[TickForm]:
        data = self.cleaned_data
        all_cards = data["page"] and not (data["whole"] or data["filtered"])
        return (form for form in self.cards if all_cards or form.cleaned_data["chosen"])


class UndoForm(_Sentence):
    """Which act to undo, and whether the moderator has been asked."""

    act = _Number(min_value=1, max_value=MAX_ID)
    sure = forms.BooleanField(required=False)


class GoForm(_Sentence):
    """Where to go. A character that no database stores is refused."""

    email = forms.CharField(required=False)


class ContactForm(_Sentence):
    """An e-mail or a network address, in any form it is copied in."""

    email = forms.CharField()

    def clean_email(self) -> str:
        contact = contact_in(self.cleaned_data["email"])
        if not contact:
            raise ValidationError(EmailValidator.message)
        return contact


def submitted_form(data: QueryDict, listed: QuerySet[Any] | None) -> ReviewForm | BulkForm:
    """Return the form that was submitted: only that of a single card has a "comment"."""
    return ReviewForm(data) if "comment" in data else BulkForm(data, listed=listed)


def state(comment: Comment) -> dict[str, Any]:
    """Return the values of a SeenForm, which the forms on a card send.

    Templates write the fields by hand: rendering them would take a fifth of the page's time.
    """
    return {"comment": comment.pk, "status": comment.status, "version": comment.version}
