"""Pages to write a note, to mend one, to ask a colleague and to answer.

Each shows its form alone, so that nothing typed is lost if the form is refused.
"""

from abc import ABC, abstractmethod
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView

from comments.models import Comment
from moderation import notes
from moderation.desk.author_facts import Author
from moderation.desk.author_forms import AnswerForm, AskForm, NoteForm
from moderation.desk.page import MAY_SEE_COMMENTS, DeskPage
from moderation.models import Note, Question

MAY_NOTE = "moderation.add_note"
MAY_ASK = "moderation.add_question"


class NotePage(DeskPage, FormView, ABC):
    """A form about a comment or an author, to which it leads back."""

    permission_required: Any = (MAY_SEE_COMMENTS, MAY_NOTE)
    template_name = "moderation/one_form.html"
    form_class: Any = NoteForm
    title = gettext_lazy("Note for colleagues")
    button = gettext_lazy("Save")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            "back": self.get_success_url(),
            "button": self.button,
            **super().get_context_data(**kwargs),
        }

    def form_valid(self, form: Any) -> HttpResponse:
        self.save(form.cleaned_data)
        return super().form_valid(form)

    @abstractmethod
    def save(self, data: dict[str, Any]) -> None:
        """Do what the form, whose valid data this is, is for."""


class CommentNote(NotePage):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        comment = get_object_or_404(Comment, pk=self.kwargs["pk"])
        return {"comment": comment, **super().get_context_data(**kwargs)}

    def get_success_url(self) -> str:
        if self.request.GET.get("from") == "queue":
            return reverse("admin:queue", query={"comment": self.kwargs["pk"]})
        return f"{reverse('admin:comment', args=[self.kwargs['pk']])}#notes"

    def save(self, data: dict[str, Any]) -> None:
        comment = get_object_or_404(Comment, pk=self.kwargs["pk"])
        notes.note_on_comment(comment=comment, text=data["text"], by=self.request.user)


class AuthorNote(NotePage):
    def get_success_url(self) -> str:
        return f"{reverse('admin:author', args=[self.kwargs['key']])}#notes"

    def save(self, data: dict[str, Any]) -> None:
        author = Author(self.kwargs["key"])
        author.require()
        notes.note_on_author(author_key=author.key, text=data["text"], by=self.request.user)


class MendNote(NotePage):
    """Only its writer mends a note; the old text stays on record."""

    title = gettext_lazy("Edit the note")

    @property
    def note(self) -> Note:
        note = get_object_or_404(Note, pk=self.kwargs["pk"])
        if note.by_id != self.request.user.pk:
            raise PermissionDenied
        return note

    def get_initial(self) -> dict[str, Any]:
        return {"text": self.note.text}

    def get_success_url(self) -> str:
        note = self.note
        if note.comment_id:
            return f"{reverse('admin:comment', args=[note.comment_id])}#notes"
        return f"{reverse('admin:author', args=[note.author_key])}#notes"

    def save(self, data: dict[str, Any]) -> None:
        notes.mend(note=self.note, text=data["text"], by=self.request.user)


class Ask(CommentNote):
    permission_required = (MAY_SEE_COMMENTS, MAY_ASK)
    form_class = AskForm
    title = gettext_lazy("Ask a colleague")
    button = gettext_lazy("Ask")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def save(self, data: dict[str, Any]) -> None:
        comment = get_object_or_404(Comment, pk=self.kwargs["pk"])
        try:
            notes.ask(comment=comment, by=self.request.user, **data)
        except notes.NotHeldError:
            messages.warning(self.request, _("Not asked: the comment is no longer in the queue."))
        else:
            messages.success(self.request, _("Asked. The comment stays in the queue."))


class Answer(NotePage):
    """The answer to a question; it becomes a note on the comment."""

    form_class = AnswerForm
    title = button = gettext_lazy("Answer")

    @property
    def question(self) -> Question:
        question = get_object_or_404(Question, pk=self.kwargs["pk"])
        if not notes.may_answer(self.request.user, question):
            raise PermissionDenied
        return question

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        question = self.question
        facts = {"question": question, "comment": question.comment}
        return {**facts, **super().get_context_data(**kwargs)}

    def get_success_url(self) -> str:
        return f"{reverse('admin:comment', args=[self.question.comment_id])}#notes"

    def save(self, data: dict[str, Any]) -> None:
        try:
            notes.answer(question=self.question, text=data["text"], by=self.request.user)
        except notes.AnsweredError:
            messages.warning(self.request, _("A colleague has answered already; see the notes."))


class Questions(DeskPage, TemplateView):
    """What is asked of the user, and what others are asked."""

    permission_required = "moderation.view_question"
    template_name = "moderation/questions.html"
    title = gettext_lazy("Questions to colleagues")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        mine = list(notes.asked_of(user))
        known = {question.pk for question in mine}
        return {
            **super().get_context_data(**kwargs),
            "may_note": user.has_perm(MAY_NOTE),
            "mine": mine,
            "others": [each for each in notes.open_questions() if each.pk not in known],
            "form": AnswerForm(auto_id=False),
        }
