"""The filter form above a list of comments."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EMPTY_VALUES
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from comments.identity import is_id
from comments.models import Article, Status
from moderation.desk.forms import LARGEST_ID
from moderation.desk.thresholds import reasons_and_attributes
from moderation.labels import for_moderator
from moderation.policy.verdict import Reason
from moderation.search import matching

ALL = ("", _("all"))
LOOKUPS = {
    "reason": "reason",
    "section": "article__section",
    "status": "status",
    "author": "author_key",
    "campaign": "membership__campaign",
    "ids": "pk__in",
}


class FilterForm(forms.Form):
    """Which comments of a list are shown. A filter that makes no sense finds nothing, and says so.

    An author, a campaign and single comments are asked for by links; the others by hand.
    """

    q = forms.CharField(
        label=_("Words in the text or name, or #number"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "size": 30}),
    )
    reason = forms.ChoiceField(label=_("Reason"), required=False)
    section = forms.ChoiceField(label=_("Section"), required=False)
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[ALL, *((value, capfirst(label)) for value, label in Status.choices)],
    )
    author = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    campaign = forms.IntegerField(
        min_value=-LARGEST_ID, max_value=LARGEST_ID, required=False, widget=forms.HiddenInput
    )
    ids = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, reasons: Iterable[Reason], statuses: bool) -> None:
        super().__init__(data)
        self._offer(
            "reason", [(each, for_moderator(each)) for each in reasons_and_attributes(reasons)]
        )
        sections = Article.objects.exclude(section="").values_list("section", flat=True)
        self._offer("section", [(name, name) for name in sections.distinct().order_by("section")])
        if not statuses:
            del self.fields["status"]

    def clean_ids(self) -> list[int]:
        asked = [each for each in self.cleaned_data["ids"].split(",") if each]
        if not all(map(is_id, asked)):
            raise ValidationError(_("This link to comments is broken."))
        return [int(each) for each in asked]

    def found(self, comments: QuerySet[Any]) -> QuerySet[Any]:
        """Those of these comments that were asked for."""
        if not self.is_valid():
            return comments.none()
        for name, lookup in LOOKUPS.items():
            if (asked := self.cleaned_data.get(name)) not in EMPTY_VALUES:
                comments = comments.filter(**{lookup: asked})
        words = self.cleaned_data["q"]
        return matching(comments, words) if words else comments

    @property
    def is_used(self) -> bool:
        """Whether anything less than the whole list was asked for."""
        return self.has_changed()

    @property
    def campaign_asked(self) -> int | None:
        return self.cleaned_data.get("campaign") if self.is_valid() else None

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = [ALL, *choices]
