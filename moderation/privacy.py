"""Show, export and erase a person's data; every access is logged."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.db.models import F, QuerySet

from comments import checks
from comments.encryption import WrongKeyError
from comments.identity import address_key, author_keys
from comments.models import Comment, CommentQuerySet, Contact, Revision, Site
from config.sqlite.base import checkpoint
from moderation import author_measures, erasure, notes, precedents, search
from moderation.accounts.models import User
from moderation.actors import ActorKind
from moderation.campaigns import senders
from moderation.delivery.models import Subscription
from moderation.models import (
    Appeal,
    AuthorMeasure,
    Membership,
    Note,
    PrivacyDeed,
    PrivacyEntry,
    Question,
    Scope,
)
from moderation.policy.verdict import Measure

_DECIDED_BY: Mapping[str, str] = {
    ActorKind.POLICY: "the automatic check",
    ActorKind.PERSON: "a moderator",
    ActorKind.PROGRAM: "a program of the site",
    ActorKind.READERS: "other readers",
    ActorKind.AUTHOR: "the author",
    ActorKind.SYSTEM: "the service",
    ActorKind.IMPORT: "the comment system used before",
}


_MEASURES: Mapping[str, str] = {
    Measure.HOLD: "a moderator reads every comment before it is published",
    Measure.BAN: "no comment is published",
    Measure.TRUST: "comments are trusted",
}
_APPLIES_TO: Mapping[str, str] = {
    Scope.WRITER: "comments from one browser",
    Scope.AUTHOR: "comments under this e-mail",
    Scope.NETWORK: "comments from one network",
}


@dataclass(frozen=True)
class ContactDetails:
    """An author's e-mail and address; empty if they were deleted."""

    email: str = ""
    address: str = ""


def view_contact(*, comment: Comment, moderator: User) -> ContactDetails:
    """Log that a moderator views an author's contact details, then return them.

    Raises encryption.WrongKeyError if they cannot be decrypted; the view is logged anyway.
    """
    PrivacyEntry.objects.create(deed=PrivacyDeed.LOOK, actor=moderator, comment_number=comment.pk)
    contact = Contact.objects.filter(pk=comment.pk).first()
    return ContactDetails(contact.email, contact.address) if contact else ContactDetails()


def search_by_email(*, email: str, moderator: User) -> QuerySet[Comment]:
    """Log the search, then return the comments under this e-mail, latest first."""
    found = Comment.objects.filter(author_key__in=author_keys(email, _sites()))
    return _searched(found, PrivacyDeed.SEARCH, moderator)


def search_by_address(*, address: str, moderator: User) -> QuerySet[Comment]:
    """Log the search, then return the comments from the network of an address, latest first."""
    keys = {address_key(address, site) for site in _sites()}
    found = Comment.objects.filter(contact__address_key__in=keys)
    return _searched(found, PrivacyDeed.ADDRESS, moderator)


def _sites() -> list[str]:
    return list(Site.objects.values_list("pk", flat=True))


def _searched(found: QuerySet[Comment], deed: PrivacyDeed, moderator: User) -> QuerySet[Comment]:
    PrivacyEntry.objects.create(deed=deed, actor=moderator, count=found.count())
    return found.order_by("-created_at", "-id")


def record_log_export(*, moderator: User, decisions: int) -> None:
    """Record that a moderator takes this many decisions out of the service, in a file."""
    PrivacyEntry.objects.create(deed=PrivacyDeed.LOG, actor=moderator, count=decisions)


def record_archive_export(*, operator: str, comments: int) -> None:
    """Record that somebody takes the e-mails of this many comments out of the service."""
    PrivacyEntry.objects.create(deed=PrivacyDeed.ARCHIVE, operator=operator, count=comments)


def export_person(*, email: str, operator: str) -> dict[str, Any]:
    """Return everything stored about the person with this e-mail, ready for JSON. Logs it."""
    comments = [_as_dict(comment) for comment in _comments_of(email)]
    PrivacyEntry.objects.create(deed=PrivacyDeed.EXPORT, operator=operator, count=len(comments))
    return {
        "email": email,
        "comments": comments,
        "measures": [_measure_as_dict(each) for each in _measures_about(email)],
        "notes": [_note_as_dict(each) for each in Note.objects.filter(author_key__in=_keys(email))],
        "checked_texts": checks.of_authors(_keys(email)),
    }


@dataclass(frozen=True)
class Erased:
    """How many comments were erased, and how many of them readers still see as erased."""

    comments: int
    places: int


