"""The page on which a reader reports a comment, complete without JavaScript."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import cache_control

from comments.identity import browser_secret, remember_report, reporter_key
from comments.models import DEFAULT_KEY, Comment
from comments.reception.own_comments import comment_url
from comments.reception.receive_report import OwnCommentError, Reporter, receive_report
from comments.reception.report_form import ReportForm
from comments.reception.throttles import ThrottledError
from config.client_ip import client_address
from moderation.models import Report, ReportReason
from moderation.reports import NotReportableError, for_reporter


@method_decorator(cache_control(private=True, no_cache=True), name="dispatch")
class ReportPage(View):
    """One comment with the form, or with what became of this reader's report."""

    def get(
        self, request: HttpRequest, key: str, number: int, site: str = DEFAULT_KEY
    ) -> HttpResponse:
        comment, reporter = _comment(key, number, site), _reporter(request)
        own = _own_report(comment, reporter)
        if own:
            return self._answer(comment, sentence=for_reporter(own))
        if not comment.is_visible or comment.is_erased:
            return self._answer(comment, status=404)
        if reporter.is_author_of(comment):
            return self._answer(comment, sentence=OwnCommentError.sentence)
        return self._answer(comment, form=ReportForm())

    def post(
        self, request: HttpRequest, key: str, number: int, site: str = DEFAULT_KEY
    ) -> HttpResponse:
        comment, form = _comment(key, number, site), ReportForm(request.POST)
        if not form.is_valid():
            return self._answer(comment, form=form, status=422)
        try:
            made = receive_report(
                comment=comment,
                reporter=_reporter(request),
                reason=ReportReason(form.cleaned_data["reason"]),
                sentence=form.cleaned_data["sentence"],
            )
        except NotReportableError:
            return self._answer(comment, status=404)
        except OwnCommentError as error:
            return self._answer(comment, sentence=error.sentence, status=403)
        except ThrottledError as error:
            form.add_error(None, error.sentence)
            wait = {"Retry-After": str(error.wait)}
            return self._answer(comment, form=form, status=429, headers=wait)
        response = redirect(_shown_at(made.comment))
        remember_report(request, response, made.pk)
        return response

    def _answer(
        self, comment: Comment, form: ReportForm | None = None, sentence: Any = "", **answer: Any
    ) -> HttpResponse:
        """Render the form, or a sentence instead; with neither, that the comment is gone."""
        headers = answer.pop("headers", {})
        is_shown = comment.is_visible and not comment.is_erased
        context = {
            "article": comment.article,
            "comment": comment if is_shown else None,
            "form": form if is_shown else None,
            "sentence": sentence,
            "back": _shown_at(comment),
        }
        response = render(self.request, "comments/report.html", context, **answer)
        for name, value in headers.items():
            response[name] = value
        return response


def _comment(key: str, number: int, site: str) -> Comment:
    comments = Comment.objects.select_related("article", "parent").defer("article__text")
    return get_object_or_404(comments, pk=number, article__key=key, article__site=site)


def _reporter(request: HttpRequest) -> Reporter:
    return Reporter(address=client_address(request), secret=browser_secret(request))


def _own_report(comment: Comment, reporter: Reporter) -> Report | None:
    key = reporter_key(reporter.secret, comment.article.site_id)
    reports = Report.objects.select_related("comment__parent")
    return reports.filter(comment=comment, reporter_key=key).first() if reporter.secret else None


def _shown_at(comment: Comment) -> str:
    """The address of the comment on its page of the discussion, or of what the page says of it."""
    if comment.is_visible:
        return comment_url(comment)
    return f"{comment.article.get_absolute_url()}#reported"
