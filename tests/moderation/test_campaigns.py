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
    return [sent(text, article) for text in VARIANTS[:count]]


def held_campaign(article: Article) -> list[Comment]:
    """Five that wait; the four before them are published."""
    return [sent(text, article) for text in VARIANTS[:4] + VARIANTS[:5]][4:]


def test_what_comes_from_enough_senders_is_held(article: Article) -> None:
    early = campaign(article, 4)
    assert {c.status for c in early} == {Status.PUBLISHED}
    last = sent(VARIANTS[4], article)
    assert (last.status, last.reason) == (Status.HELD, Reason.CAMPAIGN)


def test_what_was_published_for_itself_stays_whoever_copies_it_later(article: Article) -> None:
    victim = sent(PETITION, article)
    reply = make_comment(article, parent=victim)
    for text in VARIANTS[1:]:
        sent(text, article)
    victim.refresh_from_db()
    assert (victim.status, victim.decisions.count()) == (Status.PUBLISHED, 1)
    assert reply in Comment.objects.visible()


def test_senders_from_one_network_count_as_one(article: Article) -> None:
    for number, text in enumerate(VARIANTS):
        last = sent(text, article, address=f"2001:db8:1:2::{number + 1}")
    assert last.status == Status.PUBLISHED


def test_one_author_on_many_networks_counts_as_one() -> None:
    for number, text in enumerate(VARIANTS):
        over = {"address": f"203.0.113.{number + 1}", "author_email": "taras@example.org"}
        last = sent(text, make_article(), **over)
    assert last.status == Status.PUBLISHED


@pytest.mark.parametrize("copies", [{"looks_automated": True}, {"text": PETITION + " Ідіоти!"}])
def test_rejected_and_automated_copies_count_for_nothing(
    article: Article, copies: dict[str, Any]
) -> None:
    for _ in range(6):
        copy = make_comment(article, Status.PENDING, **{"text": PETITION, **copies})
        if "text" in copies:
            decide(copy, Outcome.REJECT, Reason.TOXICITY)
        campaign_sizes([copy])
    assert sent(PETITION, article).status == Status.PUBLISHED


def test_other_comments_go_their_way_meanwhile(article: Article) -> None:
    others = [sent(text, article) for text in OTHERS]
    campaign(article, 7)
    for comment in others:
        comment.refresh_from_db()
        assert comment.status == Status.PUBLISHED


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
    *_, held = campaign(article)
    decide(held, Outcome.PUBLISH, Reason.REVIEWED)
    assert sent(VARIANTS[5], article).status == Status.PUBLISHED


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
    held = held_campaign(article)
    name = CampaignMember.objects.get(comment=held[0]).campaign
    make_comment(article, Status.HELD, text=OTHERS[0])
    link = f"{url(QUEUE)}?membership__campaign={name}"
    queue = marta.get(url(QUEUE)).content.decode()
    assert f'membership__campaign={name}">5 comments wait</a>' in queue
    page = marta.get(link).content.decode()
    assert OTHERS[0] not in page
    assert "the whole campaign: 5 comments" in page
    whole = f"{name}:{held[-1].pk}"
    assert f'name="whole" value="{whole}"' in page
    late = sent(VARIANTS[5], article)
    marta.post(link, {"whole": whole, "decide": "reject:spam"})
    statuses = dict(Comment.objects.values_list("pk", "status"))
    assert {statuses[c.pk] for c in held} == {Status.REJECTED}
    assert statuses[late.pk] == Status.HELD
    assert Decision.objects.filter(actor__isnull=False).count() == 5


@pytest.mark.parametrize("whole", ["", "x:1", "1:", "9" * 40 + ":1"])
def test_a_forged_campaign_settles_nothing(article: Article, whole: str) -> None:
    held_campaign(article)
    marta: Client = signed_in(*MAY)
    marta.post(url(QUEUE), {"whole": whole, "decide": "reject:spam"})
    assert Comment.objects.filter(status=Status.HELD).count() == 5
    marta.get(f"{url(QUEUE)}?membership__campaign={whole}")
