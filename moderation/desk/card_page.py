"""The page of one comment: its card and all decisions on it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import DetailView

from comments.models import Comment
from moderation.desk.cards import cards
from moderation.desk.page import MAY_SEE_COMMENTS, DeskPage
from moderation.desk.review import ReviewMixin


class CardPage(ReviewMixin, DeskPage, DetailView):
    """One comment with its history."""

    model = Comment
    permission_required = MAY_SEE_COMMENTS
    template_name = "moderation/card_page.html"
    context_object_name = "comment"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().get(request, *args, **kwargs)
        except Http404:
            # A log may link to a comment that no longer exists.
            messages.warning(request, _("There is no comment #%d any more.") % self.kwargs["pk"])
            return redirect("admin:comments")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        comment = self.object
        (card,) = cards(Comment.objects.filter(pk=comment.pk), thorough=True)
        return {
            **context,
            "title": _("Comment %s") % comment,
            "card": card,
            "following": comment.pk,
        }
