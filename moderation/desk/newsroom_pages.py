"""The newsroom's part in a discussion, from a comment's page: answer a reader, pick a comment."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from comments.error_messages import ERROR_MESSAGES
from comments.models import Comment
from moderation import newsroom, picks
from moderation.desk.notes_pages import NotePage
from moderation.desk.page import MAY_SEE_COMMENTS
from moderation.models import Act


class NewsroomForm(forms.Form):
    """An answer to a reader, with the same limits as readers' comments."""

    author_name = Comment._meta.get_field("author_name").formfield(
        label=gettext_lazy("Signed"), error_messages=ERROR_MESSAGES["author_name"]
    )
    text = Comment._meta.get_field("text").formfield(
        label=gettext_lazy("Your answer"),
        error_messages=ERROR_MESSAGES["text"],
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AnswerReader(NotePage):
    """Publish an answer as the newsroom."""

    permission_required = (MAY_SEE_COMMENTS, newsroom.MAY_ANSWER)
    form_class = NewsroomForm
    title = gettext_lazy("Answer as the newsroom")
    button = gettext_lazy("Publish the answer")

    @property
    def comment(self) -> Comment:
        found: Comment = get_object_or_404(_comments(), pk=self.kwargs["pk"])
        return found

    def get_initial(self) -> dict[str, Any]:
        return signature(self.comment)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {"comment": self.comment, **super().get_context_data(**kwargs)}

    def get_success_url(self) -> str:
        return f"{reverse('admin:comment', args=[self.kwargs['pk']])}#newsroom"

    def save(self, data: dict[str, Any]) -> None:
        try:
            made = newsroom.answer(
                comment=self.comment,
                name=data["author_name"],
                text=data["text"],
                user=self.request.user,
            )
        except newsroom.NotShownError as error:
            messages.warning(self.request, error.sentence)
            return
        sentence = format_html(
            '{} <a href="{}">{}</a>',
            _("The answer is published."),
            reverse("admin:comment", args=[made.pk]),
            _("Look at it"),
        )
        messages.success(self.request, sentence)


class PickComment(PermissionRequiredMixin, View):
    """Pick a comment or take that back, by POST."""

    permission_required = (MAY_SEE_COMMENTS, picks.MAY_PICK)
    raise_exception = True
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        comment = get_object_or_404(_comments(), pk=pk)
        user: Any = request.user
        turn = picks.pick if request.POST.get("pick") == "yes" else picks.take_back
        back = f"{reverse('admin:comment', args=[pk])}#newsroom"
        _tell(request, turn(comment=comment, user=user), back)
        return redirect(back)


def signature(comment: Comment) -> dict[str, str]:
    """Return what the form begins with: the answer is signed with the site's name."""
    return {"author_name": comment.article.site.name}


def of_newsroom(user: Any, comment: Comment) -> dict[str, Any]:
    """Return what the comment's page shows of the newsroom's part."""
    seen, may_pick = comment.is_visible, user.has_perm(picks.MAY_PICK)
    form = NewsroomForm(initial=signature(comment), auto_id="newsroom_%s")
    return {
        "is_seen": seen,
        "is_picked": picks.picked(comment),
        "pick_history": picks.history(comment),
        "may_pick": may_pick,
        "newsroom_form": form if seen and user.has_perm(newsroom.MAY_ANSWER) else None,
    }


def pick_in_words(*, picked: bool) -> str:
    """Say what a pick or its end has made of a comment."""
    return _("an editor's pick") if picked else _("no editor's pick")


def _comments() -> Any:
    related = Comment.objects.select_related("article__site", "parent")
    return related.defer("article__text")


def _tell(request: HttpRequest, act: Act | None, back: str) -> None:
    if act is None:
        sentence = _("Nothing was changed: it was so already, or readers do not see the comment.")
        messages.info(request, sentence)
        return
    done = _("Picked.") if act.before["picked"] else _("No longer picked.")
    undo = f"{reverse('admin:undo', args=[act.pk])}?{urlencode({'next': back})}"
    messages.success(request, format_html('{} <a href="{}">{}</a>', done, undo, _("Undo")))
