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
    """How it came: from which address, with which secret of its writer, with which work, if any."""

    address: str
    secret: str = ""
    stamp: str = ""
    proof: str = ""
    # A form can be shown once more, with another stamp.
    asks_again: bool = False

    def author(self, email: str, site: str) -> str:
        """Whom a comment under this e-mail counts for: its writer, or the e-mail as sent from here.

        With either nobody else can use up what the e-mail's owner may send.
        """
        author = author_key(email, site)
        if self.secret:
            return writer_key(author, self.secret)
        return f"{author} {network_of(self.address)}"


def receive_comment(*, article: Article, draft: Draft, visit: Visit) -> Comment:
    """What a reader sends, by form or REST, within the limits; under attack, by who worked for it.

    Who did not is heard all the same, by a moderator first; so is what exceeds the article's limit.

    Raises ClosedError where the article takes none, ThrottledError where too much was sent,
    StampError where the form has to be sent again; nothing is stored then.
    """
    if article.is_closed:
        raise ClosedError
    site = article.site_id
    author = visit.author(draft.author_email, site)
    throttles.admit(site=site, address=visit.address, author=author)
    comment = new_comment(article, replace(draft, secret=visit.secret))
    attack = throttles.count_arrival(site)
    unproven = not _has_worked(comment, visit, attack) and attack
    throttles.admit_to_site(site=site, unproven=unproven)
    comment.looks_automated |= unproven or is_copy(comment) or _is_crowded(article)
    stored = store_once(comment, replace(draft, address=visit.address))
    remember_copy(stored)
    return stored


def _has_worked(comment: Comment, visit: Visit, attack: bool) -> bool:
    """Whether the browser did the work that an attack calls for; the stamp is spent either way.

    Raises StampError where the form can be shown again with one that will do.
    """
    try:
        stamp = challenges.spend(visit.stamp, on=comment.repeat_key)
        if attack and not stamp.asks_for_work:
            raise challenges.WorklessStampError
    except (challenges.SpentStampError, challenges.WorklessStampError):
        if visit.asks_again:
            raise
        return False
    except challenges.StampError:
        return False
    return stamp.asks_for_work and stamp.is_proved_by(visit.proof)


def _is_crowded(article: Article) -> bool:
    """Whether readers are shown as many comments of the article as its limit has room for.

    The counter tells at once that they may be; only then are those counted that are really shown,
    so that a flood that is rejected or held keeps nobody's comment waiting.
    """
    limit = throttles.crowded_at(article.site_id, article.key)
    if limit is None or article.pk is None:
        return False
    shown = article.comments.filter(
        status__in=(Status.PENDING, Status.PUBLISHED),
        looks_automated=False,
        created_at__gte=timezone.now() - dt.timedelta(seconds=limit.get_expiry()),
    )
    return shown[: limit.amount].count() == limit.amount
