"""The dial "hold everything here": set on a card or on the article's page, for a time."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from comments.models import Article
from moderation import article_holds
from moderation.desk.navigation import own_address
from moderation.models import Act

MAY_HOLD = "moderation.change_articlehold"
CHOICES = tuple(
    zip(
        article_holds.HOURS,
        (
            gettext_lazy("1 hour"),
            gettext_lazy("6 hours"),
            gettext_lazy("1 day"),
            gettext_lazy("1 week"),
        ),
        strict=True,
    )
)


class DialForm(forms.Form):
    """For how many hours; 0 ends it."""

    hours = forms.TypedChoiceField(choices=[(0, ""), *CHOICES], coerce=int)


class HoldArticle(PermissionRequiredMixin, View):
    """Set or end the dial by POST, and go back to the page with the button."""

    permission_required = MAY_HOLD
    raise_exception = True
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = get_object_or_404(Article, pk=pk)
        form, back = DialForm(request.POST), own_address(request)
        if not form.is_valid():
            messages.warning(request, _("Choose for how long."))
            return redirect(back)
        _tell(request, article, _turn(request, article, form.cleaned_data["hours"]), back)
        return redirect(back)


def _turn(request: HttpRequest, article: Article, hours: int) -> Act | None:
    user: Any = request.user
    if hours:
        return article_holds.hold(article=article, hours=hours, user=user)
    return article_holds.end(article=article, user=user)


def _tell(request: HttpRequest, article: Article, act: Act | None, back: str) -> None:
    if act is None:
        messages.info(request, _("Comments on this article are not held any more."))
        return
    undo = f"{reverse('admin:undo', args=[act.pk])}?{urlencode({'next': back})}"
    words = f"{article.title}: {in_words(act.before['after'])}."
    sentence = format_html('{} <a href="{}">{}</a>', words, undo, _("Undo"))
    messages.success(request, sentence)


def in_words(state: dict[str, Any] | None) -> str:
    """Describe the state of a dial, as an act stores it."""
    until = parse_datetime(state["until"]) if state else None
    return held_until(until) if until and until > now() else _("the usual rules apply")


def held_until(until: dt.datetime) -> str:
    """Return "everything is held until 18:00", with the date if that is not today."""
    here = localtime(until)
    form = "TIME_FORMAT" if here.date() == localtime().date() else "DATETIME_FORMAT"
    return _("everything is held until %s") % date_format(here, form)
