"""The page of one comment: its card and all decisions on it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import DetailView

from comments.models import Comment, Status
from moderation import notes, precedents
from moderation.desk.author_forms import AskForm, NoteForm
from moderation.desk.cards import Card, cards
from moderation.desk.newsroom_pages import of_newsroom
from moderation.desk.notes_pages import MAY_ASK, MAY_NOTE
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
            "asked": self.asked,
            "precedents": precedents.similar_to(card.comment),
            **_what_moderators_write(self.request.user, card),
            **of_newsroom(self.request.user, card.comment),
        }


def _what_moderators_write(user: Any, card: Card) -> dict[str, Any]:
    """Return the notes, and the forms and answers that this user may send."""
    may_ask = user.has_perm(MAY_ASK) and card.comment.status == Status.HELD
    may_note = user.has_perm(MAY_NOTE)
    questions = [each for each in card.standing.questions if notes.may_answer(user, each)]
    return {
        "notes": notes.notes_about(card.comment),
        "may_note": may_note,
        "answered_here": [each.pk for each in questions if may_note],
        "note_form": NoteForm(auto_id="note_%s"),
        "ask_form": AskForm(user=user, auto_id="ask_%s") if may_ask else None,
    }
