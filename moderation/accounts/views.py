"""The pages of one-time codes: enter one, set them up, manage them."""

from typing import Any

import django_otp
import segno
from django.contrib import admin, messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from moderation.accounts import one_time_codes
from moderation.accounts.one_time_codes import WaitError


@never_cache
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a one-time code after a correct password."""
    user: Any = request.user
    if not _is_staff(user):
        return redirect_to_login(request.get_full_path(), reverse("admin:login"))
    if request.method == "POST" and "leave" in request.POST:
        logout(request)
        return redirect("admin:login")
    if not one_time_codes.used_by(user):
        return redirect("admin:codes")
    context: dict[str, Any] = {"title": _("One-time code"), "next": request.GET.get("next", "")}
    if request.method == "POST":
        context["fault"] = _fault(request, one_time_codes.accept)
        if not context["fault"]:
            return HttpResponseRedirect(_next_page(request))
    return _page(request, "moderation/code_asked.html", context)


@never_cache
def codes(request: HttpRequest) -> HttpResponse:
    """Set up one-time codes, or show and change the existing ones."""
    user: Any = request.user
    if not _is_staff(user):
        return redirect_to_login(request.get_full_path(), reverse("admin:login"))
    used = one_time_codes.used_by(user)
    if used and not user.is_verified():
        return redirect(f"{reverse('admin:code')}?next={request.path}")
    if request.method == "POST" and used and "new" not in request.GET:
        return _change(request, user)
    if not used or "new" in request.GET:
        return _set_up(request, user)
    left = one_time_codes.recovery_codes_left(user)
    required = one_time_codes.required_of(user)
    return _page(request, "moderation/codes.html", {"left": left, "required": required})


def _set_up(request: HttpRequest, user: Any) -> HttpResponse:
    fault = ""
    if request.method == "POST":
        fault = _fault(request, one_time_codes.set_up)
        if not fault:
            return _recovery_codes(request, user)
    address = one_time_codes.new_generator(user).config_url
    secret = address.partition("secret=")[2].partition("&")[0]
    context = {
        "fault": fault,
        "picture": segno.make(address, error="m").svg_data_uri(scale=5, border=4, light="#fff"),
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "required": one_time_codes.required_of(user),
    }
    return _page(request, "moderation/codes_set_up.html", context)


def _change(request: HttpRequest, user: Any) -> HttpResponse:
    if "recovery" in request.POST:
        return _recovery_codes(request, user)
    if "stop" in request.POST and not one_time_codes.required_of(user):
        one_time_codes.remove_codes(user)
        messages.success(request, _("You sign in with the password alone from now on."))
    return redirect("admin:index")


def _recovery_codes(request: HttpRequest, user: Any) -> HttpResponse:
    made = one_time_codes.renew_recovery_codes(user)
    return _page(request, "moderation/codes_on_paper.html", {"codes": made})


def _fault(request: HttpRequest, check: Any) -> str:
    """Return why the code in the form is refused, or "" after accepting it for this session."""
    try:
        device = check(request.user, request.POST.get("code", ""))
    except WaitError as error:
        wait = ngettext(
            "Wrong codes were given. Try again in %d second.",
            "Wrong codes were given. Try again in %d seconds.",
            error.seconds,
        )
        return wait % error.seconds
    if device is None:
        return _("That code is not right, or has been used. Wait for the next one.")
    request.session.cycle_key()
    django_otp.login(request, device)
    return ""


def _next_page(request: HttpRequest) -> str:
    wanted = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if safe else reverse("admin:index")


def _is_staff(user: Any) -> bool:
    return bool(user.is_active and user.is_staff)


def _page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    each = admin.site.each_context(request)
    return render(request, template, {**each, "title": _("One-time codes"), **context})
