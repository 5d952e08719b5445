"""The lists of the desk can be ordered by age, score, doubt and urgency."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments.models import SCORE_SCALE, UNSCORED, Article, Comment, Status
from moderation import services, standing, transitions
from moderation.accounts.roles import Role, make_member
from moderation.actors import POLICY
from moderation.classifier.scores import Scores
from moderation.desk.filters import counts_by_reason
from moderation.desk.forms import DECISIONS
from moderation.policy.verdict import Outcome, Reason, Verdict
from moderation.transitions import Evidence, Seen
from tests.makers import make_article, make_comment
from tests.moderation.desk.desks import ALL, QUEUE, REJECTED, shown_on, signed_in_as

pytestmark = pytest.mark.django_db
HELD = Verdict(Outcome.HOLD, Reason.TOXICITY)
LINES = {name: {"hold_at": 0.6, "reject_at": 0.95} for name in ("spam", "toxicity")}


@pytest.fixture
def marta() -> Client:
    return signed_in_as(Role.MODERATOR)


def scored(
    toxicity: float, *, spam: float = 0.1, article: Article | None = None, minutes: int = 0
) -> Comment:
    """A comment held with these scores, this many minutes ago."""
    comment = make_comment(article, Status.PENDING)
    comment.created_at = timezone.now() - dt.timedelta(minutes=minutes)
    comment.save()
    by_attribute = {"spam": spam, "toxicity": toxicity}
    scores = Scores(by_attribute, "uk", by_attribute)
    evidence = Evidence(actor=POLICY, scores=scores, thresholds=LINES)
    transitions.apply(comment=comment, verdict=HELD, expected=Seen.of(comment), evidence=evidence)
    comment.refresh_from_db()
    return comment


def order_of(client: Client, order: str, page: str = QUEUE) -> list[int]:
    return shown_on(client.get(page, {"order": order}).content.decode())


def test_the_queue_begins_with_the_oldest_unless_asked_otherwise(marta: Client) -> None:
    new, old, middle = (scored(0.7, minutes=each) for each in (1, 90, 30))
    assert order_of(marta, "") == [old.pk, middle.pk, new.pk]
    assert order_of(marta, "newest") == [new.pk, middle.pk, old.pk]


def test_the_highest_score_of_any_attribute_comes_first(marta: Client) -> None:
    low, spam, toxic = scored(0.65), scored(0.1, spam=0.99), scored(0.8)
    assert order_of(marta, "risk") == [spam.pk, toxic.pk, low.pk]


def test_the_most_doubtful_are_those_nearest_to_the_line_on_either_side(marta: Client) -> None:
    # The last one is over the line by one attribute, whatever the other is.
    over, under, certain = scored(0.63), scored(0.59), scored(0.94, spam=0.6)
    assert order_of(marta, "doubt") == [under.pk, over.pk, certain.pk]


def test_urgency_weighs_risk_waiting_and_readership(marta: Client) -> None:
    read = make_article(published_count=1000)
    calm = scored(0.6)
    risky, waiting, popular = scored(0.99), scored(0.6, minutes=300), scored(0.6, article=read)
    assert order_of(marta, "urgent") == [popular.pk, waiting.pk, risky.pk, calm.pk]


def test_twice_the_risk_is_two_hours_and_twice_the_readers_one() -> None:
    comment = make_comment()
    at_once = standing.due(comment, 0.3, 0)
    assert at_once - standing.due(comment, 0.6, 0) == standing.RISK_DOUBLED
    assert at_once - standing.due(comment, 0.3, 1) == standing.READERS_DOUBLED


def test_what_nobody_could_score_is_the_most_urgent_and_has_no_risk(marta: Client) -> None:
    risky = scored(0.99, minutes=5000)
    unscored = make_comment(status=Status.PENDING)
    services.hold_unscored(comment_id=unscored.pk)
    unscored.refresh_from_db()
    assert (unscored.risk, unscored.doubt, unscored.due) == (UNSCORED, UNSCORED, 0)
    assert order_of(marta, "urgent") == [unscored.pk, risky.pk]
    assert order_of(marta, "risk") == [risky.pk, unscored.pk]


def test_the_services_own_decision_stores_the_standing() -> None:
    comment = make_comment(status=Status.PENDING, text="Ти ідіот і дурень, заткни пельку!")
    services.moderate(comment_id=comment.pk)
    comment.refresh_from_db()
    decision = comment.decisions.get()
    assert comment.risk == round(max(decision.scores.values()) * SCORE_SCALE)
    assert 0 <= comment.doubt <= SCORE_SCALE
    assert comment.language == decision.language == "uk"


def test_a_persons_decision_leaves_the_standing_as_it_was() -> None:
    comment = scored(0.8)
    moderator, _ = make_member("olena")
    services.review_all(
        moderator=moderator,
        verdict=DECISIONS["publish"],
        seen={comment.pk: Seen.of(comment)},
    )
    changed = Comment.objects.get()
    assert changed.status == Status.PUBLISHED
    assert (changed.risk, changed.doubt, changed.due) == (comment.risk, comment.doubt, comment.due)


def test_rejected_comments_can_be_ordered_by_score_and_all_comments_only_by_age(
    marta: Client,
) -> None:
    first, second = (make_comment(status=Status.REJECTED) for _ in range(2))
    Comment.objects.filter(pk=first.pk).update(risk=9000)
    assert order_of(marta, "risk", REJECTED) == [first.pk, second.pk]
    assert order_of(marta, "", REJECTED) == [second.pk, first.pk]
    assert order_of(marta, "oldest", ALL) == [first.pk, second.pk]
    assert "choice" in marta.get(ALL, {"order": "risk"}).content.decode()


def test_the_order_stays_on_the_next_page_and_after_a_decision(marta: Client) -> None:
    held = [scored(0.6 + number / 100) for number in range(30)]
    page = marta.get(QUEUE, {"order": "risk"}).content.decode()
    assert "?order=risk&amp;page=2" in page
    rest = marta.get(QUEUE, {"order": "risk", "page": "2"}).content.decode()
    assert shown_on(rest) == [comment.pk for comment in reversed(held[:5])]


def test_the_numbers_of_the_tabs_come_in_one_query() -> None:
    for status in (Status.HELD, Status.HELD, Status.PUBLISHED):
        make_comment(status=status)
    services.hold_unscored(comment_id=make_comment(status=Status.PENDING).pk)
    with CaptureQueriesContext(connection) as queries:
        assert counts_by_reason() == {"toxicity": 2, "unscored": 1}
    assert len(queries) == 1
