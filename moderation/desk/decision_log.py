"""The log of decisions, read-only: a page with filters and search, and the same as a file."""

from functools import cached_property
from typing import Any

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView

from moderation.desk import log_export
from moderation.desk.charts import whole
from moderation.desk.log_form import LogForm
from moderation.desk.page import MAY_SEE_DECISIONS, DeskPage
from moderation.desk.readonly import ReadOnlyAdmin
from moderation.privacy import record_log_export

MAY_EXPORT = "moderation.view_decision_file"
# How many characters of a comment the log shows.
EXCERPT_LENGTH = 160


class LogPaginator(Paginator):
    """Counts no further than the file goes: a million decisions would take too long."""

    object_list: Any

    @cached_property
    def count(self) -> int:
        return int(self.object_list.order_by()[: log_export.LIMIT].count())

    @property
    def total(self) -> str:
        number = whole(self.count)
        is_all = self.count < log_export.LIMIT
        return number if is_all else _("%(number)s or more") % {"number": number}


class DecisionLog(DeskPage, ListView):
    permission_required = MAY_SEE_DECISIONS
    template_name = "moderation/log.html"
    title = gettext_lazy("Log of decisions")
    paginate_by = 50
    paginator_class = LogPaginator

    @cached_property
    def filter(self) -> LogForm:
        return LogForm(self.request.GET)

    def get_queryset(self) -> QuerySet[Any]:
        return self.filter.decisions().select_related(
            "comment__article", "user", "site_key", "own_reason"
        )

    def paginate_queryset(self, queryset: Any, page_size: int) -> Any:
        """Return the last page if there are fewer than requested."""
        page = self.get_paginator(queryset, page_size).get_page(self.request.GET.get("page"))
        return page.paginator, page, page.object_list, page.has_other_pages()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "filter": self.filter,
            "may_export": self.request.user.has_perm(MAY_EXPORT),
            "excerpt": EXCERPT_LENGTH,
        }


def export(request: HttpRequest) -> StreamingHttpResponse:
    """Send the decisions that match the filter as a CSV file, and record it."""
    moderator: Any = request.user
    if not (moderator.has_perm(MAY_SEE_DECISIONS) and moderator.has_perm(MAY_EXPORT)):
        raise PermissionDenied
    found = LogForm(request.GET).decisions()
    record_log_export(moderator=moderator, decisions=LogPaginator(found, 1).count)
    answer = StreamingHttpResponse(log_export.lines(found), content_type="text/csv; charset=utf-8")
    name = f"decisions-{timezone.localtime():%Y-%m-%d}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


class DecisionAdmin(ReadOnlyAdmin, ModelAdmin):
    """Gives the log its place and its permissions in the admin; the pages are our own."""

    def get_urls(self) -> list[Any]:
        name = "moderation_decision_export"
        return [
            path("export/", self.admin_site.admin_view(export), name=name),
            *super().get_urls(),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        return DecisionLog.as_view()(request)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Redirect to the page of the comment, which shows all decisions on it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        decision = self.get_object(request, object_id)
        if decision is None:
            raise Http404
        return HttpResponseRedirect(reverse("admin:comment", args=[decision.comment_id]))
