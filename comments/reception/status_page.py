"""An author's private page about one comment, complete without JavaScript."""

from collections.abc import Callable
from typing import Any

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache

from comments.identity import put_away, status_page_path
from comments.models import Comment
from comments.reception.author_status import AuthorStatus
from comments.reception.change_forms import AppealForm, ChangeForm
from comments.reception.receive_change import receive_appeal, receive_change, receive_withdrawal
from comments.reception.throttles import ThrottledError
from config.client_ip import client_address
from moderation.refused import RefusedError


@method_decorator(never_cache, name="dispatch")
class _OwnPage(View):
    """What every page under a signed token has in common."""

    def status_of(self, token: str) -> AuthorStatus:
        try:
            return AuthorStatus.of(token)
        except (signing.BadSignature, Comment.DoesNotExist):
            raise Http404 from None

    def page(self, token: str, status: int = 200, **context: Any) -> HttpResponse:
        """Render the page; `context` may have a form with errors, or a sentence `refused`."""
        told = self.status_of(token)
        shown = {
            "told": told,
            "comment": told.comment,
            "article": told.comment.article,
            "token": token,
            "change_form": ChangeForm(instance=told.comment),
            "appeal_form": AppealForm(),
            **context,
        }
        return render(self.request, "comments/status.html", shown, status=status)

    def carry_out(self, token: str, act: Callable[[], None], **context: Any) -> HttpResponse:
        """Do what the author asks, and show the page again, or say why it is not done."""
        try:
            act()
        except RefusedError as error:
            return self.page(token, 409, refused=error.sentence, **context)
        except ThrottledError as error:
            answer = self.page(token, 429, refused=error.sentence, **context)
            answer["Retry-After"] = str(error.wait)
            return answer
        return redirect(f"{status_page_path(self.status_of(token).comment.pk)}#comments")


class StatusPage(_OwnPage):
    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self.page(token)


class ChangePage(_OwnPage):
    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self.page(token, opened="change")

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        comment = self.status_of(token).comment
        # A copy, because the form writes into its instance.
        form = ChangeForm(request.POST, instance=Comment.objects.get(pk=comment.pk))
        if not form.is_valid():
            return self.page(token, 422, opened="change", change_form=form)

        def change() -> None:
            address = client_address(request)
            receive_change(comment=comment, written=form.written, address=address)

        return self.carry_out(token, change, opened="change", change_form=form)


class AppealPage(_OwnPage):
    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self.page(token, opened="appeal")

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        comment, form = self.status_of(token).comment, AppealForm(request.POST)
        if not form.is_valid():
            return self.page(token, 422, opened="appeal", appeal_form=form)

        def appeal() -> None:
            sentence, address = form.cleaned_data["sentence"], client_address(request)
            receive_appeal(comment=comment, sentence=sentence, address=address)

        return self.carry_out(token, appeal, opened="appeal", appeal_form=form)


class WithdrawPage(_OwnPage):
    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self.page(token, opened="withdraw")

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        comment = self.status_of(token).comment
        address = client_address(request)
        return self.carry_out(
            token, lambda: receive_withdrawal(comment=comment, address=address), opened="withdraw"
        )


class PutAwayPage(_OwnPage):
    """The button that puts a settled note on the article's page away."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self.page(token)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        comment = self.status_of(token).comment
        answer = redirect(f"{comment.article.get_absolute_url()}#comments")
        put_away(request, answer, comment)
        return answer
