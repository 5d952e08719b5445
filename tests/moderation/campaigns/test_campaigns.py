"""One text from many senders: later copies are held, earlier ones stay published."""

from typing import Any

import pytest

from comments.models import Article, Comment, Status
from moderation import services
from moderation.campaigns.senders import Senders, senders_of
from moderation.models import Membership, TextSignature
from moderation.policy.verdict import Outcome, Policy, Reason, Thresholds
from tests.makers import decide, make_article, make_comment
from tests.moderation.campaigns.formulaic import CONDOLENCES, SAME_WORDS
from tests.moderation.campaigns.letters import (
    ADVERT,
    OTHERS,
    PETITION,
    REWRITES,
    VARIANTS,
    campaign,
    fate,
    sent,
)

pytestmark = pytest.mark.django_db


def test_a_text_is_held_from_the_fifth_sender_on(article: Article) -> None:
    *early, fifth = campaign(article)
    assert {c.status for c in early} == {Status.PUBLISHED}
    assert fate(fifth) == (Status.HELD, Reason.CAMPAIGN)


@pytest.mark.parametrize("size", [1, 2])
def test_the_setting_is_the_number_of_senders_from_which_texts_are_held(
    article: Article, settings: Any, size: int
) -> None:
    settings.CAMPAIGN_SIZE = size + 1
    fates = [fate(comment)[0] for comment in campaign(article, size + 1)]
    assert fates == [Status.PUBLISHED] * size + [Status.HELD]


def test_a_published_comment_stays_published_when_others_copy_it(article: Article) -> None:
    original = sent(PETITION, article)
    reply = make_comment(article, parent=original)
    for text in VARIANTS[1:]:
        sent(text, article)
    assert fate(original) == (Status.PUBLISHED, Reason.CLEAN)
    assert original.decisions.count() == 1
    assert reply in Comment.objects.visible()


def test_rejected_copies_do_not_count(article: Article) -> None:
    original = sent(PETITION, article)
    for _ in range(6):
        decide(make_comment(article, Status.PENDING, text=PETITION), Outcome.REJECT, Reason.SPAM)
    senders_of(list(Comment.objects.order_by("pk")), spam={}, rejected=())
    assert fate(sent(PETITION, article))[0] == fate(original)[0] == Status.PUBLISHED


