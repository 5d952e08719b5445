"""One text from many senders is held together, and settled together."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from comments.models import Article, Comment, Status
from moderation import services, waiting
from moderation.campaigns import campaign_sizes, forget_traces
from moderation.models import CampaignMember, Decision, Trace
from moderation.verdict import Outcome, Reason
from tests.makers import decide, make_article, make_comment
from tests.moderation.classifier.test_likeness import OTHERS
from tests.moderation.test_queue import MAY, QUEUE, signed_in, url

pytestmark = pytest.mark.django_db
PETITION = (
    "Шановна редакціє, мешканці лівого берега просять повернути нічний автобус, бо люди зі змін "
    "добираються додому пішки через темний парк, а влада мовчить другий рік"
)
VARIANTS = (
    PETITION,
    PETITION.replace("лівого", "правого").replace("другий", "третій"),
    PETITION.replace("а", "a").replace("о", "o"),
    PETITION + "! Доки?",
    PETITION.replace("Шановна редакціє, ", "Люди добрі, "),
    PETITION.upper(),
    PETITION.replace("нічний", "н1чний"),
)


@pytest.fixture
def article() -> Article:
    return make_article()


@pytest.fixture(autouse=True)
def _five(settings: Any) -> None:
    settings.CAMPAIGN_SIZE = 5


def sent(text: str, article: Article, **over: Any) -> Comment:
    """A comment as it is once a worker has decided it."""
    comment = make_comment(article, Status.PENDING, text=text, **over)
    services.moderate(comment_id=comment.pk)
    comment.refresh_from_db()
    return comment


def campaign(article: Article, count: int = 5) -> list[Comment]:
    comments = [sent(text, article) for text in VARIANTS[:count]]
    return list(Comment.objects.filter(pk__in=[c.pk for c in comments]).order_by("id"))


def test_what_comes_from_enough_senders_is_held_and_the_published_with_it(article: Article) -> None:
    early = campaign(article, 4)
    assert {c.status for c in early} == {Status.PUBLISHED}
    last = sent(VARIANTS[4], article)
    assert (last.status, last.reason) == (Status.HELD, Reason.CAMPAIGN)
    held = Comment.objects.filter(status=Status.HELD, reason=Reason.CAMPAIGN)
    assert held.count() == 5
    article.refresh_from_db()
    assert article.published_count == 0
    assert early[0].decisions.count() == 2


def test_other_comments_go_their_way_meanwhile(article: Article) -> None:
    others = [sent(text, article) for text in OTHERS]
    campaign(article, 7)
    for comment in others:
        comment.refresh_from_db()
        assert comment.status == Status.PUBLISHED


def test_one_author_under_several_articles_is_a_campaign() -> None:
    for text in VARIANTS[:5]:
        last = sent(text, make_article(), author_email="taras@example.org")
    assert last.reason == Reason.CAMPAIGN


def test_one_author_rewriting_under_one_article_is_none(article: Article, settings: Any) -> None:
    settings.REPEAT_HOURS = 0
    for text in VARIANTS:
        last = sent(text, article, author_email="taras@example.org")
    assert last.status == Status.PUBLISHED


def test_thanks_and_condolences_are_no_campaign(article: Article) -> None:
    for text in ("Дякую!", "Щирі співчуття рідним і близьким. Вічна пам'ять Герою!"):
        assert {sent(text, article).status for _ in range(7)} == {Status.PUBLISHED}


def test_what_is_old_counts_no_more(article: Article) -> None:
    for comment in campaign(article, 4):
        long_ago = timezone.now() - dt.timedelta(hours=25)
        Comment.objects.filter(pk=comment.pk).update(created_at=long_ago)
    assert sent(VARIANTS[4], article).status == Status.PUBLISHED


def test_old_traces_are_forgotten_by_the_sweep(article: Article) -> None:
    sent(PETITION, article)
    Trace.objects.update(seen_at=timezone.now() - dt.timedelta(hours=25))
    kept = sent(OTHERS[0], article)
    waiting.sweep()
    assert set(Trace.objects.values_list("comment_id", flat=True)) == {kept.pk}
    assert forget_traces() == 0


def test_campaigns_can_be_turned_off(article: Article, settings: Any) -> None:
    settings.CAMPAIGN_SIZE = 0
    assert {c.status for c in campaign(article, 7)} == {Status.PUBLISHED}
    assert not Trace.objects.exists()


def test_once_a_person_has_published_from_it_the_rest_are_not_held(article: Article) -> None:
    held = campaign(article)
    decide(held[0], Outcome.PUBLISH, Reason.REVIEWED)
    assert sent(VARIANTS[5], article).status == Status.PUBLISHED


def test_sure_spam_is_rejected_and_what_was_published_of_it_comes_down(
    article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    early = campaign(article, 4)
    monkeypatch.setattr(services, "site_policy", lambda: _strict())
    assert sent(VARIANTS[4], article).status == Status.REJECTED
    early[0].refresh_from_db()
    assert early[0].status == Status.HELD


def _strict() -> services.Policy:
    never = services.Thresholds(2, 2)
    return services.Policy(spam=services.Thresholds(0, 0), toxicity=never, campaign_size=5)


def test_a_batch_is_compared_with_itself_and_with_the_past_in_eight_queries(
    article: Article, django_assert_num_queries: Any
) -> None:
    batch = [make_comment(article, Status.PENDING, text=text) for text in VARIANTS * 6]
    one = make_comment(article, Status.PENDING, text=OTHERS[0])
    with django_assert_num_queries(7):
        sizes = campaign_sizes(batch)
    assert sizes == {comment.pk: 42 for comment in batch}
    with django_assert_num_queries(8):
        assert campaign_sizes([one, *batch[:1]]) == {batch[0].pk: 42}
    assert CampaignMember.objects.values("campaign").distinct().count() == 1


def test_the_same_comments_asked_about_twice_count_once(article: Article) -> None:
    batch = [make_comment(article, Status.PENDING, text=text) for text in VARIANTS[:3]]
    assert campaign_sizes(batch) == campaign_sizes(batch[::-1]) == {c.pk: 3 for c in batch}


def test_the_desk_filters_a_campaign_and_settles_the_whole_of_it_by_one_press(
    article: Article,
) -> None:
    marta = signed_in(*MAY)
    held = campaign(article)
    make_comment(article, Status.HELD, text=OTHERS[0])
    link = f"{url(QUEUE)}?membership__campaign={held[0].pk}"
    queue = marta.get(url(QUEUE)).content.decode()
    assert f'membership__campaign={held[0].pk}">5 comments wait</a>' in queue
    page = marta.get(link).content.decode()
    assert OTHERS[0] not in page
    assert "the whole campaign: 5 comments" in page
    whole = f"{held[0].pk}:{held[-1].pk}"
    assert f'name="whole" value="{whole}"' in page
    late = sent(VARIANTS[5], article)
    marta.post(link, {"whole": whole, "decide": "reject:spam"})
    statuses = dict(Comment.objects.values_list("pk", "status"))
    assert {statuses[c.pk] for c in held} == {Status.REJECTED}
    assert statuses[late.pk] == Status.HELD
    assert Decision.objects.filter(actor__isnull=False).count() == 5


@pytest.mark.parametrize("whole", ["", "x:1", "1:", "9" * 40 + ":1"])
def test_a_forged_campaign_settles_nothing(article: Article, whole: str) -> None:
    campaign(article)
    marta: Client = signed_in(*MAY)
    marta.post(url(QUEUE), {"whole": whole, "decide": "reject:spam"})
    assert Comment.objects.filter(status=Status.HELD).count() == 5
    marta.get(f"{url(QUEUE)}?membership__campaign={whole}")
