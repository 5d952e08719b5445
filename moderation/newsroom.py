"""Answer a reader as the newsroom: a comment that a signed-in person writes and publishes."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comments import events
from comments.identity import author_key, writer_key
from comments.models import Comment, Revision, StaffAnswer
from moderation import transitions
from moderation.accounts.models import User
from moderation.actors import Actor
from moderation.models import Act, ActKind
from moderation.policy.verdict import Outcome, Reason, Verdict
from moderation.transitions import Evidence, Seen

MAY_ANSWER = "comments.answer_for_newsroom"
_PUBLISH = Verdict(Outcome.PUBLISH, Reason.REVIEWED)


class NotShownError(Exception):
    """Readers do not see the comment, so it can be neither answered nor picked."""

    sentence = _("Readers do not see this comment: publish it first.")


def answer(*, comment: Comment, name: str, text: str, user: User) -> Comment:
    """Publish the newsroom's answer to a comment, as a decision and an act of this person.

    The answer has no contact, and nobody but its writer shares its keys. Sent twice, it is
    published once. Raises NotShownError.
    """
    with transaction.atomic():
        site = transitions.lock(comment)
        if not comment.is_visible:
            raise NotShownError
        if first := _same_answer(comment, text, user):
            return first
        # No reader can have this key: it is not made from an e-mail.
        author = author_key(f"newsroom {user.pk}", site)
        made = Comment(
            article=comment.article,
            **comment.place_of_reply,
            author_name=name,
            author_key=author,
            writer_key=writer_key(author, f"newsroom {user.pk}"),
            text=text,
        )
        made.save(force_insert=True)
        StaffAnswer.objects.create(comment=made, user=user)
        Revision.objects.keep(made)
        events.submitted(made)
        act = Act.objects.create(kind=ActKind.DECISION, user=user)
        evidence = Evidence(actor=Actor.person(user), act=act)
        transitions.apply(comment=made, verdict=_PUBLISH, expected=Seen.of(made), evidence=evidence)
        made.refresh_from_db()
    return made


def _same_answer(comment: Comment, text: str, user: User) -> Comment | None:
    """Return what the person has already answered to this comment in the same words."""
    place = {"reply_to": None, **comment.place_of_reply}
    place.pop("branch_id", None)
    same = Comment.objects.visible().filter(**place, text=text, staff_answer__user=user)
    return same.order_by("pk").first()
