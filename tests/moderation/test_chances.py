"""How often persons reject what is held for one reason with a like score, on each site."""

import datetime as dt

import pytest
from django.utils import timezone

from comments.models import Article, Comment, Site, Status
from moderation import acts, chances
from moderation.accounts.models import User
from moderation.accounts.roles import Role
from moderation.chances import Chance
from moderation.models import Decision, Tally
from moderation.policy.verdict import Outcome, Reason, Verdict
from moderation.services import review_all
from moderation.tasks import count_outcomes
from moderation.transitions import Seen
from tests.makers import make_article, make_comment
from tests.moderation.decided import decided
from tests.moderation.desk.desks import signed_in_as

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def marta() -> User:
    return User.objects.create(username="marta")


@pytest.fixture
def article() -> Article:
    return make_article()


def held(article: Article, score: float | None = 0.84, reason: str = "toxicity") -> Decision:
    comment = make_comment(article, Status.PENDING)
    scores = {} if score is None else {reason: score, "spam": 0.1}
    return decided(comment, Outcome.HOLD, Reason(reason), NOW, scores=scores)


def reviewed(user: User, found: Decision, verdict: Outcome, days: int = 0) -> None:
    at = NOW - dt.timedelta(days=days)
    decided(found.comment, verdict, Reason.REVIEWED, at, user=user)


def many(user: User, article: Article, rejected: int, published: int, **facts: object) -> None:
    for number in range(rejected + published):
        outcome = Outcome.REJECT if number < rejected else Outcome.PUBLISH
        reviewed(user, held(article, **facts), outcome)  # type: ignore[arg-type]
    chances.count()


def chance(found: Decision) -> Chance:
    pk = found.comment_id
    return chances.chances_of({pk: (found.comment.article.site_id, found)})[pk]


def test_a_share_is_counted_from_the_sites_own_decisions(marta: User, article: Article) -> None:
    many(marta, article, rejected=18, published=2)
    found = chance(held(article, 0.87))
    assert (found.rejected, found.decided, found.is_counted) == (18, 20, True)
    assert found.share == 0.9


def test_with_too_few_decisions_the_models_calibration_stands(
    marta: User, article: Article
) -> None:
    many(marta, article, rejected=18, published=1)
    found = chance(held(article, 0.87))
    assert (found.decided, found.is_counted, found.share) == (19, False, 0.87)


def test_other_scores_reasons_and_sites_are_counted_separately(
    marta: User, article: Article
) -> None:
    many(marta, article, rejected=20, published=0)
    other = make_article(site=Site.objects.create(key="other", name="Інша"))
    for far in (held(article, 0.5), held(article, 0.84, "spam"), held(other)):
        assert chance(far).decided == 0
    assert chance(held(article, None, "links")).share is None


def test_what_a_rule_held_is_counted_by_its_reason(marta: User, article: Article) -> None:
    many(marta, article, rejected=5, published=15, score=None, reason="links")
    assert chance(held(article, None, "links")).share == 0.25


def test_only_the_last_word_of_persons_on_what_was_held_counts(
    marta: User, article: Article
) -> None:
    twice, old, undone = held(article), held(article), held(article)
    reviewed(marta, twice, Outcome.REJECT)
    reviewed(marta, twice, Outcome.PUBLISH)
    reviewed(marta, old, Outcome.REJECT, days=chances.COUNTED_DAYS + 1)
    undone.comment.refresh_from_db()
    seen = {undone.comment_id: Seen.of(undone.comment)}
    act = review_all(moderator=marta, verdict=Verdict(Outcome.REJECT, Reason.SPAM), seen=seen).act
    assert act
    acts.undo(act=act, user=marta)
    published = make_comment(article, Status.PUBLISHED)
    reviewed(marta, published.decisions.get(), Outcome.REJECT)
    assert chances.count() == 1
    tally = Tally.objects.get()
    assert (tally.band, tally.published, tally.rejected) == (8, 1, 0)


def test_the_task_counts_anew_and_forgets_what_is_not_counted_any_more(
    marta: User, article: Article
) -> None:
    many(marta, article, rejected=1, published=0)
    Tally.objects.create(site=article.site, reason="gone", band=1, published=1, rejected=1)
    reviewed(marta, held(article), Outcome.PUBLISH)
    count_outcomes()
    tally = Tally.objects.get()
    assert (tally.published, tally.rejected) == (1, 1)


@pytest.mark.parametrize(
    ("rejected", "published", "words"),
    [
        (18, 2, "Rejected here: nine of ten comments like this (20 decisions in 90 days)."),
        (0, 20, "Rejected here: fewer than one of ten comments like this"),
        (20, 0, "Rejected here: nearly ten of ten comments like this"),
        (1, 2, "By the model’s calibration: insult in eight of ten comments like this."),
        (1, 2, "too few to count yet: 3 of 20."),
    ],
)
def test_the_queue_and_the_list_say_it_in_words(
    marta: User, article: Article, rejected: int, published: int, words: str
) -> None:
    many(marta, article, rejected, published)
    held(article)
    client = signed_in_as(Role.MODERATOR)
    for page in ("/en/admin/queue/", "/en/admin/queue/list/"):
        assert words in client.get(page).content.decode()


def test_a_comment_that_no_score_held_has_no_chance_without_decisions(article: Article) -> None:
    held(article, None, "links")
    client = signed_in_as(Role.MODERATOR)
    assert "desk-chance" not in client.get("/en/admin/queue/").content.decode()
    assert Comment.objects.held().count() == 1