def erase_person(*, email: str, operator: str, remove: bool) -> Erased:
    """Erase the person with this e-mail. An interrupted run can be repeated.

    With `remove`, published comments without replies are removed, as in `erasure.erase`.
    Replies are erased before their parents, so that a comment with only its author's own replies
    can be removed.
    """
    comments = places = 0
    try:
        for comment in _comments_of(email).order_by(F("parent").desc(nulls_last=True)):
            with transaction.atomic():
                # Before the comment is changed: workers take the locks in this order too.
                senders.remove(comment)
                Contact.objects.filter(pk=comment.pk).delete()
                notes.forget_comments([comment.pk])
                Subscription.objects.forget([comment.pk])
                places += erasure.erase(comment=comment, remove=remove)
                precedents.forget(comment)
            comments += 1
        author_measures.forget(_keys(email))
        notes.forget_authors(_keys(email))
        checks.forget_authors(_keys(email))
    finally:
        search.purge()
        PrivacyEntry.objects.create(deed=PrivacyDeed.ERASURE, operator=operator, count=comments)
        transaction.on_commit(partial(checkpoint, connection), robust=True)
    return Erased(comments, places)


def _comments_of(email: str) -> CommentQuerySet:
    """Return the person's comments on all sites of the installation."""
    return Comment.objects.filter(author_key__in=_keys(email)).order_by("pk")


def _keys(email: str) -> set[str]:
    return author_keys(email, Site.objects.values_list("pk", flat=True))


def _measures_about(email: str) -> QuerySet[AuthorMeasure]:
    return AuthorMeasure.objects.filter(author_key__in=_keys(email)).order_by("pk")


def _as_dict(comment: Comment) -> dict[str, Any]:
    return {
        "number": comment.pk,
        "article": comment.article.address,
        "in_reply_to": comment.answered_id,
        "name": comment.author_name,
        "website": comment.author_url,
        "text": comment.text,
        "versions": [_version_as_dict(each) for each in comment.revisions.order_by("number")],
        "status": comment.status,
        "reason": comment.reason,
        "submitted": comment.created_at.isoformat(),
        "request_id": comment.request_id or None,
        "looks_automated": comment.looks_automated,
        "campaign": _campaign_as_dict(comment),
        **_contact_as_dict(comment),
        "e_mails": Subscription.objects.export(comment),
        "decisions": list(_decisions_as_dict(comment)),
        "notes": [_note_as_dict(each) for each in comment.notes.all()],
        "reports": list(_reports_as_dict(comment)),
        "appeal": _appeal_as_dict(comment),
        "questions": [_question_as_dict(each) for each in comment.questions.all()],
    }


def _reports_as_dict(comment: Comment) -> Iterator[dict[str, Any]]:
    """Yield the reports without their sentences, which are other people's words."""
    for report in comment.reports.order_by("pk"):
        yield {
            "at": report.created_at.isoformat(),
            "reason": report.reason,
            "outcome": report.outcome,
        }


def _appeal_as_dict(comment: Comment) -> dict[str, Any] | None:
    appeal = Appeal.objects.filter(comment=comment).first()
    if appeal is None:
        return None
    words = {"sentence": appeal.sentence, "answer": appeal.answer or None}
    return {"at": appeal.created_at.isoformat(), **words}


def _version_as_dict(revision: Revision) -> dict[str, Any]:
    return {
        "number": revision.number,
        "submitted": revision.created_at.isoformat(),
        "name": revision.author_name,
        "website": revision.author_url,
        "text": revision.text,
    }


def _contact_as_dict(comment: Comment) -> dict[str, str | None]:
    """Return the e-mail and the address, None if deleted; or say that the key is missing."""
    contact = Contact.objects.filter(pk=comment.pk).first() or Contact()
    try:
        return {"email": contact.email or None, "address": contact.address or None}
    except WrongKeyError as error:
        return {"email": None, "address": None, "unreadable": str(error)}


def _campaign_as_dict(comment: Comment) -> int | None:
    """Return the number of the campaign: that of its first comment, by any author."""
    member = Membership.objects.filter(comment=comment, campaign__gt=0).first()
    return member.campaign if member else None


def _decisions_as_dict(comment: Comment) -> Iterator[dict[str, Any]]:
    """Yield the decisions without the moderator, who is another person."""
    for decision in comment.decisions.select_related("revision").order_by("pk"):
        yield {
            "at": decision.created_at.isoformat(),
            "by": _DECIDED_BY.get(decision.actor_kind, decision.actor_kind),
            "version": decision.revision.number,
            "outcome": decision.outcome,
            "reason": decision.reason,
            "scores": decision.scores,
            "language": decision.language or None,
        }


def _measure_as_dict(measure: AuthorMeasure) -> dict[str, Any]:
    return {
        "measure": _MEASURES[measure.kind],
        "applies_to": _APPLIES_TO[measure.scope],
        "reason": measure.reason,
        "from": measure.created_at.isoformat(),
        "until": measure.over_at.isoformat() if measure.over_at else None,
    }


def _note_as_dict(note: Note) -> dict[str, Any]:
    """Return a note without its writer, who is another person."""
    earlier = [version.text for version in note.versions.all()]
    return {"at": note.created_at.isoformat(), "text": note.text, "earlier_texts": earlier}


def _question_as_dict(question: Question) -> dict[str, Any]:
    return {"at": question.created_at.isoformat(), "text": question.text}
