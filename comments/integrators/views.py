"""The REST API for a site's own programs: queue, comments, decisions, policy, events."""

from typing import Any

from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from comments import events
from comments.integrators.deciding import decide
from comments.integrators.pages import DecisionPages, QueuePages
from comments.integrators.policy import described_policy
from comments.integrators.queries import DecisionQuery, EventQuery, QueueQuery
from comments.integrators.records import comments_of, decision_row, decisions_of, described
from comments.integrators.schema import COMMENT, DECISION, DECISIONS, EVENTS, POLICY, QUEUE
from comments.integrators.serializers import NewDecisionSerializer
from comments.models import KeyScope
from comments.reception.answer_once import answer_once
from comments.reception.missing import NoCommentError
from comments.reception.site_keys import SiteKeyAuthentication, require_key


@method_decorator(never_cache, name="dispatch")
class ForPrograms(APIView):
    """Answers only to a site key, about its site."""

    authentication_classes = (SiteKeyAuthentication,)


class Queue(ForPrograms):
    @extend_schema(**QUEUE)
    def get(self, request: Request) -> Response:
        site = require_key(request, KeyScope.READ).site_id
        asked, pages = QueueQuery.of(request.query_params), QueuePages()
        held = comments_of(site).held()
        if asked.article:
            held = held.filter(article__key=asked.article)
        page = pages.paginate_queryset(held, request) or []
        return pages.get_paginated_response(described(page))


class AnyComment(ForPrograms):
    @extend_schema(**COMMENT)
    def get(self, request: Request, number: int) -> Response:
        site = require_key(request, KeyScope.READ).site_id
        for found in described(comments_of(site).filter(pk=number)):
            return Response(found)
        raise NoCommentError


class CommentDecisions(ForPrograms):
    @extend_schema(request=NewDecisionSerializer, **DECISION)
    def post(self, request: Request, number: int) -> Response:
        key = require_key(request, KeyScope.DECIDE)

        def make(_attempt: Any) -> dict[str, Any]:
            return decision_row(decide(key, number, request.data))

        return answer_once(request, make, code=status.HTTP_201_CREATED)


class Decisions(ForPrograms):
    @extend_schema(**DECISIONS)
    def get(self, request: Request) -> Response:
        site = require_key(request, KeyScope.READ).site_id
        asked, pages = DecisionQuery.of(request.query_params), DecisionPages()
        found = decisions_of(site)
        if asked.comment:
            found = found.filter(comment=asked.comment)
        page = pages.paginate_queryset(found, request) or []
        return pages.get_paginated_response([decision_row(each) for each in page])


class Policy(ForPrograms):
    @extend_schema(**POLICY)
    def get(self, request: Request) -> Response:
        site = require_key(request, KeyScope.READ).site_id
        return Response(described_policy(site))


class Events(ForPrograms):
    @extend_schema(**EVENTS)
    def get(self, request: Request) -> Response:
        site = require_key(request, KeyScope.READ).site_id
        asked = EventQuery.of(request.query_params)
        found = events.after(asked.after, asked.limit)
        return Response(
            {
                "results": [_event(each) for each in found if each.site_key == site],
                "cursor": found[-1].pk if found else asked.after,
                "more": len(found) == asked.limit,
            }
        )


def _event(event: Any) -> dict[str, Any]:
    told = {name: event.payload.get(name, "") for name in ("status", "reason", "by")}
    return {
        "id": event.pk,
        "kind": event.kind,
        "comment_id": event.comment_number,
        **told,
        "revision": event.payload.get("revision", 1),
        "created_at": event.created_at,
    }
