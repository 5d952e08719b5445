"""The REST API for authors' own comments, under the signed token of one."""

from typing import Any

from django.core import signing
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from comments.identity import status_page_path, status_path
from comments.models import Comment
from comments.reception.author_status import AuthorStatus
from comments.reception.missing import NoSubmissionError
from comments.reception.own_schema import APPEAL, CHANGE, STATUS, WITHDRAWAL
from comments.reception.own_serializers import (
    AppealSerializer,
    ChangeSerializer,
    OwnCommentSerializer,
)
from comments.reception.receive_change import receive_appeal, receive_change, receive_withdrawal
from config.client_ip import client_address


@method_decorator(never_cache, name="dispatch")
class OwnComment(APIView):
    @extend_schema(**STATUS)
    def get(self, request: Request, token: str) -> Response:
        return Response(_as_json(request, _own(token)))

    @extend_schema(request=ChangeSerializer, **CHANGE)
    def patch(self, request: Request, token: str) -> Response:
        comment = _own(token).comment
        sent = ChangeSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        address = client_address(request)
        receive_change(comment=comment, written=sent.written(comment), address=address)
        return Response(_as_json(request, _own(token)))

    @extend_schema(request=None, **WITHDRAWAL)
    def delete(self, request: Request, token: str) -> Response:
        receive_withdrawal(comment=_own(token).comment, address=client_address(request))
        return Response(_as_json(request, _own(token)))


@method_decorator(never_cache, name="dispatch")
class OwnAppeal(APIView):
    @extend_schema(request=AppealSerializer, **APPEAL)
    def post(self, request: Request, token: str) -> Response:
        comment = _own(token).comment
        sent = AppealSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        sentence, address = sent.validated_data["sentence"], client_address(request)
        receive_appeal(comment=comment, sentence=sentence, address=address)
        return Response(_as_json(request, _own(token)))


def _own(token: str) -> AuthorStatus:
    try:
        return AuthorStatus.of(token)
    except (signing.BadSignature, Comment.DoesNotExist):
        raise NoSubmissionError from None


def _as_json(request: Request, told: AuthorStatus) -> dict[str, Any]:
    comment = told.comment
    facts = {
        "id": comment.pk,
        "status": told.status,
        "reason": comment.reason_for_author,
        "message": told.sentence,
        "status_url": request.build_absolute_uri(status_path(comment.pk)),
        "page_url": request.build_absolute_uri(status_page_path(comment.pk)),
        "url": request.build_absolute_uri(told.path) if told.path else None,
        "waiting": told.waiting,
        "words": told.words,
        "can_change": not told.edit_refusal,
        "change_until": told.editable_until,
        "can_withdraw": told.may_withdraw,
        "can_appeal": told.may_appeal,
        "appeal": _appeal(told),
        **{name: getattr(comment, name) for name in _WRITTEN},
    }
    return dict(OwnCommentSerializer(facts).data)


_WRITTEN = ("text", "author_name", "author_url", "created_at", "edited_at")


def _appeal(told: AuthorStatus) -> dict[str, Any] | None:
    if told.appeal is None:
        return None
    made = {"sentence": told.appeal.sentence, "created_at": told.appeal.created_at}
    return {**made, "message": told.appeal_words, "answer": told.answer}
