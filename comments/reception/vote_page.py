"""Votes from the article page, complete without JavaScript."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View

from comments.identity import browser_secret
from comments.models import DEFAULT_KEY, Comment
from comments.reception.discussion import address_of_kept
from comments.reception.receive_vote import NotVotableError, OwnVoteError, Voter, receive_vote
from comments.reception.throttles import ThrottledError
from config.client_ip import client_address


class VotePage(View):
    """Takes a vote and leads back to the comment; a page of its own only says what is wrong."""

    http_method_names = ("post",)

    def post(
        self, request: HttpRequest, key: str, number: int, site: str = DEFAULT_KEY
    ) -> HttpResponse:
        comments = Comment.objects.select_related("article", "parent").defer("article__text")
        comment = get_object_or_404(comments, pk=number, article__key=key, article__site=site)
        voter = Voter(address=client_address(request), secret=browser_secret(request))
        try:
            receive_vote(comment=comment, voter=voter, useful=request.POST.get("useful") == "1")
        except NotVotableError:
            return _refuse(request, comment, "", status=404)
        except OwnVoteError as error:
            return _refuse(request, comment, error.sentence, status=403)
        except ThrottledError as error:
            wait = {"Retry-After": str(error.wait)}
            return _refuse(request, comment, error.sentence, status=429, headers=wait)
        return redirect(address_of_kept(request, comment))


def _refuse(
    request: HttpRequest,
    comment: Comment,
    sentence: object,
    status: int,
    headers: dict[str, str] | None = None,
) -> HttpResponse:
    context = {"sentence": sentence, "back": address_of_kept(request, comment)}
    response = render(request, "comments/vote.html", context, status=status)
    for name, value in (headers or {}).items():
        response[name] = value
    return response
