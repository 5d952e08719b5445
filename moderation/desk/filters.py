"""The filter form above a list of comments, and the order of the list."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EMPTY_VALUES, MaxValueValidator, MinValueValidator
from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from comments.identity import is_id
from comments.models import SCORE_SCALE, Article, Comment, Status
from moderation.desk import ordering
from moderation.desk.article_filter import articles
from moderation.desk.forms import MAX_ID
from moderation.desk.thresholds import reasons_and_attributes
from moderation.labels import LANGUAGE_LABELS, for_moderator
from moderation.policy.verdict import HOLD_REASONS, Reason
from moderation.search import matching

ALL = ("", _("all"))
LOOKUPS = {
    "reason": "reason",
    "status": "status",
    "author": "author_key",
    "campaign": "membership__campaign",
    "ids": "pk__in",
    "language": "language",
    "risk_from": "risk__gte",
    "risk_to": "risk__lte",
    "date_from": "created_at__gte",
    "date_to": "created_at__lt",
}
# Shown first; the others are folded away until one is used.
FIRST = ("q", "reason", "order")


class _Percent(forms.IntegerField):
    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, min_value=0, max_value=100, **options)


class _Day(forms.DateField):
    """A day that every database can compare with."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def __init__(self, **options: Any) -> None:
        limits = [MinValueValidator(dt.date(1970, 1, 1)), MaxValueValidator(dt.date(9000, 1, 1))]
        super().__init__(required=False, input_formats=["%Y-%m-%d"], validators=limits, **options)


class FilterForm(forms.Form):
    """Choose which comments of a list are shown, and in which order.

    An invalid filter shows an error and no comments. The author, the campaign and the ids come from
    links; people fill in the other fields. The score is the highest of a comment's scores, which is
    the only one with an index: to see those of one attribute, combine it with the reason.
    """

    q = forms.CharField(
        label=_("Words in the text or name, or #number"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "size": 30}),
    )
    reason = forms.ChoiceField(label=_("Reason"), required=False)
    order = forms.ChoiceField(label=_("Order"), required=False)
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[ALL, *((value, capfirst(label)) for value, label in Status.choices)],
    )
    section = forms.ChoiceField(label=_("Section"), required=False)
    article = forms.CharField(
        label=_("Article: words of the title, key or address"), max_length=500, required=False
    )
    name = forms.CharField(label=_("Author's name"), max_length=80, required=False)
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[ALL, *LANGUAGE_LABELS.items()]
    )
    risk_from = _Percent(label=_("Highest score from, %"))
    risk_to = _Percent(label=_("Highest score to, %"))
    date_from = _Day(label=_("Submitted from"))
    date_to = _Day(label=_("Submitted to"))
    author = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    campaign = forms.IntegerField(
        min_value=-MAX_ID, max_value=MAX_ID, required=False, widget=forms.HiddenInput
    )
    ids = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any, *, reasons: Iterable[Reason], statuses: bool, first: str = "oldest"
    ) -> None:
        """`first` is the order of the list unless another one is chosen.

        With other reasons than those to hold a comment, the list has other comments than held ones.
        """
        super().__init__(data)
        self.first = first
        self.only_held = tuple(reasons) == HOLD_REASONS
        found = [(each, for_moderator(each)) for each in reasons_and_attributes(reasons)]
        self._set_choices("reason", [ALL, *found])
        sections = Article.objects.exclude(section="").values_list("section", flat=True)
        names = [(name, name) for name in sections.distinct().order_by("section")]
        self._set_choices("section", [ALL, *names])
        self._set_choices("order", ordering.choices(first=first, of_all=statuses))
        if not statuses:
            del self.fields["status"]

    def clean_ids(self) -> list[int]:
        ids = [each for each in self.cleaned_data["ids"].split(",") if each]
        if not all(map(is_id, ids)):
            raise ValidationError(_("This link to comments is broken."))
        return [int(each) for each in ids]

    def clean_risk_from(self) -> int | None:
        return _stored(self.cleaned_data["risk_from"])

    def clean_risk_to(self) -> int | None:
        return _stored(self.cleaned_data["risk_to"])

    def clean_date_from(self) -> dt.datetime | None:
        return _start_of(self.cleaned_data["date_from"])

    def clean_date_to(self) -> dt.datetime | None:
        """Return the end of that day, which is included."""
        day = self.cleaned_data["date_to"]
        return _start_of(day and day + dt.timedelta(days=1))

    def apply(self, comments: QuerySet[Any]) -> QuerySet[Any]:
        """Return the comments that match the filter, in the chosen order."""
        if not self.is_valid():
            return comments.none()
        chosen = self.cleaned_data
        for name, lookup in LOOKUPS.items():
            if (value := chosen.get(name)) not in EMPTY_VALUES:
                comments = comments.filter(**{lookup: value})
        if chosen["risk_to"] is not None:
            # Those without scores are stored as -1.
            comments = comments.filter(risk__gte=0)
        if chosen["section"]:
            in_section = Article.objects.filter(section=chosen["section"])
            comments = comments.filter(article__in=in_section.values("pk"))
        if chosen["article"]:
            comments = comments.filter(article__in=articles(chosen["article"]).values("pk"))
        if (query := chosen["q"]) or chosen["name"]:
            comments = matching(comments, query, name=chosen["name"], only_held=self.only_held)
        return ordering.ordered(comments, chosen["order"] or self.first)

    @property
    def searches(self) -> bool:
        """Whether words are searched for, which takes longer than to choose by columns."""
        return self.is_valid() and bool(self.cleaned_data["q"] or self.cleaned_data["name"])

    @property
    def folds(self) -> bool:
        """Whether one comment may stand for its campaign: not if its parts are asked for."""
        asked = self.cleaned_data if self.is_valid() else {}
        return not any(asked.get(name) for name in ("campaign", "author", "ids"))

    @property
    def campaign_number(self) -> int | None:
        return self.cleaned_data.get("campaign") if self.is_valid() else None

    @property
    def first_fields(self) -> list[Any]:
        return [field for field in self.visible_fields() if field.name in FIRST]

    @property
    def further_fields(self) -> list[Any]:
        return [field for field in self.visible_fields() if field.name not in FIRST]

    @property
    def narrows(self) -> bool:
        """Whether more than a reason or an order is chosen, which a page shows anyway."""
        return bool(set(self.changed_data) - {"reason", "order"})

    @property
    def uses_further(self) -> bool:
        """Whether one of the further fields is filled in, so that they have to be shown."""
        return any(field.value() or field.errors for field in self.further_fields)

    def _set_choices(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices


def counts_by_reason() -> dict[str, int]:
    """Return how many comments wait for each reason, the most frequent first, in one query."""
    held = Comment.objects.held().order_by().values_list("reason")
    return dict(held.annotate(count=Count("pk")).order_by("-count", "reason"))


def _stored(percent: int | None) -> int | None:
    return None if percent is None else percent * SCORE_SCALE // 100


def _start_of(day: dt.date | None) -> dt.datetime | None:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min)) if day else None
