"""Comments that quote the article or another comment are not a campaign."""

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comments.models import Article, Comment, Status
from moderation.campaigns.quotations import SEARCHED_COMMENTS, Pages
from tests.makers import make_article, make_comment
from tests.moderation.campaigns.formulaic import SAME_WORDS
from tests.moderation.campaigns.letters import (
    OTHERS,
    PETITION,
    fate,
    sent,
)

pytestmark = pytest.mark.django_db


def test_quoting_the_article_is_not_a_campaign() -> None:
    article = make_article(text=f"{PETITION}<p>{OTHERS[0]}</p>")
    for text in (PETITION, f"{OTHERS[0]} Отакої!"):
        assert {fate(sent(text, article))[0] for _ in range(7)} == {Status.PUBLISHED}


def test_replies_in_the_words_of_their_parent_are_not_a_campaign(
    article: Article,
) -> None:
    root = sent(PETITION, article)
    remarks = ("Згоден.", "Дуже слушно!", "А хто платитиме?", "Підпишуся.", "Так і є.", "Ні!")
    fates = {fate(sent(f"{PETITION} — {more}", article, parent=root))[0] for more in remarks}
    assert fates == {Status.PUBLISHED}


@pytest.mark.parametrize("quotation", ["«{}»", '"{}"', "“{}”", "> {}\n"])
def test_quoting_a_comment_of_the_discussion_is_not_a_campaign(
    article: Article, quotation: str
) -> None:
    sent(PETITION, article)
    remarks = ("Згоден.", "Дуже слушно!", "А хто платитиме?", "Підпишуся.", "Так і є.", "Ні!")
    quoted = quotation.format(PETITION)
    assert {fate(sent(f"{quoted} {more}", article))[0] for more in remarks} == {Status.PUBLISHED}


def test_very_many_quotations_take_no_longer_than_some(article: Article) -> None:
    """Each is searched for in the whole discussion, which may be long."""
    for _ in range(60):
        make_comment(article, Status.PUBLISHED, text=" ".join([*SAME_WORDS, PETITION] * 9)[:5000])
    quotations = " ".join(f"«і ще {number} рази»" for number in range(260))
    many, some = (
        [make_comment(article, Status.PENDING, text=text) for _ in range(10)]
        for text in (f"{quotations} dim-lis.shop", f"{quotations[:350]} dim-lis.shop")
    )

    def seconds(comments: list[Comment]) -> float:
        begun = time.process_time()
        Pages().own_content(comments, compared=[comment.pk for comment in comments])
        return time.process_time() - begun

    least = min(seconds(some) for _ in range(3))
    assert min(seconds(many) for _ in range(3)) < 3 * least


def test_quotation_marks_alone_do_not_hide_a_campaign(article: Article) -> None:
    fates = [fate(sent(f"«{PETITION}»", article))[0] for _ in range(5)]
    assert fates == [Status.PUBLISHED] * 4 + [Status.HELD]


def test_the_discussion_is_read_once_for_the_score_and_the_campaigns(article: Article) -> None:
    sent(PETITION, article)
    with CaptureQueriesContext(connection) as queries:
        sent(f"«{PETITION}» Пишіть на dim-lis.shop", article)
    reading = [each for each in queries if f"LIMIT {SEARCHED_COMMENTS}" in each["sql"]]
    assert len(reading) == 1
