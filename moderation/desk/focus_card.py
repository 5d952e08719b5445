"""The comment in focus: its card, with the discussion around it and what was decided before."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import Q
from django.utils.html import strip_tags
from django.utils.text import Truncator

from comments.models import IN_THREAD, Article, Comment, Status
from moderation.accounts.models import User
from moderation.claims import holders
from moderation.desk.cards import Card, cards
from moderation.desk.contradictions import Asked, about_one
from moderation.models import Note
from moderation.notes import notes_about
from moderation.policy.verdict import Outcome, Reason
from moderation.precedents import SHOWN, Similar, latest_same, similar_to_each
from moderation.transitions import STATUS_AFTER

# How many published replies are shown before and after the comment.
BEFORE, AFTER = 3, 2
LEAD_WORDS, LEAST_WORDS = 45, 5
_PARAGRAPH_END = re.compile(
    r"\n|</(?:p|h[1-6]|div|li|blockquote|figcaption)>|<br\s*/?>", re.IGNORECASE
)
_OPPOSITE = {Outcome.PUBLISH: Outcome.REJECT, Outcome.REJECT: Outcome.PUBLISH}
# Comments that are hard to read; the page counts them for the moderator alone.
_HARD = {Reason.TOXICITY.value, Reason.HATE.value}


@dataclass(frozen=True, kw_only=True)
class Focus:
    """A comment with all that a moderator reads before deciding."""

    card: Card
    before: Sequence[Comment]
    after: Sequence[Comment]
    # Who else has it open.
    holder: str = ""
    notes: Sequence[Note] = ()
    # What persons decided on similar texts, the most similar first.
    similar: Sequence[Similar] = ()

    @property
    def comment(self) -> Comment:
        return self.card.comment

    @property
    def lead(self) -> str:
        return _lead(self.comment.article)

    @property
    def precedents(self) -> Sequence[Similar]:
        return self.similar[:SHOWN]

    @property
    def asks_publish(self) -> str:
        """What to ask before it is published, if almost the same text was rejected."""
        return self._asks(Outcome.REJECT)

    @property
    def asks_reject(self) -> str:
        return self._asks(Outcome.PUBLISH)

    def asked(self, decision: str) -> Asked | None:
        """Return the question about this decision, if there is one."""
        sentences = {"": "", "keep": "", "return": "", "publish": self.asks_publish}
        sentence = sentences.get(decision, self.asks_reject)
        return Asked(sentence=sentence, decision=decision) if sentence else None

    def _asks(self, outcome: Outcome) -> str:
        earlier = latest_same(self.similar)
        is_done = self.comment.status == STATUS_AFTER[_OPPOSITE[outcome]]
        return about_one(earlier) if earlier and earlier.outcome == outcome and not is_done else ""

    @property
    def is_hard(self) -> bool:
        return bool(_HARD & {self.comment.reason, self.card.found})


def focus_on(comment: Comment, user: User) -> Focus:
    """Gather what is shown of a comment in focus."""
    (card,) = cards(Comment.objects.filter(pk=comment.pk))
    before, after = _around(card.comment)
    holder = holders([comment.pk], besides=user).get(comment.pk, "")
    written = [*notes_about(card.comment)]
    similar = similar_to_each([card.comment]).get(comment.pk, ())
    around = Focus(card=card, before=before, after=after)
    return replace(around, holder=holder, notes=written, similar=similar)


def _around(comment: Comment) -> tuple[list[Comment], list[Comment]]:
    """Return the published replies before and after the comment in its thread."""
    published = Comment.objects.filter(status=Status.PUBLISHED).exclude(pk=comment.pk)
    if comment.parent_id is None:
        return [], list(published.filter(parent=comment.pk).order_by(*IN_THREAD)[:AFTER])
    siblings = published.filter(parent=comment.parent_id)
    branch = comment.branch_id or comment.pk
    earlier = Q(branch__lt=branch) | Q(branch=branch, pk__lt=comment.pk)
    before = siblings.filter(earlier).order_by(*IN_THREAD).reverse()[:BEFORE]
    after = siblings.exclude(earlier).order_by(*IN_THREAD)[:AFTER]
    return [*reversed(before)], [*after]


def _lead(article: Article) -> str:
    """Return the article's first paragraph as plain text; empty if its text is not known."""
    words: list[str] = []
    for paragraph in _PARAGRAPH_END.split(article.text[:4000]):
        words += html.unescape(strip_tags(paragraph)).split()
        # A shorter beginning is a heading, a date or a name.
        if len(words) >= LEAST_WORDS:
            break
    return Truncator(" ".join(words)).words(LEAD_WORDS)
