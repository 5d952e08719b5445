"""The admin site: sign-in, one-time codes, change of password."""

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from moderation.accounts import known_browsers, lockout, sessions, views
from moderation.accounts.log import record
from moderation.accounts.models import AccountDeed, User
from moderation.accounts.one_time_codes import let_in
from moderation.desk import pages


class Desk(AdminSite):
    site_header = site_title = _("Comment moderation")
    index_title = _("Moderators' desk")

    def get_urls(self) -> list[Any]:
        return [
            path("one-time-code/", views.ask, name="code"),
            path("one-time-codes/", views.codes, name="codes"),
            *pages.addresses(self.admin_view),
            *super().get_urls(),
        ]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        return pages.with_ours(super().get_app_list(request, app_label), request, app_label)

    def has_permission(self, request: Any) -> bool:
        """Asked several times for a page; a yes stays one until its end."""
        if not getattr(request, "is_let_in", False):
            request.is_let_in = super().has_permission(request) and let_in(request.user)
        return bool(request.is_let_in)

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if request.method == "GET" and super().has_permission(request) and not let_in(request.user):
            return redirect(
                f"{reverse('admin:code')}?{urlencode({'next': request.GET.get('next', '')})}"
            )
        if request.method == "POST":
            return self._sign_in(request)
        return super().login(request, extra_context)

    def _sign_in(self, request: HttpRequest) -> HttpResponse:
        with lockout.turn(request) as is_free:
            if not is_free:
                return self._busy(request)
            answer = super().login(request)
        if answer.status_code == 302:
            sessions.begin(request.session)
            known_browsers.remember(answer, request.user.get_username())
        return answer

    def _busy(self, request: HttpRequest) -> HttpResponse:
        context = {**self.each_context(request), "title": _("Try again later"), "busy": True}
        answer = render(request, "moderation/locked.html", context, status=429)
        answer["Retry-After"] = "3"
        return answer

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        answer = super().password_change(request, extra_context)
        if request.method == "POST" and answer.status_code == 302:
            own: Any = request.user
            record(AccountDeed.PASSWORD, User.objects.get(pk=own.pk), actor=own)
        return answer
