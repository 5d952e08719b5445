"""What a reader gets whose form came without its cookie: the form again, with what they typed."""

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.views.csrf import csrf_failure

from comments.reception.views import ArticlePage


def form_again(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF_FAILURE_VIEW. A form sent from another origin is not shown again.

    Django checks the origin first, and names the cookie or the token only if that is right.
    """
    match = request.resolver_match
    view = getattr(match.func, "view_class", None) if match else None
    from_here = reason.startswith("CSRF")
    if match is None or view is None or not issubclass(view, ArticlePage) or not from_here:
        return csrf_failure(request, reason)
    page: ArticlePage = view()
    page.setup(request, *match.args, **match.kwargs)
    answer = page.unsent(request, *match.args, **match.kwargs)
    add_never_cache_headers(answer)
    return answer
