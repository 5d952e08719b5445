"""The pages of the lists for programs: by cursor, so that none shifts."""

from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request
from rest_framework.views import APIView

from comments.identity import is_id
from comments.reception.api import ThreadPages
from comments.reception.list_query import OLDEST


class QueuePages(ThreadPages):
    """Who has waited longest comes first, unless asked otherwise."""

    def get_ordering(self, request: Request, queryset: QuerySet[Any], view: APIView) -> Any:
        oldest_first = request.query_params.get("order", OLDEST) == OLDEST
        return ("created_at", "id") if oldest_first else self.ordering


class DecisionPages(ThreadPages):
    """The latest first."""

    def is_position(self, text: str) -> bool:
        return is_id(text)

    def get_ordering(self, request: Request, queryset: QuerySet[Any], view: APIView) -> Any:
        return ("-id",)
