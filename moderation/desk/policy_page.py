"""The admin page of a site's policy."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from comments.admin import SharedAdmin
from comments.models import DEFAULT_KEY, Site
from moderation import policy_changes
from moderation.desk.policy_form import CHECK, PolicyForm, policy_form
from moderation.desk.thresholds import attributes, field_names, label
from moderation.labels import exact_percent
from moderation.model_registry import recommended
from moderation.models import LIMITS, Act, SitePolicy


class SitePolicyAdmin(SharedAdmin):
    """The policy of the default site; what is not set follows the model."""

    form = PolicyForm
    change_form_template = "moderation/policy_page.html"
    object_history_template = "moderation/policy_history.html"

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Open the policy itself, or the form that adds it, instead of a list with one row."""
        policy = self.get_queryset(request).first()
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
        """Use one title for adding and changing, and no buttons for adding another."""
        context = {
            "title": capfirst(self.opts.verbose_name),
            "subtitle": None,
            "show_save_and_add_another": False,
            "show_save_and_continue": False,
            **(extra_context or {}),
        }
        return super().changeform_view(request, object_id, form_url, context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        """Show what new words would have caught; that is no error."""
        form = context["adminform"].form
        lint = getattr(form, "lint", None)
        if lint and list(form.errors) == [NON_FIELD_ERRORS]:
            context["errors"] = []
        context |= {"lint": lint, "checks": CHECK, "is_check": CHECK in request.POST}
        return super().render_change_form(request, context, *args, **kwargs)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Add which changes the user can undo."""
        policy = self.get_object(request, object_id)
        may_undo = policy is not None and self.has_change_permission(request, policy)
        undoable = policy_changes.undoable(policy) if policy and may_undo else set()
        context = {"undoable": undoable, **(extra_context or {})}
        return super().history_view(request, object_id, context)

    def response_add(self, request: HttpRequest, obj: Any, *args: Any) -> HttpResponse:
        return self.response_change(request, obj)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        address = reverse("admin:moderation_sitepolicy_change", args=[obj.pk])
        self.message_user(request, _saved(obj.act, address), messages.SUCCESS)
        return HttpResponseRedirect(address)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not self.get_queryset(request).exists()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[SitePolicy]:
        return super().get_queryset(request).filter(site=DEFAULT_KEY)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.site = Site.objects.default()
        stored = SitePolicy.objects.filter(pk=obj.pk).first()
        before = policy_changes.settings_of(stored) if stored else {}
        super().save_model(request, obj, form, change)
        user: Any = request.user
        form.act = obj.act = policy_changes.record(policy=obj, before=before, user=user)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        return super().get_form(request, obj, change=change, form=policy_form(), **kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return a row for each attribute, then the other fields."""
        if self.has_change_permission(request, obj):
            rows: list[Any] = [field_names(attribute) for attribute in attributes()]
            return [*rows, *PolicyForm.QUESTIONS, *PolicyForm.Meta.fields]
        rows = [tuple(_in_force(name, limit) for limit in LIMITS) for name in attributes()]
        return [*rows, *PolicyForm.Meta.fields]

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> list[dict[str, Any]]:
        """Add the values, which Django leaves out, for moderation.desk.policy_history."""
        values = {
            name: [None if add else form.initial.get(name), form.cleaned_data[name]]
            for name in form.changed_data
            if name not in PolicyForm.QUESTIONS
        }
        what = "added" if add else "changed"
        act = {"act": form.act.pk} if form.act else {}
        return [{what: {"fields": list(values), "values": values, **act}}]


def _saved(act: Act | None, address: str) -> str:
    """Say that the policy is saved, with a link that undoes what has changed, if anything has."""
    if act is None:
        return _("The policy is saved.")
    undo = reverse("admin:undo", args=[act.pk], query={"next": address})
    return format_html('{} <a href="{}">{}</a>', _("The policy is saved."), undo, _("Undo"))


def _in_force(attribute: str, limit: str) -> Callable[[SitePolicy], str]:
    """Return a read-only column."""

    @admin.display(description=label(attribute, limit))
    def shown(policy: SitePolicy) -> str:
        set_here = policy.threshold(attribute, limit)
        if set_here is not None:
            return exact_percent(set_here)
        model_has = exact_percent(recommended().get(attribute, {}).get(limit))
        return _("%(value)s, as the model recommends") % {"value": model_has}

    return shown
