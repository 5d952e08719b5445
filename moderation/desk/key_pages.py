"""The admin pages of site keys, for superusers: make one, see how it is used, revoke it."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Max, Q, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from comments import checks
from comments.admin import ListAdmin
from comments.models import KeyScope, Site, SiteKey
from comments.shared_form import SharedForm

_OPTIONS = ("toxicity_is_spam", "doubt", "text_kept_days")


class KeyForm(SharedForm):
    """A new key, or the options of one for checks."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "site" in self.fields:
            self.fields["site"].initial = Site.objects.default().pk


class SiteKeyAdmin(ListAdmin):
    """For superusers only, like the sites: no role has permissions for it."""

    form = KeyForm
    list_display = ("name", "site", "scope", "state", "used", "last_used")
    list_select_related = ("site",)
    list_filter = ("scope",)
    change_form_template = "moderation/site_key.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[SiteKey]:
        today = timezone.localdate()
        this_month = Q(check_days__day__gte=today.replace(day=1))
        keys: QuerySet[SiteKey] = super().get_queryset(request)
        return keys.annotate(
            checks_today=Sum("check_days__checks", filter=Q(check_days__day=today), default=0),
            checks_month=Sum("check_days__checks", filter=this_month, default=0),
            last_check=Max("check_days__last_at"),
        )

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        options = (_("Only for checks"), {"fields": _OPTIONS})
        if obj is None:
            return [(None, {"fields": ("site", "name", "scope")}), options]
        known = (None, {"fields": ("site", "name", "scope", "created_at", "state")})
        return [known, options] if obj.scope == KeyScope.CHECK else [known]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("site", "name", "scope", "created_at", "state") if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Decisions name the key of a program: it is revoked instead."""
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.shown_once = obj.renew()
        super().save_model(request, obj, form, change)

    @method_decorator(never_cache)
    def response_add(self, request: HttpRequest, obj: Any, *args: Any) -> HttpResponse:
        """Show the key in the answer itself: a message would be stored in a cookie."""
        context = {**self._context(request, obj), "key": obj.shown_once, "title": _("New site key")}
        return render(request, "moderation/site_key_made.html", context)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Show the usage of a key for checks, and no buttons for adding another."""
        key = self.get_object(request, object_id) if object_id else None
        context = {
            "months": checks.by_month(key) if key and key.scope == KeyScope.CHECK else [],
            "show_save_and_add_another": False,
            "show_save_and_continue": False,
            **(extra_context or {}),
        }
        return super().changeform_view(request, object_id, form_url, context)

    def get_urls(self) -> list[Any]:
        page = self.admin_site.admin_view(self.revoke_page)
        return [path("<int:pk>/revoke/", page, name="revoke_key"), *super().get_urls()]

    def revoke_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        key = self.get_object(request, str(pk))
        if key is None or not self.has_change_permission(request, key):
            raise PermissionDenied
        if request.method == "POST":
            if SiteKey.objects.revoke(key.site, key.name):
                self.log_change(request, key, "The key was revoked.")
                self.message_user(request, _("The key is revoked."), messages.SUCCESS)
            return redirect("admin:comments_sitekey_change", pk)
        context = {**self._context(request, key), "title": _("Revoke the key")}
        return render(request, "moderation/site_key_revoke.html", context)

    def _context(self, request: HttpRequest, key: SiteKey) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "original": key, "opts": self.opts}

    @admin.display(description=gettext_lazy("state"))
    def state(self, key: SiteKey) -> str:
        if key.revoked_at is None:
            return _("in use")
        return _("revoked on %(day)s") % {"day": date_format(timezone.localtime(key.revoked_at))}

    @admin.display(description=gettext_lazy("checks"))
    def used(self, key: Any) -> str:
        if key.scope != KeyScope.CHECK:
            return "—"
        counts = {
            "today": number_format(key.checks_today),
            "month": number_format(key.checks_month),
        }
        return _("%(today)s today, %(month)s this month") % counts

    @admin.display(description=gettext_lazy("last check"))
    def last_used(self, key: Any) -> str:
        if key.last_check is None:
            return "—"
        return date_format(timezone.localtime(key.last_check), "SHORT_DATETIME_FORMAT")
