"""The admin site: sign-in, one-time codes, change of password."""

from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from moderation.accounts import known_browsers, lockout, sessions, views
from moderation.accounts.log import record
from moderation.accounts.models import AccountDeed, User
from moderation.accounts.one_time_codes import may_enter
from moderation.desk import pages
from moderation.desk.today import of_today
from moderation.notes import asked_of

NOT_DONE = _("You were signed out, so what you sent was not done. Sign in and do it again.")


class Desk(AdminSite):
    site_header = site_title = _("Comment moderation")
    index_title = _("Moderators' desk")

    def get_urls(self) -> list[Any]:
        return [
            path("one-time-code/", views.ask, name="code"),
            path("one-time-codes/", views.codes, name="codes"),
            *pages.desk_urls(self.admin_view),
            *super().get_urls(),
        ]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Any:
        """Return the menu, made only where the page shows it."""
        admin_list = super().get_app_list
        return SimpleLazyObject(
            lambda: pages.with_desk_pages(admin_list(request, app_label), request, app_label)
        )

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Add how many questions wait for the user, counted only where the page shows it."""
        user: Any = request.user
        asked = SimpleLazyObject(lambda: asked_of(user).count() if user.is_authenticated else 0)
        return {**super().each_context(request), "asked_of_you": asked}

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return super().index(request, {**of_today(request.user), **(extra_context or {})})

    def has_permission(self, request: Any) -> bool:
        """Check the user and the one-time code; called several times per page, so cache a yes."""
        if not getattr(request, "may_enter_desk", False):
            request.may_enter_desk = super().has_permission(request) and may_enter(request.user)
        return bool(request.may_enter_desk)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Tell somebody whose session ended that what they sent was not done."""
        checked = super().admin_view(view, cacheable)

        @wraps(checked)
        def telling(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            is_lost = request.method == "POST" and not self.has_permission(request)
            if is_lost and request.path != reverse("admin:logout"):
                messages.warning(request, NOT_DONE)
            return checked(request, *args, **kwargs)

        return telling

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if (
            request.method == "GET"
            and super().has_permission(request)
            and not may_enter(request.user)
        ):
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
