"""The pages behind the links in e-mails: confirm an address, and unsubscribe.

The link itself is the proof, so neither needs a cookie. Opening a page changes nothing: programs
that check e-mails open every link.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from moderation.delivery import mail_requests

ONLY_THIS = "this"
_CONFIRM = _("Confirm your e-mail address")
_UNSUBSCRIBE = _("No more e-mails")
_UNKNOWN = _(
    "This link is not valid, or no longer. If you want e-mails about a comment, tick the box when "
    "you send the next one."
)
_CONFIRMED = _(
    "Thank you. You will be told what is decided about your comment, and when somebody answers. "
    "Every e-mail has a link with which you can end this."
)
_ENDED = _("You will get no more e-mails from us, whichever comment they would be about.")
_ENDED_FOR_ONE = _("You will get no more e-mails about this comment.")


@method_decorator([csrf_exempt, never_cache], name="dispatch")
class MailPage(View):
    """A question with buttons, or a sentence that says what happened."""

    title: Any = ""

    def say(self, sentence: Any) -> HttpResponse:
        return self.show(sentence=sentence)

    def unknown(self) -> HttpResponse:
        return self.show(404, sentence=_UNKNOWN)

    def show(self, status: int = 200, **context: Any) -> HttpResponse:
        facts = {"title": self.title, "only_this": ONLY_THIS, **context}
        return render(self.request, "comments/mail.html", facts, status=status)


class Confirm(MailPage):
    title = _CONFIRM

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        consent = mail_requests.consent_of(token)
        if consent is None:
            return self.unknown()
        return self.say(_CONFIRMED) if consent.in_force else self.show(asks="confirm")

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        consent = mail_requests.consent_of(token)
        if consent is None:
            return self.unknown()
        mail_requests.confirm(consent=consent)
        return self.say(_CONFIRMED)


class Unsubscribe(MailPage):
    """A POST without further fields, as mail programs send it, ends all e-mails (RFC 8058)."""

    title = _UNSUBSCRIBE

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        subscription = mail_requests.subscription_of(token)
        if subscription is None:
            return self.unknown()
        if subscription.consent.ended_at:
            return self.say(_ENDED)
        if not subscription.consent.in_force:
            return self.show(asks="refuse")
        is_open = subscription.ended_at is None
        return self.show(asks="end", article=is_open and subscription.comment.article)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        subscription = mail_requests.subscription_of(token)
        if subscription is None:
            return self.unknown()
        only_this = request.POST.get("end") == ONLY_THIS
        mail_requests.end(subscription=subscription, only_this=only_this)
        return self.say(_ENDED_FOR_ONE if only_this else _ENDED)
