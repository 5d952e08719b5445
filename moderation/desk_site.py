"""The desk as a site of Django's admin: how one comes in, and how a password is changed."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from moderation import known_browsers, sessions
from moderation.accounts import record
from moderation.models import AccountDeed


class Desk(AdminSite):
    site_header = site_title = _("Comment moderation")
    index_title = _("Moderators' desk")

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        answer = super().login(request, extra_context)
        if request.method == "POST" and answer.status_code == 302:
            sessions.begin(request.session)
            known_browsers.remember(answer, request.user.get_username())
        return answer

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        answer = super().password_change(request, extra_context)
        if request.method == "POST" and answer.status_code == 302:
            own: Any = request.user
            record(AccountDeed.PASSWORD, User.objects.get(pk=own.pk), actor=own)
        return answer
