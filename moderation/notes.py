"""What moderators write to each other: notes, and questions about held comments."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from comments.models import Comment
from moderation.accounts.models import User
from moderation.accounts.roles import PERMISSIONS
from moderation.models import AuthorMeasure, Note, NoteVersion, Question

MAY_ANSWER_FOR_LEADS = "moderation.answer_for_leads"


class NotHeldError(Exception):
    """The comment is not, or no longer, in the queue."""


class AnsweredError(Exception):
    """Somebody has answered the question."""


def note_on_comment(*, comment: Comment, text: str, by: User) -> Note:
    return Note.objects.create(comment=comment, text=text, by=by)


def note_on_author(*, author_key: str, text: str, by: User) -> Note:
    return Note.objects.create(author_key=author_key, text=text, by=by)


def mend(*, note: Note, text: str, by: User) -> None:
    """Replace the text of a note and keep the old one. Raises PermissionDenied for a colleague."""
    if note.by_id != by.pk:
        raise PermissionDenied
    with transaction.atomic():
        kept = Note.objects.select_for_update().get(pk=note.pk)
        if kept.text == text:
            return
        now = timezone.now()
        NoteVersion.objects.create(note=kept, text=kept.text, replaced_at=now)
        Note.objects.filter(pk=kept.pk).update(text=text, mended_at=now)


def notes_about(comment: Comment) -> QuerySet[Note]:
    """Return the notes on a comment and on its author, oldest first."""
    return _shown(Q(comment=comment) | Q(author_key=comment.author_key))


def notes_of_author(author_key: str) -> QuerySet[Note]:
    """Return the notes on an author and on all their comments, oldest first."""
    return _shown(Q(author_key=author_key) | Q(comment__author_key=author_key))


def ask(*, comment: Comment, text: str, by: User, addressee: User | None) -> Question:
    """Ask a colleague, or the leads if nobody is named, about a comment in the queue.

    It stays there, and anybody may decide it meanwhile. Raises NotHeldError.
    """
    if not Comment.objects.held().filter(pk=comment.pk).exists():
        raise NotHeldError
    return Question.objects.create(comment=comment, text=text, by=by, addressee=addressee)


def may_answer(user: User, question: Question) -> bool:
    """The addressee may; leads answer for each other, and for who is away."""
    return question.addressee_id == user.pk or user.has_perm(MAY_ANSWER_FOR_LEADS)


def answer(*, question: Question, text: str, by: User) -> Note:
    """Answer with a note on the comment. Raises PermissionDenied or AnsweredError."""
    if not may_answer(by, question):
        raise PermissionDenied
    with transaction.atomic():
        note = note_on_comment(comment=question.comment, text=text, by=by)
        unanswered = Question.objects.filter(pk=question.pk, answered_at=None)
        if not unanswered.update(answer=note, answered_at=note.created_at):
            raise AnsweredError
    return note


def asked_of(user: User) -> QuerySet[Question]:
    """Return the open questions that a user is to answer, oldest first."""
    mine = Q(addressee=user)
    if user.has_perm(MAY_ANSWER_FOR_LEADS):
        mine |= Q(addressee=None)
    return open_questions().filter(mine)


def open_questions() -> QuerySet[Question]:
    rows = Question.objects.filter(answered_at=None).select_related("by", "addressee", "comment")
    return rows.order_by("id")


def questions_on(ids: Iterable[int]) -> dict[int, list[Question]]:
    """Return the open questions on each of these comments that has any."""
    found: dict[int, list[Question]] = {}
    for question in open_questions().filter(comment__in=ids):
        found.setdefault(question.comment_id, []).append(question)
    return found


def count_on(comments: Sequence[Comment]) -> dict[int, int]:
    """Return how many notes there are on each comment and on its author, in one query."""
    ids, keys = [each.pk for each in comments], {each.author_key for each in comments}
    found = Note.objects.filter(Q(comment__in=ids) | Q(author_key__in=keys - {""}))
    counted = Counter(pk or key for pk, key in found.values_list("comment", "author_key"))
    return {each.pk: counted[each.pk] + counted[each.author_key] for each in comments}


def colleagues(user: User) -> QuerySet[User]:
    """Return the others who decide about comments and can be asked."""
    deciding = [role for role, may in PERMISSIONS.items() if "moderation.add_note" in may]
    members = Q(groups__name__in=deciding) | Q(is_superuser=True)
    active = User.objects.filter(members, is_active=True, is_staff=True)
    return active.exclude(pk=user.pk).distinct().order_by("username")


def forget_comments(ids: Collection[int]) -> None:
    """Delete the notes and questions about these comments."""
    Question.objects.filter(comment__in=ids).delete()
    Note.objects.filter(comment__in=ids).delete()


def forget_authors(author_keys: Collection[str]) -> None:
    """Delete the notes about these authors."""
    Note.objects.filter(author_key__in=author_keys).delete()


def drop_notes() -> int:
    """Delete the notes about authors of whom nothing else is kept; return how many."""
    has_comment = Exists(Comment.objects.filter(author_key=OuterRef("author_key")))
    has_measure = Exists(AuthorMeasure.objects.filter(author_key=OuterRef("author_key")))
    of_authors = Note.objects.exclude(author_key="")
    gone = of_authors.filter(~has_comment & ~has_measure)
    dropped = gone.count()
    gone.delete()
    return dropped


def _shown(about: Q) -> QuerySet[Note]:
    found = Note.objects.filter(about).select_related("by", "comment", "answers__by")
    return found.prefetch_related("versions").order_by("id")
