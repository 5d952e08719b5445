"""Measures about authors: hold, ban or trust, by browser, e-mail or network, until a day."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from comments.models import Comment, Contact
from moderation.accounts.models import User
from moderation.models import SCOPES_OF, Act, ActKind, AuthorMeasure, Scope
from moderation.policy.verdict import Measure

_PERMISSION_FOR: Mapping[str, str] = {
    Measure.HOLD: "moderation.hold_author",
    Measure.BAN: "moderation.ban_author",
    Measure.TRUST: "moderation.trust_author",
}
_MAY_MEASURE_NETWORKS = "moderation.measure_network"


class NotAllowedError(Exception):
    """The user may not take or end this measure, or nobody may."""


class TakenError(Exception):
    """A colleague has changed the measures about the same browser, e-mail or network."""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What is decided about an author; `reason` is a sentence for colleagues."""

    kind: str
    scope: str
    reason: str
    until: dt.datetime | None = None

    @property
    def are_allowed(self) -> bool:
        """Whether anybody may decide so: a network changes hands, so it needs an end."""
        ends = self.until is not None or self.scope != Scope.NETWORK
        return ends and self.scope in SCOPES_OF[Measure(self.kind)]


@dataclass(frozen=True)
class InForce:
    """The measures about a comment's author and about its network; "" if there is none."""

    author: str = ""
    network: str = ""


def may_decide(user: User, *, kind: str, scope: str) -> bool:
    """Whether the user may take such a measure, replace it and end it."""
    also = [_MAY_MEASURE_NETWORKS] if scope == Scope.NETWORK else []
    return user.has_perms([_PERMISSION_FOR[kind], *also])


def set_measure(*, comment: Comment, terms: Terms, user: User) -> AuthorMeasure:
    """Take a measure about the author of a comment, instead of the one on the same key, if any.

    Raises NotAllowedError, or TakenError if a colleague was faster.
    """
    key = _keys(comment).get(terms.scope, "")
    earlier = AuthorMeasure.objects.filter(key=key, ended_at=None).first()
    _check(user, kind=terms.kind, scope=terms.scope)
    if earlier and earlier.is_in_force:
        _check(user, kind=earlier.kind, scope=earlier.scope)
    if not (key and terms.are_allowed):
        raise NotAllowedError
    try:
        with transaction.atomic():
            return _replace(earlier, _new(comment, terms, user, key), user)
    except IntegrityError as error:
        raise TakenError from error


def end_measure(*, measure: AuthorMeasure, user: User) -> None:
    """End a measure before its time. Raises NotAllowedError, or TakenError if it has ended."""
    _check(user, kind=measure.kind, scope=measure.scope)
    with transaction.atomic():
        if not (measure.is_in_force and _close(measure, user)):
            raise TakenError
        _record([measure], user, {"ended": [measure.pk]})


def undo(act: Act, undoing: Act) -> tuple[list[int], list[int]]:
    """End what an act set and put back what it ended, if its user still may.

    Returns the ids of comments as every undo does: it changes none, and leaves the one that shows
    whom the act was about if a colleague has acted since.
    """
    ids = {name: act.before.get(name, []) for name in ("set", "ended")}
    both = [*ids["set"], *ids["ended"]]
    found = list(AuthorMeasure.objects.filter(pk__in=both, act=act).order_by("-pk"))
    if len(found) != len(both) or not all(_is_undoable(each, ids, undoing.user) for each in found):
        about = AuthorMeasure.objects.filter(pk__in=both).values_list("comment", flat=True)
        return [], sorted(set(about))
    for measure in found:
        if measure.pk in ids["set"]:
            _close(measure, undoing.user)
        else:
            AuthorMeasure.objects.filter(pk=measure.pk).update(ended_at=None, ended_by=None)
    AuthorMeasure.objects.filter(pk__in=both).update(act=undoing)
    return [], []


def _is_undoable(measure: AuthorMeasure, ids: Mapping[str, list[int]], user: User) -> bool:
    """Whether the user may, and nothing else is in force on a key that has to be free again."""
    since = AuthorMeasure.objects.filter(key=measure.key, ended_at=None).exclude(pk__in=ids["set"])
    is_free = measure.pk in ids["set"] or not since.exists()
    return is_free and may_decide(user, kind=measure.kind, scope=measure.scope)


