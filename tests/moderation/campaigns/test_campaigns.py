"""One text from many senders: what comes later is held, what was published before stays."""

import datetime as dt
import time
from typing import Any

import pytest
from django.utils import timezone

from comments.models import Article, Comment, Status
from moderation import pipeline, services
from moderation.campaigns.copies import Pairs, joined
from moderation.campaigns.quotations import Own, own_of
from moderation.campaigns.senders import Senders, forget_traces, senders_of
from moderation.models import Membership, Trace
from moderation.policy.verdict import Outcome, Policy, Reason, Thresholds
from tests.makers import decide, make_article, make_comment
from tests.moderation.campaigns.formulaic import CONDOLENCES, SAME_WORDS
from tests.moderation.campaigns.test_near_duplicates import ADVERT, OTHERS, REWRITES

pytestmark = pytest.mark.django_db
PETITION = (
    "Шановна редакціє, мешканці лівого берега просять повернути нічний автобус, бо люди зі змін "
    "добираються додому пішки через темний парк, а влада мовчить другий рік і жодного разу не "
    "пояснила, куди поділися гроші з бюджету громади"
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
def _sizes(settings: Any) -> None:
    settings.CAMPAIGN_SIZE, settings.CAMPAIGN_CONTACT_SIZE = 5, 3
    settings.REPEAT_HOURS = 0


def sent(text: str, article: Article, **over: Any) -> Comment:
    """A comment as it is once a worker has decided it."""
    comment = make_comment(article, Status.PENDING, text=text, **over)
    services.moderate(comment_id=comment.pk)
    comment.refresh_from_db()
    return comment


def campaign(article: Article, count: int = 5) -> list[Comment]:
    return [sent(text, article) for text in VARIANTS[:count]]


def fate(comment: Comment) -> tuple[str, str]:
    comment.refresh_from_db()
    return comment.status, comment.reason


def test_from_the_fifth_sender_on_a_text_is_held_and_not_before(article: Article) -> None:
    *early, fifth = campaign(article)
    assert {c.status for c in early} == {Status.PUBLISHED}
    assert fate(fifth) == (Status.HELD, Reason.CAMPAIGN)


@pytest.mark.parametrize("size", [1, 2])
def test_the_size_that_is_set_is_the_first_that_is_held(
    article: Article, settings: Any, size: int
) -> None:
    settings.CAMPAIGN_SIZE = size + 1
    fates = [fate(comment)[0] for comment in campaign(article, size + 1)]
    assert fates == [Status.PUBLISHED] * size + [Status.HELD]


def test_what_was_published_for_itself_stays_whoever_copies_it_later(article: Article) -> None:
    victim = sent(PETITION, article)
    reply = make_comment(article, parent=victim)
    for text in VARIANTS[1:]:
        sent(text, article)
    assert fate(victim) == (Status.PUBLISHED, Reason.CLEAN)
    assert victim.decisions.count() == 1
    assert reply in Comment.objects.visible()


def test_rejected_copies_do_not_hold_what_others_say(article: Article) -> None:
    victim = sent(PETITION, article)
    for _ in range(6):
        decide(make_comment(article, Status.PENDING, text=PETITION), Outcome.REJECT, Reason.SPAM)
    senders_of(list(Comment.objects.order_by("pk")), spam={}, rejected=())
    assert fate(sent(PETITION, article))[0] == fate(victim)[0] == Status.PUBLISHED


def test_what_is_rejected_in_the_same_batch_counts_for_nobody(
    article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = [make_comment(article, Status.PENDING, text=PETITION) for _ in range(6)]
    rejected = {comment.pk for comment in batch[:-1]}
    company = senders_of(batch, spam={}, rejected=rejected)
    assert company[batch[-1].pk] == Senders(text=1)
    never = Thresholds(2, 2)
    strict = Policy(spam=Thresholds(0, 0), toxicity=never, campaign_size=5)
    seen: list[set[int]] = []

    def watched(*args: Any, rejected: set[int], **kwargs: Any) -> dict[int, Senders]:
        seen.append(rejected)
        return senders_of(*args, rejected=rejected, **kwargs)

    monkeypatch.setattr(services, "site_policy", lambda _model: strict)
    monkeypatch.setattr(services.campaigns, "senders_of", watched)
    services.moderate_all(comments=batch)
    held = set(Comment.objects.filter(status=Status.REJECTED).values_list("pk", flat=True))
    assert seen == [held]


def test_copies_that_a_program_seems_to_have_sent_count_for_nobody(article: Article) -> None:
    for _ in range(6):
        sent(PETITION, article, looks_automated=True)
    assert fate(sent(PETITION, article))[0] == Status.PUBLISHED


def test_senders_of_one_network_count_as_one_for_others(article: Article) -> None:
    for number in range(4):
        sent(VARIANTS[number], article, address=f"2001:db8:1:2::{number + 1}")
    assert fate(sent(PETITION, article, address="203.0.113.9"))[0] == Status.PUBLISHED


def test_five_e_mails_of_one_network_are_many_by_themselves(article: Article) -> None:
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


def test_one_author_rewriting_under_one_article_is_none(article: Article) -> None:
    for text in VARIANTS:
        last = sent(text, article, author_email="taras@example.org")
    assert last.status == Status.PUBLISHED


def test_other_comments_go_their_way_meanwhile(article: Article) -> None:
    others = [sent(text, article) for text in OTHERS]
    campaign(article, 7)
    assert {fate(comment)[0] for comment in others} == {Status.PUBLISHED}


@pytest.mark.parametrize("text", SAME_WORDS.values(), ids=SAME_WORDS)
def test_what_people_say_in_the_same_words_is_no_campaign(article: Article, text: str) -> None:
    assert {fate(sent(text, article))[0] for _ in range(7)} == {Status.PUBLISHED}


def test_condolences_are_no_campaign(article: Article) -> None:
    assert {fate(sent(text, article))[0] for text in CONDOLENCES * 2} == {Status.PUBLISHED}


def test_short_remarks_are_no_campaign(article: Article) -> None:
    for text in ("Дякую!", "Повністю згоден з автором, так воно у нас і є, на жаль, щодня."):
        assert {sent(text, article).status for _ in range(7)} == {Status.PUBLISHED}


def test_letters_that_share_their_first_half_are_no_campaign(article: Article) -> None:
    begun = " ".join(PETITION.split()[:20])
    ends = (
        *OTHERS,
        "Ціни на проїзд зросли вдвічі, маршрутки скасували, чекаємо на холоді",
    )
    fates = {fate(sent(f"{begun}. {' '.join(end.split()[:12])}", article))[0] for end in ends * 2}
    assert fates == {Status.PUBLISHED}


def test_an_advert_in_other_words_is_held_though_short_and_rewritten(article: Article) -> None:
    offer = "Пишіть: @zarobitok_shchodnia{}"
    fates = [
        fate(sent(f"{text} {offer.format(number)}", article))
        for number, text in enumerate([ADVERT, *REWRITES.values()])
    ]
    published = [status for status, _reason in fates].count(Status.PUBLISHED)
    assert published < 5
    assert Comment.objects.filter(membership__campaign__gt=0).distinct().count() >= 6


def test_a_quotation_of_the_article_is_no_campaign() -> None:
    article = make_article(lead=PETITION, body=f"<p>{OTHERS[0]}</p>")
    for text in (PETITION, f"{OTHERS[0]} Отакої!"):
        assert {fate(sent(text, article))[0] for _ in range(7)} == {Status.PUBLISHED}


def test_answers_in_the_words_of_what_they_answer_are_no_campaign(article: Article) -> None:
    root = sent(PETITION, article)
    remarks = ("Згоден.", "Дуже слушно!", "А хто платитиме?", "Підпишуся.", "Так і є.", "Ні!")
    fates = {fate(sent(f"{PETITION} — {more}", article, parent=root))[0] for more in remarks}
    assert fates == {Status.PUBLISHED}


@pytest.mark.parametrize("quotation", ["«{}»", '"{}"', "“{}”", "> {}\n"])
def test_those_who_quote_a_comment_of_the_discussion_are_no_campaign(
    article: Article, quotation: str
) -> None:
    sent(PETITION, article)
    remarks = ("Згоден.", "Дуже слушно!", "А хто платитиме?", "Підпишуся.", "Так і є.", "Ні!")
    quoted = quotation.format(PETITION)
    assert {fate(sent(f"{quoted} {more}", article))[0] for more in remarks} == {Status.PUBLISHED}


def test_very_many_quotations_cost_no_more_than_some(article: Article) -> None:
    """Each is looked for in all of the discussion, which may be long."""
    for _ in range(60):
        make_comment(article, Status.PUBLISHED, text=" ".join([*SAME_WORDS, PETITION] * 9)[:5000])
    quotations = " ".join(f"«і ще {number} рази»" for number in range(260))
    many, some = (
        [make_comment(article, Status.PENDING, text=text) for _ in range(10)]
        for text in (f"{quotations} dim-lis.shop", f"{quotations[:350]} dim-lis.shop")
    )

    def seconds(comments: list[Comment]) -> float:
        begun = time.process_time()
        own_of(comments, compared=[comment.pk for comment in comments])
        return time.process_time() - begun

    least = min(seconds(some) for _ in range(3))
    assert min(seconds(many) for _ in range(3)) < 3 * least


def test_quotation_marks_alone_hide_no_campaign(article: Article) -> None:
    fates = [fate(sent(f"«{PETITION}»", article))[0] for _ in range(5)]
    assert fates == [Status.PUBLISHED] * 4 + [Status.HELD]


def test_what_is_old_counts_no_more(article: Article) -> None:
    for comment in campaign(article, 4):
        long_ago = timezone.now() - dt.timedelta(hours=25)
        Comment.objects.filter(pk=comment.pk).update(created_at=long_ago)
    assert sent(VARIANTS[4], article).status == Status.PUBLISHED


def test_old_traces_lead_nowhere(article: Article) -> None:
    sent(PETITION, article)
    Trace.objects.update(seen_at=timezone.now() - dt.timedelta(hours=25))
    sent(PETITION, article)
    assert not Membership.objects.exists()


def test_old_traces_are_forgotten_by_the_sweep(article: Article) -> None:
    sent(PETITION, article)
    Trace.objects.update(seen_at=timezone.now() - dt.timedelta(hours=25))
    kept = sent(OTHERS[0], article)
    pipeline.sweep()
    assert set(Trace.objects.values_list("comment_id", flat=True)) == {kept.pk}
    assert forget_traces() == 0


def test_the_campaigns_of_texts_outlive_their_traces(article: Article) -> None:
    batch = campaign(article, 2)
    long_ago = timezone.now() - dt.timedelta(hours=25)
    Comment.objects.update(created_at=long_ago)
    forget_traces()
    assert set(Membership.objects.values_list("comment_id", flat=True)) == {c.pk for c in batch}


def test_campaigns_can_be_turned_off(article: Article, settings: Any) -> None:
    settings.CAMPAIGN_SIZE = 0
    assert {c.status for c in campaign(article, 7)} == {Status.PUBLISHED}
    assert not Trace.objects.exists()


def test_what_a_person_has_published_is_read_for_all_who_say_just_that(article: Article) -> None:
    *_, fifth = campaign(article)
    decide(fifth, Outcome.PUBLISH, Reason.REVIEWED)
    assert fate(sent(f"{VARIANTS[4]}!!", article))[0] == Status.PUBLISHED


def test_what_a_person_has_published_is_read_for_who_changes_a_word(article: Article) -> None:
    *_, fifth = campaign(article)
    decide(fifth, Outcome.PUBLISH, Reason.REVIEWED)
    changed = VARIANTS[4].replace("парк", "сквер")
    assert fate(sent(changed, article))[0] == Status.PUBLISHED


def test_what_was_read_passes_also_as_the_first_that_would_be_held(article: Article) -> None:
    first = sent(PETITION, article)
    decide(first, Outcome.HOLD, Reason.TOXICITY)
    decide(first, Outcome.PUBLISH, Reason.REVIEWED)
    assert {fate(sent(PETITION, article))[0] for _ in range(5)} == {Status.PUBLISHED}


@pytest.mark.parametrize(
    "more", ["https://bus-night.example.com", "Пишіть @night_bus_ua", "0671234567"]
)
def test_a_link_or_contact_more_is_not_read(article: Article, more: str) -> None:
    *_, fifth = campaign(article)
    decide(fifth, Outcome.PUBLISH, Reason.REVIEWED)
    assert fate(sent(f"{VARIANTS[4]} {more}", article)) == (Status.HELD, Reason.CAMPAIGN)


def test_what_a_person_published_long_ago_must_be_read_again(article: Article) -> None:
    *_, fifth = campaign(article)
    decide(fifth, Outcome.PUBLISH, Reason.REVIEWED)
    Comment.objects.filter(pk=fifth.pk).update(decided_at=timezone.now() - dt.timedelta(hours=25))
    assert fate(sent(VARIANTS[4], article)) == (Status.HELD, Reason.CAMPAIGN)


def test_a_text_that_drifts_from_what_was_read_is_not_read(article: Article) -> None:
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


def test_a_batch_is_compared_with_itself_and_with_the_past_in_so_many_queries(
    article: Article, django_assert_max_num_queries: Any
) -> None:
    batch = [make_comment(article, Status.PENDING, text=text) for text in VARIANTS * 6]
    one = make_comment(article, Status.PENDING, text=OTHERS[0])
    with django_assert_max_num_queries(14):
        company = senders_of(batch, spam={}, rejected=())
    assert {pk: senders.text for pk, senders in company.items()} == {c.pk: 42 for c in batch}
    with django_assert_max_num_queries(17):
        company = senders_of([one, batch[0]], spam={}, rejected=())
    assert company == {batch[0].pk: Senders(text=42)}
    assert Membership.objects.values("campaign").distinct().count() == 1


def test_the_largest_company_of_each_kind_counts() -> None:
    one = Senders(text=2, contact=3)
    assert one.with_more(7, 4) == Senders(text=4, contact=3)
    assert one.with_more(-7, 4) == Senders(text=2, contact=4)
    assert one.with_more(7, 1) == one.with_more(-7, 1) == one


SAID = [f"word{number}" for number in range(40)]


@pytest.mark.parametrize(
    ("words", "of", "contacts", "spam", "is_copy"),
    [
        (20, 25, 0, 0.34, True),
        (20, 26, 0, 0.34, False),
        (19, 19, 0, 0.34, False),
        (19, 20, 0, 0.34, False),
        (20, 19, 0, 0.34, False),
        (12, 30, 0, 0.35, True),
        (12, 30, 1, 0.34, True),
        (12, 31, 1, 0.34, False),
        (12, 12, 0, 0.34, False),
        (12, 12, 0, None, False),
        (11, 12, 1, 0.34, False),
        (12, 11, 1, 0.34, False),
    ],
)
def test_what_offers_something_is_a_copy_sooner(
    words: int, of: int, contacts: int, spam: float | None, is_copy: bool
) -> None:
    later = Own(frozenset(SAID[:words]), frozenset(["phone:671234567"][:contacts]))
    first = Own(frozenset(SAID[:of]), frozenset())
    two = Pairs(comments={}, near={9: {4, 5}}, campaigns={})
    scores = {} if spam is None else {9: spam}
    assert joined(two, {9: later, 4: first}, scores) == ({9: 4, 4: 4} if is_copy else {})


def test_a_comment_is_no_copy_of_itself() -> None:
    itself = Own(frozenset(SAID[:30]), frozenset())
    other = Own(frozenset(SAID[30:]), frozenset())
    assert joined(Pairs({}, {9: {4}}, campaigns={4: 9}), {9: itself, 4: other}, {}) == {}


def test_the_same_comments_asked_about_twice_count_once(article: Article) -> None:
    batch = [make_comment(article, Status.PENDING, text=text) for text in VARIANTS[:3]]
    for order in (batch, batch[::-1]):
        company = senders_of(order, spam={}, rejected=())
        assert company == {c.pk: Senders(text=3) for c in batch}
