"""The page where the site's policy is set, its thresholds in percent as all scores at the desk."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from moderation.models import SitePolicy
from moderation.wording import percent


class PercentField(forms.FloatField):
    """A share of one that is shown and typed as percent."""

    def __init__(self, **options: Any) -> None:
        help_text = _("Percent, 0 to 100. Empty: as the model's card recommends.")
        super().__init__(**options, min_value=0, max_value=100, help_text=help_text)

    def prepare_value(self, value: Any) -> Any:
        return f"{value * 100:.6g}" if isinstance(value, float) else value

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        return None if typed is None else typed / 100


class SitePolicyAdmin(admin.ModelAdmin):
    """One row: what is not set follows the model's card."""

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A list of one would only stand before it: the policy itself opens, or is begun."""
        policy = SitePolicy.objects.first()
        if policy and self.has_view_permission(request, policy):
            return redirect("admin:moderation_sitepolicy_change", policy.pk)
        if self.has_add_permission(request):
            return redirect("admin:moderation_sitepolicy_add")
        return super().changelist_view(request, extra_context)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """One policy is neither added nor one of several: its page is called by its name alone."""
        context = {
            "title": capfirst(self.opts.verbose_name),
            "show_save_and_add_another": False,
            **(extra_context or {}),
        }
        return super().changeform_view(request, object_id, form_url, context)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not SitePolicy.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if isinstance(db_field, models.FloatField):
            return PercentField(label=db_field.verbose_name.capitalize(), required=False)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if self.has_change_permission(request, obj):
            return super().get_fields(request, obj)
        fields = [field for field in SitePolicy._meta.fields if not field.primary_key]
        return [_as_percent(f) if isinstance(f, models.FloatField) else f.name for f in fields]


def _as_percent(field: Any) -> Callable[[SitePolicy], str]:
    """A column for whoever may only read."""

    @admin.display(description=field.verbose_name)
    def shown(policy: SitePolicy) -> str:
        return percent(getattr(policy, field.name))

    return shown
