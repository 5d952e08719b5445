"""The form of a discussion inside another page, as it is sent without JavaScript."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from comments.identity import status_page_path
from comments.models import DEFAULT_KEY, Article, Comment, Site
from comments.reception.article_serializers import AboutArticleSerializer
from comments.reception.articles import ClosedError, site_of
from comments.reception.forms import HONEYPOT, CommentForm
from comments.reception.receive import Visit, receive_comment
from comments.reception.throttles import ThrottledError
from config.client_ip import client_address

# What the form says about an article that nobody has commented on yet.
ABOUT = {"article_url": "url", "article_title": "title"}


# Browsers send no cookie from another site; the origin that they name takes its place.
@method_decorator([csrf_exempt, never_cache], name="dispatch")
class EmbeddedForm(View):
    """Store the comment and lead to the author's private page, which needs no cookie."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, key: str, site: str = DEFAULT_KEY) -> HttpResponse:
        own = site_of(site)
        if own is None:
            raise Http404
        article = Article.objects.discussed(key, site)
        form = CommentForm(article or Article(site=own, key=key), request.POST)
        article = article or _new_article(request, form, own, key)
        if not _is_from(request, own):
            form.add_error(None, _("Please check your comment and send it once more."))
        if not article or not form.is_valid():
            return _again(request, form, article, status=422)
        try:
            return redirect(status_page_path(_received(request, form, article).pk))
        except ClosedError as error:
            form.add_error(None, error.sentence)
            return _again(request, form, article, status=403)
        except ThrottledError as error:
            form.add_error(None, error.sentence)
            again = _again(request, form, article, status=429)
            again.headers["Retry-After"] = str(error.wait)
            return again


def _is_from(request: HttpRequest, site: Site) -> bool:
    """Whether the browser says that one of the site's pages sent the form, or ours."""
    origin = request.headers.get("Origin", "")
    return origin == f"{request.scheme}://{request.get_host()}" or site.allows(origin)


def _new_article(request: HttpRequest, form: CommentForm, site: Site, key: str) -> Article | None:
    sent = {name: request.POST.get(field, "") for field, name in ABOUT.items()}
    about = AboutArticleSerializer(data=sent, site=site)
    if about.is_valid():
        return Article(site=site, key=key, **about.validated_data)
    form.add_error(None, _("This page does not say correctly which article it shows."))
    return None


def _received(request: HttpRequest, form: CommentForm, article: Article) -> Comment:
    """Store the comment; raises ClosedError or ThrottledError."""
    visit = Visit(address=client_address(request))
    draft = replace(form.draft(), looks_automated=bool(request.POST.get(HONEYPOT)))
    return receive_comment(article=article, draft=draft, visit=visit)


def _again(
    request: HttpRequest, form: CommentForm, article: Article | None, status: int
) -> HttpResponse:
    """Show the form again with everything that was typed, and what is wrong."""
    kept = {name: request.POST.get(name, "") for name in ABOUT}
    context = {"form": form, "hidden": kept.items(), "article": article}
    return render(request, "comments/embed/again.html", context, status=status)
