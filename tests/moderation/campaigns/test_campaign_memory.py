"""How long a text counts as a copy, and the effect of a moderator's decision on it."""

import datetime as dt

import pytest
from django.utils import timezone

from comments.models import Article, Comment, Status
from moderation import pipeline
from moderation.campaigns.senders import delete_expired
from moderation.models import Membership, TextSignature
from moderation.policy.verdict import Outcome, Reason
from tests.makers import decide
from tests.moderation.campaigns.letters import (
    OTHERS,
    PETITION,
    VARIANTS,
    campaign,
    fate,
    sent,
)

pytestmark = pytest.mark.django_db


def test_old_comments_no_longer_count(article: Article) -> None:
    for comment in campaign(article, 4):
        long_ago = timezone.now() - dt.timedelta(hours=25)
        Comment.objects.filter(pk=comment.pk).update(created_at=long_ago)
    assert sent(VARIANTS[4], article).status == Status.PUBLISHED


def test_old_signatures_match_nothing(article: Article) -> None:
    sent(PETITION, article)
    TextSignature.objects.update(seen_at=timezone.now() - dt.timedelta(hours=25))
    sent(PETITION, article)
    assert not Membership.objects.exists()


def test_old_signatures_are_deleted_by_the_sweep(article: Article) -> None:
    sent(PETITION, article)
    TextSignature.objects.update(seen_at=timezone.now() - dt.timedelta(hours=25))
    kept = sent(OTHERS[0], article)
    pipeline.sweep()
    assert set(TextSignature.objects.values_list("comment_id", flat=True)) == {kept.pk}
    assert delete_expired() == 0


def test_campaigns_of_texts_outlive_their_signatures(article: Article) -> None:
    batch = campaign(article, 2)
    long_ago = timezone.now() - dt.timedelta(hours=25)
    Comment.objects.update(created_at=long_ago)
    delete_expired()
    assert set(Membership.objects.values_list("comment_id", flat=True)) == {c.pk for c in batch}


def test_a_copy_of_a_text_that_a_moderator_published_is_published(article: Article) -> None:
    *_, fifth = campaign(article)
    decide(fifth, Outcome.PUBLISH, Reason.REVIEWED)
    assert fate(sent(f"{VARIANTS[4]}!!", article))[0] == Status.PUBLISHED


def test_a_copy_with_one_word_changed_is_published_too(article: Article) -> None:
    *_, fifth = campaign(article)
    decide(fifth, Outcome.PUBLISH, Reason.REVIEWED)
    changed = VARIANTS[4].replace("парк", "сквер")
    assert fate(sent(changed, article))[0] == Status.PUBLISHED


def test_a_reviewed_text_is_published_even_as_the_first_over_the_limit(article: Article) -> None:
    first = sent(PETITION, article)
    decide(first, Outcome.HOLD, Reason.TOXICITY)
    decide(first, Outcome.PUBLISH, Reason.REVIEWED)
    assert {fate(sent(PETITION, article))[0] for _ in range(5)} == {Status.PUBLISHED}


@pytest.mark.parametrize(
    "more", ["https://bus-night.example.com", "Пишіть @night_bus_ua", "0671234567"]
)
def test_a_copy_with_another_link_or_contact_is_held(article: Article, more: str) -> None:
    *_, fifth = campaign(article)
    decide(fifth, Outcome.PUBLISH, Reason.REVIEWED)
    assert fate(sent(f"{VARIANTS[4]} {more}", article)) == (Status.HELD, Reason.CAMPAIGN)


def test_a_text_reviewed_long_ago_must_be_reviewed_again(article: Article) -> None:
    *_, fifth = campaign(article)
    decide(fifth, Outcome.PUBLISH, Reason.REVIEWED)
    Comment.objects.filter(pk=fifth.pk).update(decided_at=timezone.now() - dt.timedelta(hours=25))
    assert fate(sent(VARIANTS[4], article)) == (Status.HELD, Reason.CAMPAIGN)


def test_a_text_that_drifts_away_from_the_reviewed_one_is_held(article: Article) -> None:
    *_, fifth = campaign(article)
    decide(fifth, Outcome.PUBLISH, Reason.REVIEWED)
    drifted = PETITION
    for old, new in (
        ("нічний автобус", "ранковий трамвай"),
        ("темний парк", "порожній ринок"),
        ("лівого берега", "нового району"),
        ("гроші з бюджету громади", "кошти від продажу землі"),
    ):
        drifted = drifted.replace(old, new)
        fates = [fate(sent(drifted, article)) for _ in range(6)]
    assert (Status.HELD, Reason.CAMPAIGN) in fates