def test_comments_rejected_in_the_same_batch_do_not_count(
    article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = [make_comment(article, Status.PENDING, text=PETITION) for _ in range(6)]
    rejected = {comment.pk for comment in batch[:-1]}
    in_campaigns = senders_of(batch, spam={}, rejected=rejected)
    assert in_campaigns[batch[-1].pk] == Senders(text=1)
    never = Thresholds(2, 2)
    strict = Policy(thresholds={"spam": Thresholds(0, 0), "toxicity": never}, campaign_size=5)
    seen: list[set[int]] = []

    def watched(*args: Any, rejected: set[int], **kwargs: Any) -> dict[int, Senders]:
        seen.append(rejected)
        return senders_of(*args, rejected=rejected, **kwargs)

    monkeypatch.setattr(services, "site_policy", lambda _site, _model: strict)
    monkeypatch.setattr("moderation.services.campaigns.senders_of", watched)
    services.moderate_all(comments=batch)
    held = set(Comment.objects.filter(status=Status.REJECTED).values_list("pk", flat=True))
    assert seen == [held]


def test_copies_that_look_automated_do_not_count(article: Article) -> None:
    for _ in range(6):
        sent(PETITION, article, looks_automated=True)
    assert fate(sent(PETITION, article))[0] == Status.PUBLISHED


def test_senders_of_one_network_count_as_one_for_others(article: Article) -> None:
    for number in range(4):
        sent(VARIANTS[number], article, address=f"2001:db8:1:2::{number + 1}")
    assert fate(sent(PETITION, article, address="203.0.113.9"))[0] == Status.PUBLISHED


def test_five_e_mails_from_one_network_are_held_together(article: Article) -> None:
    fates = [
        fate(sent(text, article, address=f"2001:db8:1:2::{number + 1}"))
        for number, text in enumerate(VARIANTS[:5])
    ]
    assert fates[3] == (Status.PUBLISHED, Reason.CLEAN)
    assert fates[4] == (Status.HELD, Reason.CAMPAIGN)


def test_one_author_on_many_networks_counts_as_one_for_others(article: Article) -> None:
    for number in range(4):
        over = {"address": f"203.0.113.{number + 1}", "author_email": "taras@example.org"}
        sent(VARIANTS[number], article, **over)
    assert fate(sent(PETITION, article, address="203.0.113.9"))[0] == Status.PUBLISHED


def test_one_author_under_five_articles_is_held(settings: Any) -> None:
    fates = [
        fate(sent(text, make_article(), author_email="taras@example.org")) for text in VARIANTS[:5]
    ]
    assert fates[3] == (Status.PUBLISHED, Reason.CLEAN)
    assert fates[4] == (Status.HELD, Reason.CAMPAIGN)


def test_one_author_rewriting_a_text_under_one_article_is_not_a_campaign(article: Article) -> None:
    for text in VARIANTS:
        last = sent(text, article, author_email="taras@example.org")
    assert last.status == Status.PUBLISHED


def test_other_comments_are_still_published(article: Article) -> None:
    others = [sent(text, article) for text in OTHERS]
    campaign(article, 7)
    assert {fate(comment)[0] for comment in others} == {Status.PUBLISHED}


@pytest.mark.parametrize("text", SAME_WORDS.values(), ids=SAME_WORDS)
def test_common_formulas_are_not_a_campaign(article: Article, text: str) -> None:
    assert {fate(sent(text, article))[0] for _ in range(7)} == {Status.PUBLISHED}


def test_condolences_are_not_a_campaign(article: Article) -> None:
    assert {fate(sent(text, article))[0] for text in CONDOLENCES * 2} == {Status.PUBLISHED}


def test_short_remarks_are_not_a_campaign(article: Article) -> None:
    for text in ("Дякую!", "Повністю згоден з автором, так воно у нас і є, на жаль, щодня."):
        assert {sent(text, article).status for _ in range(7)} == {Status.PUBLISHED}


def test_letters_that_share_their_first_half_are_not_a_campaign(article: Article) -> None:
    begun = " ".join(PETITION.split()[:20])
    ends = (
        *OTHERS,
        "Ціни на проїзд зросли вдвічі, маршрутки скасували, чекаємо на холоді",
    )
    fates = {fate(sent(f"{begun}. {' '.join(end.split()[:12])}", article))[0] for end in ends * 2}
    assert fates == {Status.PUBLISHED}


def test_a_short_rewritten_advert_is_held(article: Article) -> None:
    offer = "Пишіть: @zarobitok_shchodnia{}"
    fates = [
        fate(sent(f"{text} {offer.format(number)}", article))
        for number, text in enumerate([ADVERT, *REWRITES.values()])
    ]
    published = [status for status, _reason in fates].count(Status.PUBLISHED)
    assert published < 5
    assert Comment.objects.filter(membership__campaign__gt=0).distinct().count() >= 6


def test_campaigns_can_be_turned_off(article: Article, settings: Any) -> None:
    settings.CAMPAIGN_SIZE = 0
    assert {c.status for c in campaign(article, 7)} == {Status.PUBLISHED}
    assert not TextSignature.objects.exists()


def test_a_batch_is_compared_in_a_constant_number_of_queries(
    article: Article, django_assert_max_num_queries: Any
) -> None:
    batch = [make_comment(article, Status.PENDING, text=text) for text in VARIANTS * 6]
    one = make_comment(article, Status.PENDING, text=OTHERS[0])
    with django_assert_max_num_queries(14):
        in_campaigns = senders_of(batch, spam={}, rejected=())
    assert {pk: senders.text for pk, senders in in_campaigns.items()} == {c.pk: 42 for c in batch}
    with django_assert_max_num_queries(17):
        in_campaigns = senders_of([one, batch[0]], spam={}, rejected=())
    assert in_campaigns == {batch[0].pk: Senders(text=42)}
    assert Membership.objects.values("campaign").distinct().count() == 1


def test_comments_passed_twice_count_once(article: Article) -> None:
    batch = [make_comment(article, Status.PENDING, text=text) for text in VARIANTS[:3]]
    for order in (batch, batch[::-1]):
        in_campaigns = senders_of(order, spam={}, rejected=())
        assert in_campaigns == {c.pk: Senders(text=3) for c in batch}