def in_force(comments: Sequence[Comment]) -> dict[int, InForce]:
    """Return the kinds of measures that apply to each comment, in two queries."""
    return {
        pk: InForce(
            author=next((m.kind for m in found if m.scope != Scope.NETWORK), ""),
            network=next((m.kind for m in found if m.scope == Scope.NETWORK), ""),
        )
        for pk, found in measures_on(comments).items()
    }


def measures_on(comments: Sequence[Comment]) -> dict[int, list[AuthorMeasure]]:
    """Return the measures in force on each comment, in two queries; the narrowest scope first.

    A moderator who decides about one browser knows more than one who decides about the e-mail.
    """
    networks = dict(
        Contact.objects.filter(pk__in=[comment.pk for comment in comments])
        .exclude(address_key="")
        .values_list("pk", "address_key")
    )
    keys = {
        comment.pk: [comment.writer_key, comment.author_key, networks.get(comment.pk, "")]
        for comment in comments
    }
    wanted = {key for each in keys.values() for key in each if key}
    by_key = {each.key: each for each in AuthorMeasure.objects.in_force().filter(key__in=wanted)}
    return {pk: [by_key[key] for key in each if key in by_key] for pk, each in keys.items()}


def about(*, author: str, network: str) -> InForce:
    """Return the measures about an e-mail and a network, by their keys; "" if not known."""
    wanted = [key for key in (author, network) if key]
    by_key = dict(
        AuthorMeasure.objects.in_force().filter(key__in=wanted).values_list("key", "kind")
    )
    return InForce(author=by_key.get(author, ""), network=by_key.get(network, ""))


def forget(author_keys: Collection[str]) -> int:
    """Delete all measures about these authors; return how many there were."""
    return AuthorMeasure.objects.filter(author_key__in=author_keys).delete()[0]


def drop_measures() -> int:
    """Delete what is over and no longer needed; return how many.

    That is a network's measure as long after its end as addresses are kept, and those about
    authors who have no comment left.
    """
    now = timezone.now()
    end = now - dt.timedelta(days=settings.ADDRESS_KEPT_DAYS)
    of_network = Q(scope=Scope.NETWORK) & (Q(ended_at__lt=end) | Q(until__lt=end))
    is_over = Q(ended_at__isnull=False) | Q(until__lt=now)
    is_orphan = is_over & ~Exists(Comment.objects.filter(author_key=OuterRef("author_key")))
    return AuthorMeasure.objects.filter(of_network | is_orphan).delete()[0]


def _keys(comment: Comment) -> dict[str, str]:
    """Return the hash of each scope by which the author of a comment is recognized."""
    contact = Contact.objects.filter(pk=comment.pk).first()
    return {
        Scope.WRITER: comment.writer_key,
        Scope.AUTHOR: comment.author_key,
        Scope.NETWORK: contact.address_key if contact else "",
    }


def _check(user: User, *, kind: str, scope: str) -> None:
    if not may_decide(user, kind=kind, scope=scope):
        raise NotAllowedError


def _new(comment: Comment, terms: Terms, user: User, key: str) -> AuthorMeasure:
    return AuthorMeasure(
        site_id=comment.article.site_id,
        kind=terms.kind,
        scope=terms.scope,
        key=key,
        author_key=comment.author_key,
        comment=comment,
        until=terms.until,
        reason=terms.reason,
        made_by=user,
    )


def _replace(earlier: AuthorMeasure | None, new: AuthorMeasure, user: User) -> AuthorMeasure:
    """Store the new measure in place of the earlier one, with the act that did it."""
    if earlier and not earlier.is_in_force:
        # It has lapsed, which nobody undoes.
        AuthorMeasure.objects.filter(pk=earlier.pk).update(ended_at=earlier.until)
        earlier = None
    ended = [earlier] if earlier and _close(earlier, user) else []
    new.save()
    _record([new, *ended], user, {"set": [new.pk], "ended": [each.pk for each in ended]})
    return new


def _close(measure: AuthorMeasure, user: User) -> bool:
    """End a measure; return False if somebody has ended it already."""
    unended = AuthorMeasure.objects.filter(pk=measure.pk, ended_at=None)
    return bool(unended.update(ended_at=timezone.now(), ended_by=user))


def _record(measures: Sequence[AuthorMeasure], user: User, before: dict[str, list[int]]) -> None:
    act = Act.objects.create(kind=ActKind.AUTHOR, user=user, before=before)
    for measure in measures:
        measure.act = act
    AuthorMeasure.objects.filter(pk__in=[each.pk for each in measures]).update(act=act)
