"""The REST API for readers' reports of comments."""

from typing import Any

from django.core import signing
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from comments.identity import report_id, report_token
from comments.models import DEFAULT_KEY, Comment
from comments.reception.answer_once import answer_once
from comments.reception.keys import validated_key
from comments.reception.missing import NoCommentError, NoReportError
from comments.reception.receive_report import Reporter, receive_report
from comments.reception.report_schema import REPORT, REPORT_STATUS
from comments.reception.report_serializers import ReportSerializer
from config.client_ip import client_address
from moderation.models import Report, ReportReason
from moderation.reports import for_reporter


class CommentReports(APIView):
    @extend_schema(request=ReportSerializer, **REPORT)
    def post(self, request: Request, key: str, number: int, site: str = DEFAULT_KEY) -> Response:
        comments = Comment.objects.select_related("article").defer("article__text")
        of_article = comments.filter(article__key=validated_key(key), article__site=site)
        comment = of_article.filter(pk=number).first()
        if comment is None:
            raise NoCommentError
        return answer_once(request, lambda _attempt: _status(request, _receive(request, comment)))


class ReportStatus(APIView):
    @extend_schema(**REPORT_STATUS)
    @method_decorator(never_cache)
    def get(self, request: Request, token: str) -> Response:
        reports = Report.objects.select_related("comment__parent")
        try:
            report = reports.get(pk=report_id(token))
        except (signing.BadSignature, Report.DoesNotExist):
            raise NoReportError from None
        return Response(_status(request, report))


def _receive(request: Request, comment: Comment) -> Report:
    serializer = ReportSerializer(data=request.data)
    serializer.is_valid(raise_exception=True)
    sent = serializer.validated_data
    return receive_report(
        comment=comment,
        reporter=Reporter(address=client_address(request), secret=sent["author_secret"]),
        reason=ReportReason(sent["reason"]),
        sentence=sent.get("sentence", ""),
    )


def _status(request: Request, report: Report) -> dict[str, Any]:
    path = reverse("report-status", kwargs={"token": report_token(report.pk)})
    return {
        "comment_id": report.comment_id,
        "outcome": report.outcome_for_reporter,
        "message": for_reporter(report),
        "status_url": request.build_absolute_uri(path),
    }
