"""What the author of a comment is told about it, on the page and in REST."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from comments.identity import comment_id
from comments.models import Comment, Status
from comments.reception.own_comments import comment_url
from comments.threads import language_tag
from moderation import appeals, author_changes
from moderation.actors import ActorKind
from moderation.campaigns import quotations
from moderation.desk.highlights import Marks, Question, is_of_own_text, marks
from moderation.labels import for_author
from moderation.models import Appeal, SitePolicy
from moderation.waiting import Waiting, in_words, waiting


@dataclass(frozen=True)
class Word:
    """Words that led to the decision: in which field, from which character to which."""

    field: str
    start: int
    end: int
    text: str


class AuthorStatus:
    """A comment as its author sees it. Loaded with its article, parent and appeal."""

    def __init__(self, comment: Comment) -> None:
        self.comment = comment

    @classmethod
    def of(cls, token: str) -> "AuthorStatus":
        """Raises signing.BadSignature or Comment.DoesNotExist."""
        related = ("article", "parent", "appeal")
        rows = Comment.objects.select_related(*related).defer("article__text")
        return cls(rows.get(pk=comment_id(token)))

    @property
    def status(self) -> Status:
        return self.comment.status_for_author

    @property
    def language(self) -> str:
        """For the attribute `lang`; "" if it is not known."""
        return language_tag(self.comment.language)

    @property
    def sentence(self) -> str:
        return for_author(self.comment)

    @cached_property
    def waiting(self) -> Waiting | None:
        return waiting(self.comment)

    @property
    def waiting_words(self) -> str:
        """The place in the queue; "" for what is checked in a moment anyway."""
        held = self.waiting and self.status == Status.HELD
        return in_words(self.waiting) if self.waiting and held else ""

    @cached_property
    def path(self) -> str:
        """The address of the published comment in the discussion, or ""."""
        return comment_url(self.comment) if self.comment.is_visible else ""

    @cached_property
    def edit_refusal(self) -> str:
        return author_changes.edit_refusal(self.comment)

    @property
    def editable_until(self) -> dt.datetime | None:
        """Until when a published comment can be changed; None if no time limits it."""
        limited = self.status == Status.PUBLISHED and not self.edit_refusal
        return author_changes.editable_until(self.comment) if limited else None

    @property
    def may_withdraw(self) -> bool:
        gone = self.comment.is_withdrawn
        return not gone and not author_changes.withdraw_refusal(self.comment)

    @cached_property
    def may_appeal(self) -> bool:
        return not appeals.refusal(self.comment)

    @property
    def appeal(self) -> Appeal | None:
        return appeals.appeal_about(self.comment)

    @cached_property
    def appeal_words(self) -> str:
        return appeals.for_author(self.appeal) if self.appeal else ""

    @cached_property
    def answer(self) -> str:
        return appeals.answer_for_author(self.appeal) if self.appeal else ""

    @cached_property
    def marks(self) -> Marks:
        """What led to the service's decision, if the site lets its authors know."""
        return _marks(self.comment, self.status)

    @property
    def words(self) -> Sequence[Word]:
        found = (
            ("author_name", self.comment.author_name, self.marks.name),
            ("author_url", self.comment.author_url, self.marks.website),
            ("text", self.comment.text, self.marks.text),
        )
        return [
            Word(field, start, end, written[start:end])
            for field, written, spans in found
            for start, end, *_strength in spans
        ]


def _marks(comment: Comment, told: Status) -> Marks:
    if told not in (Status.HELD, Status.REJECTED) or comment.is_erased:
        return Marks()
    policy = SitePolicy.objects.of(comment.article.site_id)
    latest = comment.decisions.order_by("-pk").first()
    if not policy.show_words or latest is None or latest.actor_kind != ActorKind.POLICY:
        return Marks()
    pages = quotations.Pages(same_length=True)
    judged = [comment] if is_of_own_text(latest.reason) else []
    own = pages.without_quotations(judged).get(comment.pk, "")
    return marks(comment, latest.reason, policy.banned_phrases, Question(own_text=own))
