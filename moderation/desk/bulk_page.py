"""The page of a bulk decision: the preview, the progress, and what was done."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from comments.identity import is_id
from comments.models import Comment
from moderation import bulk as bulk_service
from moderation.desk import bulk_left_out, bulk_words, contradictions
from moderation.desk.page import DeskPage
from moderation.desk.review import MAY_REVIEW
from moderation.models import Act, BulkDecision, Fate, undo_time

PAGE = 50
# Fates that are of no interest after the end: the moderator has chosen them.
_CHOSEN = (Fate.WAITING, Fate.DONE, Fate.SEPARATE, Fate.LEFT_OUT)


class BulkPage(DeskPage, TemplateView):
    """Shows a moderator's own bulk decision; POST starts, carries on, stops or changes it."""

    permission_required = MAY_REVIEW
    template_name = "moderation/bulk_page.html"

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        bulk = self._bulk()
        step = request.POST.get("step", "")
        chosen = request.POST.get("comment", "")
        if step in ("out", "in"):
            ids = [int(chosen)] if is_id(chosen) else []
            bulk_service.leave_out(bulk=bulk, comments=ids, out=step == "out")
            return redirect(request.get_full_path())
        if step == "stop":
            bulk_service.stop(bulk=bulk)
        elif step == "start":
            bulk_service.start(bulk=bulk)
        bulk_service.carry_on(bulk=bulk)
        if self._wants_json:
            return JsonResponse(_progress(bulk))
        return self._after(bulk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        bulk = self._bulk()
        found = self._preview(bulk) if bulk.is_prepared else self._result(bulk)
        return {**super().get_context_data(**kwargs), **found, "bulk": bulk}

    def _bulk(self) -> BulkDecision:
        own = BulkDecision.objects.select_related("own_reason", "act")
        return get_object_or_404(own, pk=self.kwargs["pk"], user=self.request.user)

    def _preview(self, bulk: BulkDecision) -> dict[str, Any]:
        found = bulk_service.sort_out(bulk, bulk.items.filter(fate=Fate.WAITING))
        count = len(found.moves)
        chosen = [move.comment for move in found.moves]
        against = contradictions.contradictions(bulk_service.verdict_of(bulk), chosen)
        ids = [comment.pk for comment in chosen]
        page = Paginator(ids, PAGE).get_page(self.request.GET.get("page"))
        comments = Comment.objects.filter(pk__in=page.object_list).select_related("article")
        return {
            "title": bulk_words.heading(bulk, count),
            "button": bulk_words.button(bulk, count),
            "count": count,
            "too_many": bulk.matched > bulk_service.MAX_ITEMS,
            "against": against[: contradictions.LISTED],
            "against_words": contradictions.about_many(len(against)),
            "told": bulk_words.told(found.moves),
            "later": int(undo_time().total_seconds() // 60),
            "comments": comments.order_by("pk"),
            "page_obj": page,
            "paginator": page.paginator,
            "left_out": bulk_left_out.groups(bulk, found.left_out),
        }

    def _result(self, bulk: BulkDecision) -> dict[str, Any]:
        return {
            "title": bulk_words.done_sentence(bulk, bulk_service.counts(bulk)[Fate.DONE])[:-1],
            "progress": _progress(bulk),
            "is_undone": bulk.act_id and Act.objects.filter(undoes=bulk.act_id).exists(),
            "left_out": bulk_left_out.groups(bulk, {}),
        }

    def _after(self, bulk: BulkDecision) -> HttpResponse:
        """Go back to the list if all is done, otherwise show how far it is."""
        if bulk.is_running or bulk.is_stopped or bulk.is_prepared:
            return redirect("admin:bulk", bulk.pk)
        say_what_was_done(self.request, bulk)
        return redirect(bulk.back or reverse("admin:queue"))

    @property
    def _wants_json(self) -> bool:
        return "application/json" in self.request.headers.get("Accept", "")


def say_what_was_done(request: HttpRequest, bulk: BulkDecision) -> None:
    """Leave a message with a link to the page on which it can be undone."""
    found = bulk_service.counts(bulk)
    sentences = [bulk_words.done_sentence(bulk, found[Fate.DONE])]
    if left := sum(count for fate, count in found.items() if fate not in _CHOSEN):
        sentences.append(bulk_words.left_sentence(left))
    address = reverse("admin:bulk", args=[bulk.pk])
    link = format_html('<a href="{}">{}</a>', address, _("Look through or undo"))
    text = format_html("{} {}", " ".join(sentences), link)
    messages.add_message(request, messages.WARNING if left else messages.SUCCESS, text)


def _progress(bulk: BulkDecision) -> dict[str, Any]:
    """Return how far a bulk decision is, in numbers and in a sentence."""
    found = bulk_service.counts(bulk)
    passed = found[Fate.DONE] + sum(n for fate, n in found.items() if fate not in _CHOSEN)
    total = passed + found[Fate.WAITING]
    facts = {"passed": passed, "total": total}
    return {
        **facts,
        "state": bulk.state,
        "done": found[Fate.DONE],
        "sentence": _("%(passed)d of %(total)d") % facts,
    }
