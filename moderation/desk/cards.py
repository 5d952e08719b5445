"""Cards: comments with everything that a moderator needs to decide."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from comments.models import Comment, Status
from moderation import article_holds, policy_changes
from moderation.actors import ActorKind
from moderation.appeals import appeal_about
from moderation.authors import AuthorRecord, author_records
from moderation.campaigns import quotations
from moderation.chances import Chance, chances_of
from moderation.desk import campaigns as campaign_desk
from moderation.desk.campaigns import Campaign
from moderation.desk.forms import state
from moderation.desk.highlights import Question, is_of_own_text
from moderation.desk.layers import Found, Layers, layers_of
from moderation.desk.report_summary import ReportSummary, summary
from moderation.desk.standing import Standing, standings
from moderation.labels import for_moderator
from moderation.models import Appeal, ArticleHold, Decision, SitePolicy
from moderation.policy.verdict import Reason
from moderation.rejections import BUILT_IN, Offer, offers_by_site, value_of
from moderation.transitions import LEGAL_MOVES

_RELATED = ("article__hold", "parent", "appeal__against__user", "appeal__against__own_reason")
_PREFETCHED = ("decisions__user", "decisions__own_reason", "reports")


@dataclass(frozen=True, kw_only=True)
class Card:
    """One comment with all that a moderator needs to decide on it."""

    comment: Comment
    history: Sequence[Decision]
    record: AuthorRecord
    campaigns: Sequence[Campaign] = ()
    # If one of them held it: the site's list of banned words at the time.
    banned: tuple[str, ...] = ()
    question: Question
    reports: ReportSummary = field(default_factory=ReportSummary)
    standing: Standing = field(default_factory=Standing)
    # The reasons for rejection that its site offers.
    offered: Sequence[Offer] = BUILT_IN
    # How often such a comment is rejected.
    chance: Chance | None = None
    # In force if every comment on the article is held.
    hold: ArticleHold | None = None

    @property
    def scored(self) -> Decision | None:
        """The latest decision with scores."""
        return next((d for d in self.history if d.scores), None)

    @property
    def found(self) -> str:
        """The reason of the policy's latest decision, even if somebody else has decided since.

        The card highlights the words that led to it.
        """
        return _found(self.history)

    @cached_property
    def layers(self) -> Layers:
        """What is marked in the name, the website and the text."""
        found = Found(
            reason=self.found, scored=self.scored, banned=self.banned, question=self.question
        )
        return layers_of(self.comment, found)

    @property
    def appeal(self) -> Appeal | None:
        """What the author says against an earlier rejection."""
        return appeal_about(self.comment)

    @property
    def state(self) -> dict[str, Any]:
        return state(self.comment)

    @property
    def may_publish(self) -> bool:
        legal = Status.PUBLISHED in LEGAL_MOVES[Status(self.comment.status)]
        return legal and not self.comment.is_erased

    @property
    def may_keep(self) -> bool:
        """Whether it is published, with reports about which nobody has decided."""
        is_published = self.comment.status == Status.PUBLISHED
        return is_published and bool(self.reports.open) and not self.comment.is_erased

    @property
    def may_return(self) -> bool:
        """Whether it can go back into the queue, for a colleague to look."""
        decided = self.comment.status in (Status.PUBLISHED, Status.REJECTED)
        return decided and not self.comment.is_erased

    @property
    def rejections(self) -> list[Offer]:
        """The reasons for which it may be rejected, or the other reasons if it is rejected."""
        if Status.REJECTED not in LEGAL_MOVES[Status(self.comment.status)]:
            return []
        if self.is_rejected and self.comment.is_erased:
            return []
        return [each for each in self.offered if each[0] != self._current_reason]

    @property
    def reason_words(self) -> str:
        """The reason of the present status: the site's own, or what it counts as."""
        own = self.history[0].own_reason if self.history and self.is_rejected else None
        return str(own or for_moderator(self.comment.reason))

    @property
    def _current_reason(self) -> str:
        """What the button of the present reason would send, if the comment is rejected."""
        if not self.is_rejected:
            return ""
        own = self.history[0].own_reason_id if self.history else None
        return self.comment.reason if own is None else value_of(own)

    @property
    def is_rejected(self) -> bool:
        return self.comment.status == Status.REJECTED


def _found(history: Sequence[Decision]) -> str:
    by_policy = _by_policy(history)
    return by_policy.reason if by_policy else ""


def _by_policy(history: Iterable[Decision]) -> Decision | None:
    return next((d for d in history if d.actor_kind == ActorKind.POLICY), None)


def _chances(page: Sequence[Comment]) -> dict[int, Chance]:
    by_policy = {c.pk: (c.article.site_id, _by_policy(c.decisions.all())) for c in page}
    return chances_of({pk: (site, found) for pk, (site, found) in by_policy.items() if found})


def _banned_words(page: Sequence[Comment]) -> dict[int, tuple[str, ...]]:
    """Return the list of banned words, as it was then, of each comment that one of them held."""
    times: dict[str, dict[int, dt.datetime]] = defaultdict(dict)
    for comment in page:
        found = _by_policy(comment.decisions.all())
        if found and found.reason == Reason.BANNED_WORD:
            times[comment.article.site_id][comment.pk] = found.created_at
    words: dict[int, tuple[str, ...]] = {}
    for policy in SitePolicy.objects.filter(site__in=times) if times else ():
        of_site = times[policy.site_id]
        at = policy_changes.banned_phrases_at(policy, of_site.values())
        words |= {pk: at[moment] for pk, moment in of_site.items()}
    return words


def cards(comments: QuerySet[Any], *, thorough: bool = False) -> list[Card]:
    """Return a card for each comment of a page, in order, with a constant number of queries.

    Only a page with one comment may have `thorough` highlights: they take seconds.
    """
    with_all = comments.prefetch_related(*_PREFETCHED)
    page = list(with_all.select_related(*_RELATED))
    records = author_records(comment.author_key for comment in page)
    campaigns = campaign_desk.of_comments(comment.pk for comment in page)
    known = campaign_desk.with_differing_words(campaigns)
    known_already = standings(page)
    offered = offers_by_site()
    chances = _chances(page)
    banned = _banned_words(page)
    own = [c for c in page if is_of_own_text(_found(c.decisions.all()))]
    own_texts = quotations.Pages(same_length=True).without_quotations(own)
    return [
        Card(
            comment=c,
            history=c.decisions.all(),
            record=records[c.author_key],
            campaigns=known.get(c.pk, ()),
            banned=banned.get(c.pk, ()),
            question=Question(own_text=own_texts.get(c.pk, ""), thorough=thorough),
            reports=summary(c.reports.all()),
            standing=known_already[c.pk],
            offered=offered.get(c.article.site_id, BUILT_IN),
            chance=chances.get(c.pk),
            hold=article_holds.current(c.article),
        )
        for c in page
    ]
