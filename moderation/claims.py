"""Claims: who has which comment open, so that two moderators never read the same one.

A claim is taken by looking, is shown to the others with a name, and lapses by itself.
"""

import datetime as dt
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from comments.models import Comment
from moderation.accounts.models import User
from moderation.models import Claim

# The page renews its claim more often than this.
CLAIM_TIME = dt.timedelta(minutes=2)


def claim(*, comment: Comment, user: User) -> User:
    """Claim a comment unless somebody else has; return who has it now."""
    now = timezone.now()
    mine = {"user": user, "until": now + CLAIM_TIME}
    free = Claim.objects.filter(comment=comment, until__lte=now)
    own = Claim.objects.filter(comment=comment, user=user)
    if (own | free).update(**mine):
        return user
    try:
        with transaction.atomic():
            Claim.objects.create(comment=comment, **mine)
    except IntegrityError:
        # Somebody was faster, or has it still.
        return Claim.objects.select_related("user").get(comment=comment).user
    return user


def claim_only(*, comment: Comment, user: User) -> User:
    """Claim a comment and give back what the user had before; return who has it now."""
    holder = claim(comment=comment, user=user)
    Claim.objects.filter(user=user).exclude(comment=comment).delete()
    return holder


def release(*, user: User) -> None:
    """Give back all that a moderator has claimed."""
    Claim.objects.filter(user=user).delete()


def holders(ids: Iterable[int], *, besides: User) -> dict[int, str]:
    """Return the name of who has each comment open, except `besides` themselves."""
    held = Claim.objects.filter(comment__in=ids, until__gt=timezone.now()).exclude(user=besides)
    return {each.comment_id: str(each.user) for each in held.select_related("user")}


def claimed_by_others(user: User) -> QuerySet[Claim]:
    """The claims in force of everybody else."""
    return Claim.objects.filter(until__gt=timezone.now()).exclude(user=user)
