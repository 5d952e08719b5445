"""Receive a reader's comment: throttles, signs of automation, duplicates."""

import datetime as dt
from dataclasses import dataclass, replace

from django.utils import timezone

from comments.identity import author_key, writer_key
from comments.models import Article, Comment, Status
from comments.reception import challenges, throttles
from comments.reception.articles import ClosedError
from comments.reception.duplicates import is_copy, remember_copy
from comments.reception.services import Draft, new_comment, store_once
from config.client_ip import network_of


@dataclass(frozen=True, kw_only=True)
class Visit:
    """Where a comment came from: the address, the author's secret, the challenge and its proof."""

    address: str
    secret: str = ""
    challenge: str = ""
    proof: str = ""
    # Whether the form can be shown again with a new challenge.
    can_resend: bool = False

    def author(self, email: str, site: str) -> str:
        """Return the key for the author's rate limit: the writer's key, or e-mail and network.

        In either case nobody else can use up the limit of the e-mail's owner.
        """
        author = author_key(email, site)
        if self.secret:
            return writer_key(author, self.secret)
        return f"{author} {network_of(self.address)}"


def receive_comment(*, article: Article, draft: Draft, visit: Visit) -> Comment:
    """Store a comment from the form or the REST API, within the limits.

    It is marked for a moderator if it exceeds the article's limit, copies another comment, or comes
    without a proof of work during an attack.

    Raises ClosedError if the article accepts no comments, ThrottledError if too many were sent and
    ChallengeError if the form has to be sent again; nothing is stored then.
    """
    if article.is_closed:
        raise ClosedError
    site = article.site_id
    author = visit.author(draft.author_email, site)
    throttles.admit(site=site, address=visit.address, author=author)
    comment = new_comment(article, replace(draft, secret=visit.secret))
    attack = throttles.count_arrival(site)
    unproven = not _has_proof(comment, visit, attack) and attack
    throttles.admit_to_site(site=site, unproven=unproven)
    comment.looks_automated |= unproven or is_copy(comment) or _is_crowded(article)
    stored = store_once(comment, replace(draft, address=visit.address))
    remember_copy(stored)
    return stored


def _has_proof(comment: Comment, visit: Visit, attack: bool) -> bool:
    """Use up the challenge, and return whether it comes with a proof of work.

    Raises ChallengeError if the form can be shown again with a suitable challenge.
    """
    try:
        challenge = challenges.redeem(visit.challenge, duplicate_key=comment.duplicate_key)
        if attack and not challenge.asks_for_work:
            raise challenges.NoWorkChallengeError
    except (challenges.UsedChallengeError, challenges.NoWorkChallengeError):
        if visit.can_resend:
            raise
        return False
    except challenges.ChallengeError:
        return False
    return challenge.asks_for_work and challenge.is_solved_by(visit.proof)


def _is_crowded(article: Article) -> bool:
    """Whether the comments shown on the article have reached its limit.

    The cheap counter includes rejected and held comments; only if it is full are those counted that
    are really shown, so a flood of bad comments does not delay good ones.
    """
    limit = throttles.full_article_limit(article.site_id, article.key)
    if limit is None or article.pk is None:
        return False
    shown = article.comments.filter(
        status__in=(Status.PENDING, Status.PUBLISHED),
        looks_automated=False,
        created_at__gte=timezone.now() - dt.timedelta(seconds=limit.get_expiry()),
    )
    return shown[: limit.amount].count() == limit.amount
