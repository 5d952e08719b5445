"""The admin pages of the site's own reasons for rejection."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from comments.admin import ListAdmin
from comments.models import DEFAULT_KEY, Site
from comments.shared_form import SharedForm
from moderation.labels import for_moderator
from moderation.models import MAX_ACTIVE, RejectionReason
from moderation.rejections import BUILT_IN


class ReasonForm(SharedForm):
    """A reason; at most `MAX_ACTIVE` are offered, one for each number key."""

    code = forms.ChoiceField(
        label=_("Counts as"),
        choices=lambda: [(value, capfirst(str(label))) for value, label in BUILT_IN],
        help_text=RejectionReason._meta.get_field("code").help_text,
    )

    class Meta:
        model = RejectionReason
        fields = (
            *("name_uk", "name_en", "code", "public_uk", "public_en"),
            *("place", "active"),
        )
        widgets = {
            "public_uk": forms.Textarea(attrs={"rows": 2}),
            "public_en": forms.Textarea(attrs={"rows": 2}),
        }

    def clean_active(self) -> bool:
        active: bool = self.cleaned_data["active"]
        others = RejectionReason.objects.filter(site=DEFAULT_KEY, active=True)
        if active and others.exclude(pk=self.instance.pk).count() >= MAX_ACTIVE:
            words = ngettext(
                "Only %d reason can be offered at once, one for each number key: stop offering "
                "another one first.",
                "Only %d reasons can be offered at once, one for each number key: stop offering "
                "another one first.",
                MAX_ACTIVE,
            )
            raise ValidationError(words % MAX_ACTIVE)
        return active


class RejectionReasonAdmin(ListAdmin):
    """The reasons of the default site. None: moderators see the built-in ones."""

    form = ReasonForm
    list_display = ("name", "counts_as", "public", "place", "active")
    change_list_template = "moderation/reasons.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[RejectionReason]:
        return super().get_queryset(request).filter(site=DEFAULT_KEY)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(
        self, request: HttpRequest, obj: RejectionReason, form: Any, change: bool
    ) -> None:
        if not change:
            obj.site = Site.objects.default()
        super().save_model(request, obj, form, change)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        built_in = ", ".join(str(label) for _value, label in BUILT_IN)
        context = {"built_in": built_in, "most": MAX_ACTIVE, **(extra_context or {})}
        return super().changelist_view(request, context)

    @admin.display(description=_("name"))
    def name(self, reason: RejectionReason) -> str:
        return reason.name

    @admin.display(description=_("counts as"))
    def counts_as(self, reason: RejectionReason) -> str:
        return for_moderator(reason.code)

    @admin.display(description=_("what the author reads"))
    def public(self, reason: RejectionReason) -> str:
        return reason.public or str(_("the service's own words"))
