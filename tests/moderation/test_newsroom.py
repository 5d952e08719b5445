"""The newsroom answers readers and picks comments; nothing that a reader sends can look like it."""

import pytest

from comments.models import Article, Comment, Contact, Event, Pick, Revision, StaffAnswer, Status
from moderation import acts, author_changes, newsroom, picks
from moderation.accounts.models import User
from moderation.accounts.roles import make_member
from moderation.actors import ActorKind
from moderation.erasure import erase
from moderation.models import Act, ActKind, Decision
from moderation.policy.verdict import Outcome, Reason
from tests.makers import decide, make_comment

pytestmark = pytest.mark.django_db


@pytest.fixture
def olena() -> User:
    return make_member("olena")[0]


def answered(comment: Comment, user: User) -> Comment:
    return newsroom.answer(comment=comment, name="Вісті", text="Дякуємо, виправили.", user=user)


def list_version(comment: Comment) -> int:
    return Article.objects.get(pk=comment.article_id).thread_revision


def test_an_answer_is_published_at_once_as_a_decision_of_who_wrote_it(olena: User) -> None:
    comment = make_comment()
    made = answered(comment, olena)
    assert (made.status, made.parent_id, made.author_name) == (
        Status.PUBLISHED,
        comment.pk,
        "Вісті",
    )
    assert StaffAnswer.objects.get().user == olena
    decision = Decision.objects.get(comment=made)
    assert (decision.actor_kind, decision.user) == (ActorKind.PERSON, olena)
    assert decision.act
    assert decision.act.kind == ActKind.DECISION
    assert Article.objects.get().published_count == 2
    assert Revision.objects.get(comment=made).text == made.text
    kinds = (
        Event.objects.filter(comment_number=made.pk).order_by("pk").values_list("kind", flat=True)
    )
    assert list(kinds) == ["submitted", "decided"]
    assert not Contact.objects.filter(comment=made).exists()


def test_an_answer_to_a_reply_stands_in_its_branch(olena: User) -> None:
    reply = make_comment(parent=(root := make_comment()), article=root.article)
    made = answered(reply, olena)
    assert (made.parent, made.branch_id, made.reply_to) == (root, reply.pk, reply)


def test_answers_of_one_person_share_their_keys_with_nobody_elses(olena: User) -> None:
    comment = make_comment()
    own = {answered(each, olena).writer_key for each in (comment, make_comment())}
    other = answered(comment, make_member("ivan")[0]).writer_key
    assert len(own) == 1
    assert own.isdisjoint({other, comment.writer_key})


def test_an_answer_that_is_sent_twice_is_published_once(olena: User) -> None:
    comment = make_comment()
    reply = make_comment(parent=comment, article=comment.article)
    first = answered(comment, olena)
    assert answered(comment, olena) == first
    assert answered(reply, olena) == answered(reply, olena)
    answered(comment, make_member("ivan")[0])
    assert StaffAnswer.objects.count() == Act.objects.count() == 3


def test_an_answer_that_was_taken_down_can_be_published_anew(olena: User) -> None:
    comment = make_comment()
    decide(answered(comment, olena), Outcome.REJECT, Reason.OFF_TOPIC)
    assert answered(comment, olena).is_visible


@pytest.mark.parametrize("status", [Status.HELD, Status.REJECTED, Status.PENDING])
def test_what_readers_do_not_see_is_neither_answered_nor_picked(
    olena: User, status: Status
) -> None:
    comment = make_comment(status=status)
    with pytest.raises(newsroom.NotShownError):
        answered(comment, olena)
    assert picks.pick(comment=comment, user=olena) is None
    assert Comment.objects.count() == 1
    assert not Act.objects.exists()


def test_a_pick_changes_the_list_once_and_is_on_record(olena: User) -> None:
    comment = make_comment()
    before = list_version(comment)
    act = picks.pick(comment=comment, user=olena)
    assert act is not None
    assert picks.pick(comment=comment, user=olena) is None
    assert list_version(comment) == before + 1
    assert picks.picked(comment)
    assert [each.pk for each in picks.history(comment)] == [act.pk]
    assert picks.take_back(comment=comment, user=olena)
    assert picks.take_back(comment=comment, user=olena) is None
    assert list_version(comment) == before + 2
    assert picks.history(comment).count() == 2


def test_a_pick_and_its_end_can_be_undone_unless_a_colleague_has_changed_it(olena: User) -> None:
    comment = make_comment()
    act = picks.pick(comment=comment, user=olena)
    assert act
    assert acts.undo(act=act, user=olena).act
    assert not picks.picked(comment)
    assert acts.undo(act=act, user=olena).act is None
    picks.pick(comment=comment, user=olena)
    ended = picks.take_back(comment=comment, user=olena)
    ivan = make_member("ivan")[0]
    picks.pick(comment=comment, user=ivan)
    assert ended
    assert acts.undo(act=ended, user=olena).changed == [comment.pk]
    assert Pick.objects.get().user == ivan


def test_the_end_of_a_pick_is_not_undone_once_readers_no_longer_see_the_comment(
    olena: User,
) -> None:
    comment = make_comment()
    picks.pick(comment=comment, user=olena)
    ended = picks.take_back(comment=comment, user=olena)
    decide(comment, Outcome.HOLD, Reason.RETURNED)
    assert ended
    assert acts.undo(act=ended, user=olena).changed == [comment.pk]
    assert not Pick.objects.exists()


def test_a_picked_comment_that_its_author_changes_or_has_erased_is_picked_no_longer(
    olena: User,
) -> None:
    changed, erased = make_comment(), make_comment()
    for comment in (changed, erased):
        assert picks.pick(comment=comment, user=olena)
    written = {"text": "Тепер тут інше.", "author_name": "Галина", "author_url": ""}
    assert author_changes.revise(comment=changed, written=written)
    erase(comment=erased, remove=False)
    assert not Pick.objects.exists()
