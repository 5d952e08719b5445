"""One link, website, phone or handle from many senders is held, however short the texts are."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from comments.models import Article, Comment, Status
from moderation import pipeline, services
from moderation.campaigns.senders import (
    Senders,
    contact_campaigns,
    delete_expired,
    remove,
    senders_of,
)
from moderation.models import Membership
from moderation.policy.verdict import Outcome, Reason
from tests.makers import decide, make_article, make_comment, set_policy
from tests.moderation.campaigns.letters import PETITION, fate, sent

pytestmark = pytest.mark.django_db
HELD = (Status.HELD, Reason.REPEATED_CONTACT)
THANKS = (
    "Дякую за статтю!",
    "Дуже цікаво.",
    "Гарна новина для міста.",
    "Чекаємо на відкриття мосту.",
    "Нарешті!",
    "Корисно, дякую.",
)
# Thanks with a link may look like an advert.
BY_CONTACT_ONLY = {"spam_hold_at": 0.999, "spam_reject_at": 1.0}
SITE = {"author_url": "https://meblevyi-dim.com.ua"}


def test_a_website_is_held_from_the_third_sender_on(article: Article) -> None:
    fates = [fate(sent(text, article, **SITE)) for text in THANKS]
    assert fates[:2] == [(Status.PUBLISHED, Reason.CLEAN)] * 2
    assert set(fates[2:]) == {HELD}


def test_ten_e_mails_of_one_network_with_one_website_are_held(article: Article) -> None:
    over = {**SITE, "address": "203.0.113.66"}
    fates = [fate(sent(text, article, **over)) for text in THANKS]
    assert set(fates[2:]) == {HELD}


@pytest.mark.parametrize("contact", ["067 123 45 67", "@meblevyi_dim", "t.me/meblevyi_dim"])
def test_phones_and_handles_are_contacts_too(article: Article, contact: str) -> None:
    for text in THANKS[:3]:
        last = make_comment(article, Status.PENDING, text=f"{text} {contact}")
        services.moderate(comment_id=last.pk)
    assert Membership.objects.filter(campaign__lt=0).values("campaign").distinct().count() == 1
    assert fate(last)[0] == Status.HELD


def test_one_author_with_their_own_website_is_not_a_campaign(article: Article) -> None:
    for number, text in enumerate(THANKS):
        over = {**SITE, "author_email": "stepan@example.org", "address": f"203.0.113.{number}"}
        assert fate(sent(text, article, **over))[0] == Status.PUBLISHED


def test_an_author_keeps_their_website_when_others_use_it(article: Article) -> None:
    hers = {**SITE, "author_email": "olena@example.org", "secret": "her browser's"}
    first = sent("Дякую за новину.", article, **hers)
    for text in THANKS:
        sent(text, article, **SITE)
    assert fate(first) == (Status.PUBLISHED, Reason.CLEAN)
    assert fate(sent("Ще раз дякую!", article, **hers))[0] == Status.PUBLISHED


@pytest.mark.parametrize(
    "url",
    [
        "https://uk.wikipedia.org/wiki/Міст",
        "https://zakon.rada.gov.ua/laws/show/254к/96-вр",
        "https://localhost/articles/mist/",
        "https://news.example.net/1",
    ],
)
def test_a_host_that_everybody_links_to_is_not_a_contact(
    article: Article, settings: Any, url: str
) -> None:
    settings.CAMPAIGN_KNOWN_HOSTS = ["localhost", "example.net"]
    set_policy(**BY_CONTACT_ONLY)
    fates = {fate(sent(f"{text} {url}", article))[0] for text in THANKS}
    assert fates == {Status.PUBLISHED}
    assert not Membership.objects.exists()


def test_on_a_shared_host_only_the_same_page_is_the_same_contact(article: Article) -> None:
    page = "https://www.youtube.com/watch?v={}"
    for number, text in enumerate(THANKS):
        assert fate(sent(f"{text} {page.format(number)}", article))[0] == Status.PUBLISHED
    fates = [fate(sent(f"{text} {page.format('abc')}", article)) for text in THANKS]
    assert fates[2] == HELD


def test_a_link_in_the_article_is_not_a_contact() -> None:
    set_policy(**BY_CONTACT_ONLY)
    article = make_article(text='<p>Збір: <a href="https://mist-zbir.com.ua/a">тут</a>.</p>')
    fates = {fate(sent(f"{text} mist-zbir.com.ua", article))[0] for text in THANKS}
    assert fates == {Status.PUBLISHED}


def test_a_link_in_the_parent_or_a_quotation_is_not_a_contact(
    article: Article,
) -> None:
    set_policy(**BY_CONTACT_ONLY)
    root = sent("Усі креслення тут: mist-plan.com.ua, подивіться самі", article)
    for text in THANKS[:3]:
        answer = sent(f"{text} mist-plan.com.ua", article, parent=root)
        assert fate(answer)[0] == Status.PUBLISHED
    for text in THANKS[3:]:
        quoting = sent(f"«Усі креслення тут: mist-plan.com.ua» {text}", article)
        assert fate(quoting)[0] == Status.PUBLISHED


def test_addressing_a_reader_by_name_is_not_a_contact(article: Article) -> None:
    root = sent("Міст потрібен.", article)
    sent("Так, і ще один.", article, author_name="Kozak_Mamai", parent=root)
    for text in THANKS:
        answer = sent(f"@kozak_mamai, {text}", article, parent=root)
        assert fate(answer)[0] == Status.PUBLISHED


def test_a_name_in_another_thread_or_a_link_to_it_is_a_contact(article: Article) -> None:
    root = sent("Дякую!", article, author_name="Robota_24")
    for text, over in (("@robota_24", {}), ("t.me/robota_24 @ щодня", {"parent": root})):
        comments = [sent(f"{thanks} {text}", article, **over) for thanks in THANKS[:4]]
        assert fate(comments[-1])[0] == Status.HELD
        assert Membership.objects.filter(comment__in=comments, campaign__lt=0).count() == 4


def test_rejected_and_automated_comments_do_not_count(article: Article) -> None:
    for text in THANKS:
        decide(sent(text, article, **SITE), Outcome.REJECT, Reason.SPAM)
        sent(text, article, looks_automated=True, **SITE)
    assert fate(sent("Дякую!", article, **SITE))[0] == Status.PUBLISHED


def test_a_copy_of_a_reviewed_comment_is_published_but_not_other_words_with_its_link(
    article: Article,
) -> None:
    *_, third = [sent(text, article, **SITE) for text in THANKS[:3]]
    decide(third, Outcome.PUBLISH, Reason.REVIEWED)
    assert fate(sent(f"{THANKS[2]}!", article, **SITE))[0] == Status.PUBLISHED
    assert fate(sent(THANKS[3], article, **SITE)) == HELD


def test_a_reviewed_text_is_published_even_as_the_first_over_the_limit(article: Article) -> None:
    first = sent("Дякую!", article, **SITE)
    decide(first, Outcome.HOLD, Reason.TOXICITY)
    decide(first, Outcome.PUBLISH, Reason.REVIEWED)
    assert {fate(sent("Дякую!", article, **SITE))[0] for _ in range(3)} == {Status.PUBLISHED}


def test_one_author_under_many_articles_is_one_sender_of_their_website() -> None:
    his = {**SITE, "author_email": "stepan@example.org"}
    batch = [
        make_comment(make_article(), Status.PENDING, text=PETITION, **his) for _text in range(4)
    ]
    in_campaigns = senders_of(batch, spam={}, rejected=())
    assert in_campaigns[batch[-1].pk] == Senders(text=4, contact=1)


def test_zero_turns_it_off(article: Article, settings: Any) -> None:
    settings.CAMPAIGN_CONTACT_SIZE = 0
    assert {fate(sent(text, article, **SITE))[0] for text in THANKS} == {Status.PUBLISHED}


def test_old_comments_no_longer_count_and_are_deleted_by_the_sweep(article: Article) -> None:
    old = [sent(text, article, **SITE) for text in THANKS[:4]]
    Comment.objects.update(created_at=timezone.now() - dt.timedelta(hours=25))
    assert fate(sent("Дякую!", article, **SITE))[0] == Status.PUBLISHED
    pipeline.sweep()
    waiting_still = {comment.pk for comment in old if fate(comment) == HELD}
    kept = Membership.objects.filter(comment__in=old)
    assert set(kept.values_list("comment", flat=True)) == waiting_still


def test_contacts_take_a_constant_number_of_queries(
    article: Article, django_assert_max_num_queries: Any
) -> None:
    for count in (2, 30):
        batch = [
            make_comment(article, Status.PENDING, text=f"{text} @meblevyi_dim", **SITE)
            for text in THANKS * count
        ]
        with django_assert_max_num_queries(16):
            senders_of(batch, spam={}, rejected=())


def test_erasure_deletes_the_contacts_of_a_comment(article: Article) -> None:
    comment = sent("Дякую!", article, **SITE)
    assert Membership.objects.filter(comment=comment).exists()
    remove(comment)
    assert not Membership.objects.exists()


def test_each_contact_of_a_comment_has_its_own_number(article: Article) -> None:
    comment = sent("Пишіть @robota_24, 067 123 45 67", article, author_url="https://dim-lis.com.ua")
    numbers = contact_campaigns(comment)
    names = {"handle:robota_24", "phone:671234567", "site:dim-lis.com.ua"}
    assert set(numbers.values()) == names
    found = Membership.objects.filter(comment=comment).values_list("campaign", flat=True)
    assert set(found) == numbers.keys()


def test_contacts_are_deleted_after_the_window_and_not_before(article: Article) -> None:
    old, new = (sent(text, article, **SITE) for text in THANKS[:2])
    Comment.objects.filter(pk=old.pk).update(created_at=timezone.now() - dt.timedelta(hours=25))
    delete_expired()
    assert set(Membership.objects.values_list("comment_id", flat=True)) == {new.pk}


def test_the_number_of_a_contact_does_not_change_between_versions(settings: Any) -> None:
    """Otherwise the numbers in the database would match nothing."""
    settings.SECRET_KEY = "of this test only"
    (number,) = contact_campaigns(Comment(text="@robota_24", article=Article(site_id="main")))
    assert number == -455259535715253691
