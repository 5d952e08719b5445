"""Holds, bans and trust by hand: whom they meet, whom they never hurt, and how they end."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError
from django.utils import timezone

from comments.models import Article, Comment, Contact
from comments.reception.services import submit_comment
from moderation import acts, services
from moderation.accounts.models import User
from moderation.accounts.roles import Role, make_member
from moderation.author_measures import (
    NotAllowedError,
    TakenError,
    Terms,
    drop_measures,
    end_measure,
    in_force,
    set_measure,
)
from moderation.models import Act, AuthorMeasure
from tests.makers import make_article, make_comment, make_draft

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
HERS: dict[str, Any] = {
    "author_email": "olena@example.org",
    "secret": "of her browser",
    "address": "203.0.113.7",
}
ELSEWHERE = {"secret": "of another browser", "address": "198.51.100.9"}


@pytest.fixture
def lead() -> User:
    return make_member("olha", Role.LEAD)[0]


@pytest.fixture
def moderator() -> User:
    return make_member("marta")[0]


@pytest.fixture
def article() -> Article:
    return make_article()


@pytest.fixture
def hers(article: Article) -> Comment:
    return make_comment(article, **HERS)


def take(comment: Comment, user: User, kind: str, scope: str, days: int = 7) -> AuthorMeasure:
    until = timezone.now() + days * DAY
    terms = Terms(kind=kind, scope=scope, reason="Сварився у трьох темах.", until=until)
    return set_measure(comment=comment, terms=terms, user=user)


def reason_of_next(article: Article, **author: str) -> str:
    comment = submit_comment(article=article, draft=make_draft(**{**HERS, **author}))
    services.moderate(comment_id=comment.pk)
    comment.refresh_from_db()
    return comment.reason


@pytest.mark.parametrize(
    ("kind", "scope", "here", "under_her_e_mail", "from_her_network"),
    [
        ("hold", "writer", "author_held", "clean", "clean"),
        ("hold", "author", "author_held", "author_held", "clean"),
        ("hold", "network", "author_held", "clean", "author_held"),
        ("ban", "writer", "author_banned", "clean", "clean"),
        ("trust", "writer", "trusted", "clean", "clean"),
    ],
)
def test_a_measure_meets_whom_it_names(
    lead: User, hers: Comment, kind: str, scope: str, here: str, under_her_e_mail: str,
    from_her_network: str,
) -> None:  # fmt: skip
    take(hers, lead, kind, scope)
    assert reason_of_next(hers.article) == here
    assert reason_of_next(hers.article, **ELSEWHERE) == under_her_e_mail
    neighbour = {"author_email": "taras@example.org", "secret": "his"}
    assert reason_of_next(hers.article, **neighbour) == from_her_network


def test_a_banned_network_rejects_newcomers_and_holds_known_neighbours(
    lead: User, hers: Comment
) -> None:
    known: dict[str, Any] = {
        "author_email": "taras@example.org",
        "secret": "his",
        "address": "203.0.113.7",
    }
    make_comment(hers.article, **known)
    take(hers, lead, "ban", "network")
    assert reason_of_next(hers.article, **known) == "author_held"
    new = {"author_email": "new@example.org", "secret": "new", "address": "203.0.113.7"}
    assert reason_of_next(hers.article, **new) == "author_banned"


@pytest.mark.parametrize(("kind", "scope"), [("ban", "author"), ("trust", "author"),
                                             ("trust", "network")])  # fmt: skip
def test_what_could_hurt_or_help_a_stranger_is_refused(
    lead: User, hers: Comment, kind: str, scope: str
) -> None:
    with pytest.raises(NotAllowedError):
        take(hers, lead, kind, scope)
    with pytest.raises(IntegrityError):
        AuthorMeasure.objects.create(
            kind=kind, scope=scope, key="k", author_key="k", comment=hers, made_by=lead,
            site=hers.article.site, until=timezone.now(),
        )  # fmt: skip


def test_a_network_is_never_banned_for_good(lead: User, hers: Comment) -> None:
    terms = Terms(kind="ban", scope="network", reason="Спам.")
    with pytest.raises(NotAllowedError):
        set_measure(comment=hers, terms=terms, user=lead)


def test_a_network_that_is_not_stored_any_more_has_no_measure(lead: User, hers: Comment) -> None:
    Contact.objects.all().delete()
    with pytest.raises(NotAllowedError):
        take(hers, lead, "hold", "network")


def test_trust_of_one_browser_outweighs_a_hold_of_its_e_mail(lead: User, hers: Comment) -> None:
    take(hers, lead, "hold", "author")
    take(hers, lead, "trust", "writer")
    assert reason_of_next(hers.article) == "trusted"
    assert reason_of_next(hers.article, **ELSEWHERE) == "author_held"


def test_a_measure_lapses_by_itself(lead: User, hers: Comment) -> None:
    measure = take(hers, lead, "ban", "writer")
    AuthorMeasure.objects.update(until=timezone.now() - DAY)
    measure.refresh_from_db()
    assert not measure.is_in_force
    assert reason_of_next(hers.article) == "clean"
    assert take(hers, lead, "hold", "writer").is_in_force


@pytest.mark.parametrize("scope", ["writer", "author"])
def test_moderators_hold_authors_and_do_no_more(
    moderator: User, lead: User, hers: Comment, scope: str
) -> None:
    take(hers, moderator, "hold", scope)
    for kind, where in (("ban", "writer"), ("trust", "writer"), ("hold", "network")):
        with pytest.raises(NotAllowedError):
            take(hers, moderator, kind, where)
    banned = take(hers, lead, "ban", "writer")
    with pytest.raises(NotAllowedError):
        end_measure(measure=banned, user=moderator)
    with pytest.raises(NotAllowedError):
        take(hers, moderator, "hold", "writer")
    assert reason_of_next(hers.article) == "author_banned"


def test_auditors_take_no_measures(hers: Comment) -> None:
    with pytest.raises(NotAllowedError):
        take(hers, make_member("a", Role.AUDITOR)[0], "hold", "writer")
    assert not AuthorMeasure.objects.exists()
    assert not Act.objects.exists()


def test_an_ended_measure_stays_on_record(moderator: User, hers: Comment) -> None:
    measure = take(hers, moderator, "hold", "writer")
    end_measure(measure=measure, user=moderator)
    measure.refresh_from_db()
    assert (measure.ended_by, measure.is_in_force) == (moderator, False)
    assert reason_of_next(hers.article) == "clean"
    with pytest.raises(TakenError):
        end_measure(measure=measure, user=moderator)


def test_setting_a_measure_is_undone(lead: User, hers: Comment) -> None:
    take(hers, lead, "hold", "writer")
    take(hers, lead, "ban", "writer")
    undone = acts.undo(act=Act.objects.latest("pk"), user=lead)
    assert undone.act
    assert reason_of_next(hers.article) == "author_held"
    acts.undo(act=Act.objects.order_by("pk")[0], user=lead)
    # The first act was followed by another, which has been undone, not by nothing.
    assert reason_of_next(hers.article) == "author_held"


def test_ending_a_measure_is_undone(lead: User, hers: Comment) -> None:
    measure = take(hers, lead, "ban", "writer")
    end_measure(measure=measure, user=lead)
    undone = acts.undo(act=Act.objects.latest("pk"), user=lead)
    assert (bool(undone.act), undone.done, undone.changed) == (True, [], [])
    measure.refresh_from_db()
    assert (measure.is_in_force, measure.ended_by) == (True, None)
    assert reason_of_next(hers.article) == "author_banned"


def test_an_undo_leaves_what_a_colleague_has_done_since(lead: User, hers: Comment) -> None:
    measure = take(hers, lead, "ban", "writer")
    end_measure(measure=measure, user=lead)
    ended = Act.objects.latest("pk")
    take(hers, make_member("iryna", Role.LEAD)[0], "hold", "writer")
    assert acts.undo(act=ended, user=lead).changed == [hers.pk]
    assert reason_of_next(hers.article) == "author_held"


def test_any_number_of_comments_takes_two_queries(
    lead: User, hers: Comment, django_assert_num_queries: Any
) -> None:
    take(hers, lead, "hold", "author")
    comments = [hers, *(make_comment(hers.article) for _ in range(5))]
    with django_assert_num_queries(2):
        found = in_force(comments)
    assert [found[each.pk].author for each in comments] == ["hold", *[""] * 5]


def test_measures_over_are_kept_no_longer_than_needed(
    settings: Any, lead: User, hers: Comment
) -> None:
    settings.ADDRESS_KEPT_DAYS = 30
    kept = take(hers, lead, "hold", "writer")
    of_network = take(hers, lead, "hold", "network")
    assert drop_measures() == 0
    AuthorMeasure.objects.filter(pk=of_network.pk).update(until=timezone.now() - 31 * DAY)
    assert drop_measures() == 1
    AuthorMeasure.objects.update(author_key="of nobody")
    assert drop_measures() == 0
    AuthorMeasure.objects.filter(pk=kept.pk).update(until=timezone.now() - DAY)
    assert drop_measures() == 1


def test_who_is_no_lead_any_more_does_not_lift_their_ban(lead: User, hers: Comment) -> None:
    take(hers, lead, "ban", "writer")
    make_member("olha", Role.MODERATOR)
    demoted = User.objects.get(pk=lead.pk)
    assert acts.undo(act=Act.objects.get(), user=demoted).changed == [hers.pk]
    assert reason_of_next(hers.article) == "author_banned"


def test_an_undo_of_a_measure_names_no_comment_as_returned(lead: User, hers: Comment) -> None:
    """Its number may be that of another comment, whose reports would be settled."""
    take(hers, lead, "hold", "writer")
    assert acts.undo(act=Act.objects.get(), user=lead).done == []
