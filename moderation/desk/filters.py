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
from moderation.desk.forms import MAX_ID
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
    """Choose which comments of a list are shown. An invalid filter shows an error and no comments.

    The author, the campaign and the ids come from links; people fill in the other fields.
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
        min_value=-MAX_ID, max_value=MAX_ID, required=False, widget=forms.HiddenInput
    )
    ids = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, reasons: Iterable[Reason], statuses: bool) -> None:
        super().__init__(data)
        self._set_choices(
            "reason", [(each, for_moderator(each)) for each in reasons_and_attributes(reasons)]
        )
        sections = Article.objects.exclude(section="").values_list("section", flat=True)
        self._set_choices(
            "section", [(name, name) for name in sections.distinct().order_by("section")]
        )
        if not statuses:
            del self.fields["status"]

    def clean_ids(self) -> list[int]:
        ids = [each for each in self.cleaned_data["ids"].split(",") if each]
        if not all(map(is_id, ids)):
            raise ValidationError(_("This link to comments is broken."))
        return [int(each) for each in ids]

    def apply(self, comments: QuerySet[Any]) -> QuerySet[Any]:
        """Return the comments that match the filter."""
        if not self.is_valid():
            return comments.none()
        for name, lookup in LOOKUPS.items():
            if (value := self.cleaned_data.get(name)) not in EMPTY_VALUES:
                comments = comments.filter(**{lookup: value})
        words = self.cleaned_data["q"]
        return matching(comments, words) if words else comments

    @property
    def campaign_number(self) -> int | None:
        return self.cleaned_data.get("campaign") if self.is_valid() else None

    def _set_choices(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = [ALL, *choices]
