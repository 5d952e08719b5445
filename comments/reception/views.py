"""The article page and its form, complete without JavaScript."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import cache_control
from django.views.generic import ListView

from comments import threads
from comments.identity import (
    browser_secret,
    is_id,
    own_comment_ids,
    put_away_versions,
    remember_author,
    remember_comment,
    remembered_author,
)
from comments.models import DEFAULT_KEY, IN_THREAD, Article, Comment
from comments.reception import own_comments, own_reports
from comments.reception.articles import ClosedError
from comments.reception.challenges import ChallengeError
from comments.reception.forms import CommentForm
from comments.reception.receive import receive_comment
from comments.reception.throttles import ThrottledError
from config.client_ip import client_address
from moderation.labels import for_author

ORDERS = {"oldest": ("created_at", "id"), "newest": ("-created_at", "-id")}


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
        initial = {**author, "remember": bool(author), "parent": _published(article, asked)}
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
        response = redirect(_redirect_url(comment, article))
        remember_comment(request, response, comment)
        remember_author(request, response, form.author_to_remember())
        return response

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
        context = {**_context(self.request, article, form), **self.extra_context(article)}
        page = render_to_string(self.template(article), context, self.request)
        return HttpResponse(page, **answer)


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler400: the page for a request that is too large or malformed."""
    too_large = isinstance(exception, RequestDataTooBig)
    status = 413 if too_large else 400
    return render(request, "400.html", {"too_large": too_large}, status=status)


def _context(request: HttpRequest, article: Article, form: CommentForm) -> dict[str, Any]:
    order = "oldest" if request.GET.get("order") == "oldest" else "newest"
    root = _requested_thread(request, article)
    own_ids = own_comment_ids(request)
    mine = own_comments.read(article, own_ids)  # before the list: see own_comments
    mine = own_comments.without_put_away(mine, put_away_versions(request))
    page = _page(request, article, root, order)
    shown = threads.ids(page.object_list) | ({root.pk} if root else set())
    own = own_comments.select(article, mine, shown)
    return {
        "article": article,
        "article_path": article.get_absolute_url(),
        "order": order,
        "thread_root": root,
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
        "own_ids": own_ids,
        "own_waiting": [(comment, for_author(comment)) for comment in own.waiting],
        "own_undecided": own.undecided,
        "own_on_other_pages": [
            (c, for_author(c), own_comments.comment_url(c)) for c in own.on_other_pages
        ],
        **own_reports.context(request, article, shown),
        "form": form,
        "reply_to": _published(article, str(form["parent"].value() or "")),
    }


def _redirect_url(comment: Comment, article: Article) -> str:
    """The address of a page that shows the comment while it waits and after it is published."""
    thread = f"?thread={comment.parent_id}&page=last" if comment.parent_id else ""
    return f"{article.get_absolute_url()}{thread}#{comment.anchor}"


def _page(request: HttpRequest, article: Article, root: Comment | None, order: str) -> Page:
    """The requested page of the article's comments, or of the replies to one of them."""
    comments = threads.replies(root.pk) if root else threads.roots(article)
    ordered = threads.rows(comments.order_by(*(IN_THREAD if root else ORDERS[order])))
    pages = Paginator(ordered, threads.PAGE_SIZE)
    asked = request.GET.get("page")
    page = pages.get_page(pages.num_pages if asked == "last" else asked)
    rows = list(page.object_list)
    page.object_list = list(map(threads.shown, rows)) if root else threads.with_replies(rows)
    return page


def _requested_thread(request: HttpRequest, article: Article) -> Comment | None:
    asked = request.GET.get("thread", "")
    root = threads.roots(article).filter(pk=asked).first() if is_id(asked) else None
    if root and root.is_withdrawn:
        root.author_name = root.author_url = root.text = ""
    return root


def _published(article: Article, asked: str) -> Comment | None:
    return article.comments.visible().filter(pk=asked).first() if is_id(asked) else None
