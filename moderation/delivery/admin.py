"""The admin pages of webhooks and of the logs of messages and e-mails, for superusers."""

import json
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.dateparse import parse_datetime
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from comments.admin import ListAdmin
from comments.encryption import WrongKeyError
from comments.models import Comment
from comments.shared_form import SharedForm
from moderation.delivery import mail_sending, outgoing, webhook_sending
from moderation.delivery.models import Endpoint, Mail, Message, MessageKind, new_id
from moderation.delivery.webhook_bodies import body
from moderation.delivery.webhook_secrets import rotate_secret, stop_old_secret

_OFFERED = [(kind.value, kind.label) for kind in MessageKind if kind != MessageKind.TEST]


_STYLE = {"all": ["delivery/delivery.css"]}


class EndpointForm(SharedForm):
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("What is sent"), choices=_OFFERED, widget=forms.CheckboxSelectMultiple
    )

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        if not outgoing.is_possible(url):
            raise ValidationError(
                _("Enter an address like https://www.example.org/hooks/comments, without a name.")
            )
        if not outgoing.is_safe(url):
            raise ValidationError(
                _("The address must begin with https://, so that nobody can read what is sent.")
            )
        return url


@admin.register(Endpoint)
class EndpointAdmin(ListAdmin):
    """For superusers only: who sets a webhook receives all comments of the site."""

    form = EndpointForm
    list_display = ("url", "site", "sent", "active", "rotating")
    fields = ("site", "url", "kinds", "active")
    change_form_template = "delivery/endpoint.html"

    class Media:
        css = _STYLE

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("site",) if obj else ()

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Its messages are deleted with it, although nobody can delete them alone."""
        shown, counts, lacking, protected = super().get_deleted_objects(objs, request)
        return shown, counts, lacking - {Message._meta.verbose_name}, protected

    def get_urls(self) -> list[Any]:
        pages = {
            "secret": self.secret_page,
            "rotate": require_POST(self.rotate),
            "stop": require_POST(self.stop_old),
            "test": require_POST(self.test),
        }
        own = [
            path(f"<int:pk>/{name}/", self.admin_site.admin_view(page), name=f"webhook_{name}")
            for name, page in pages.items()
        ]
        return [*own, *super().get_urls()]

    @admin.display(description=gettext_lazy("what is sent"))
    def sent(self, endpoint: Endpoint) -> str:
        return ", ".join(endpoint.kinds)

    @admin.display(description=gettext_lazy("secrets"))
    def rotating(self, endpoint: Endpoint) -> str:
        return "2" if endpoint.sealed_old_secret else "1"

    @method_decorator(never_cache)
    def secret_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        endpoint = self._changeable(request, pk)
        try:
            secrets = endpoint.secrets
        except WrongKeyError:
            secrets = []
        context = {
            **self.admin_site.each_context(request),
            "title": _("Secret of the webhook"),
            "endpoint": endpoint,
            "secrets": secrets,
        }
        return render(request, "delivery/secret.html", context)

    def rotate(self, request: HttpRequest, pk: int) -> HttpResponse:
        endpoint = self._changeable(request, pk)
        rotate_secret(endpoint)
        self.log_change(request, endpoint, "A new secret was made.")
        return redirect("admin:webhook_secret", pk)

    def stop_old(self, request: HttpRequest, pk: int) -> HttpResponse:
        endpoint = self._changeable(request, pk)
        stop_old_secret(endpoint)
        self.log_change(request, endpoint, "The old secret no longer signs.")
        return redirect("admin:webhook_secret", pk)

    def test(self, request: HttpRequest, pk: int) -> HttpResponse:
        endpoint = self._changeable(request, pk)
        message = Message.objects.create(endpoint=endpoint, uid=new_id(), kind=MessageKind.TEST)
        self.message_user(request, _("A test message will be sent in a moment."))
        return redirect("admin:delivery_message_change", message.pk)

    def _changeable(self, request: HttpRequest, pk: int) -> Endpoint:
        endpoint: Endpoint | None = self.get_object(request, str(pk))
        if endpoint is None or not self.has_change_permission(request, endpoint):
            raise PermissionDenied
        return endpoint


class LogAdmin(ListAdmin):
    """A log: nothing is changed here, but what it lists can be sent again."""

    show_full_result_count = False
    actions = ("send_again",)

    class Media:
        css = _STYLE

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Message)
class MessageAdmin(LogAdmin):
    """The log of webhook messages: any of them can be sent again."""

    list_display = ("happened_at", "kind", "comment", "server", "state", "last_answer")
    list_filter = ("state", "kind", "endpoint")
    list_select_related = ("endpoint",)
    search_fields = ("=uid", "=comment_number")
    fields = (
        *("uid", "endpoint", "kind", "comment", "happened_at", "state", "due_at"),
        *("history", "content"),
    )
    readonly_fields = ("comment", "history", "content")

    @admin.action(description=gettext_lazy("Send again"))
    def send_again(self, request: HttpRequest, chosen: QuerySet[Message]) -> None:
        sent = webhook_sending.send_again(chosen)
        words = ngettext("%d message will be sent again.", "%d messages will be sent again.", sent)
        self.message_user(request, words % sent, messages.SUCCESS if sent else messages.INFO)

    @admin.display(description=gettext_lazy("comment"))
    def comment(self, message: Message) -> str:
        return _comment_link(message.comment_number) if message.comment_number else "—"

    @admin.display(description=gettext_lazy("webhook"))
    def server(self, message: Message) -> str:
        return urlsplit(message.endpoint.url).netloc

    @admin.display(description=gettext_lazy("last answer"))
    def last_answer(self, message: Message) -> str:
        return message.answer or "—"

    @admin.display(description=gettext_lazy("attempts"))
    def history(self, message: Message) -> str:
        return format_html_join("", "<div>{}: {} ({} ms)</div>", _attempts(message)) or "—"

    @admin.display(description=gettext_lazy("what is sent"))
    def content(self, message: Message) -> str:
        shown = json.dumps(json.loads(body(message)), indent=2, ensure_ascii=False)
        return format_html('<pre class="delivery-sent">{}</pre>', shown)


@admin.register(Mail)
class MailAdmin(LogAdmin):
    """The log of e-mails, without their addresses; those that were not taken can be sent again."""

    list_display = ("created_at", "kind", "comment", "state", "answer")
    list_filter = ("state", "kind")
    search_fields = ("=subscription__comment__id",)
    fields = (
        *("kind", "comment", "state", "created_at", "due_at", "sent_at", "attempts", "answer"),
        "uid",
    )
    readonly_fields = ("comment",)

    @admin.action(description=gettext_lazy("Send again if it was not taken for certain"))
    def send_again(self, request: HttpRequest, chosen: QuerySet[Mail]) -> None:
        sent = mail_sending.send_again(chosen)
        words = ngettext("%d e-mail will be sent again.", "%d e-mails will be sent again.", sent)
        self.message_user(request, words % sent, messages.SUCCESS if sent else messages.INFO)

    @admin.display(description=gettext_lazy("comment"))
    def comment(self, mail: Mail) -> str:
        return _comment_link(mail.subscription_id)


def _comment_link(number: int) -> str:
    url = reverse("admin:comment", args=[number])
    return format_html('<a href="{}">{}</a>', url, Comment(pk=number))


def _attempts(message: Message) -> list[tuple[str, str, int]]:
    rows = []
    for each in message.attempts:
        at = parse_datetime(each["at"])
        when = date_format(localtime(at), "SHORT_DATETIME_FORMAT") if at else each["at"]
        rows.append((when, each["answer"], each["ms"]))
    return rows
