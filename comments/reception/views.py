"""The article page and its form, complete without JavaScript."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.cache import cache_control
from django.views.generic import ListView

from comments.identity import (
    browser_secret,
    remember_author,
    remember_comment,
    remembered_author,
)
from comments.models import DEFAULT_KEY, Article
from comments.reception import discussion
from comments.reception.articles import ClosedError
from comments.reception.challenges import ChallengeError
from comments.reception.discussion import address_of_sent, published
from comments.reception.forms import CommentForm
from comments.reception.receive import receive_comment
from comments.reception.throttles import ThrottledError
from config.client_ip import client_address

_NO_COOKIE = gettext_lazy(
    "Your browser sent no cookie with the form. Your text is still here: allow cookies for this "
    "site, then send it again."
)


class FrontPage(ListView):
    """The articles of the first site, newest first."""

    paginate_by = 20
    template_name = "comments/front.html"

    def get_queryset(self) -> QuerySet[Article]:
        return Article.objects.filter(site=DEFAULT_KEY).defer("text")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        page = context["page_obj"]
        return {**context, "pages": page.paginator.get_elided_page_range(page.number)}


# The page shows the reader's own waiting comments and saved name, so it must not be shared.
@method_decorator(cache_control(private=True, no_cache=True), name="dispatch")
class ArticlePage(View):
    """The discussion of an article, with a link to where the article is read."""

    def get(self, request: HttpRequest, key: str, site: str = DEFAULT_KEY) -> HttpResponse:
        article = self.article(key, site)
        asked = request.GET.get("reply_to") or request.GET.get("thread", "")
        author = remembered_author(request)
        initial = {**author, "remember": bool(author), "parent": published(article, asked)}
        return self._answer(article, CommentForm(article, initial=initial))

    def post(self, request: HttpRequest, key: str, site: str = DEFAULT_KEY) -> HttpResponse:
        article = self.article(key, site)
        form = CommentForm(article, request.POST)
        if not form.is_valid():
            return self._answer(article, form, status=422)
        try:
            visit = form.visit(client_address(request), browser_secret(request))
            comment = receive_comment(article=article, draft=form.draft(), visit=visit)
        except ChallengeError as error:
            form.request_resend(error)
            return self._answer(article, form, status=422)
        except ClosedError as error:
            form.add_error(None, error.sentence)
            return self._answer(article, form, status=403)
        except ThrottledError as error:
            form.add_error(None, error.sentence)
            wait = {"Retry-After": str(error.wait)}
            return self._answer(article, form, status=429, headers=wait)
        response = redirect(address_of_sent(request, comment))
        remember_comment(request, response, comment)
        remember_author(request, response, form.author_to_remember())
        return response

    def unsent(self, request: HttpRequest, key: str, site: str = DEFAULT_KEY) -> HttpResponse:
        """Show the form again that came without its cookie, with a new one."""
        article = self.article(key, site)
        form = CommentForm(article, request.POST)
        form.ask_again(_NO_COOKIE)
        return self._answer(article, form, status=403)

    def articles(self) -> QuerySet[Article]:
        return Article.objects.defer("text")

    def article(self, key: str, site: str) -> Article:
        return get_object_or_404(self.articles(), site=site, key=key)

    def template(self, article: Article) -> str:
        return "comments/article.html"

    def extra_context(self, article: Article) -> dict[str, Any]:
        """Further context for the template."""
        return {}

    def _answer(self, article: Article, form: CommentForm, **answer: Any) -> HttpResponse:
        """Render the page; after an error, with the input and the error messages."""
        context = {
            **discussion.context(self.request, article),
            "form": form,
            "reply_to": published(article, str(form["parent"].value() or "")),
            **self.extra_context(article),
        }
        page = render_to_string(self.template(article), context, self.request)
        return HttpResponse(page, **answer)


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler400: the page for a request that is too large or malformed."""
    too_large = isinstance(exception, RequestDataTooBig)
    status = 413 if too_large else 400
    return render(request, "400.html", {"too_large": too_large}, status=status)
