"""What WordPress exports comes in: threads, people, dates and statuses; its traps do no harm."""

import datetime as dt

import pytest
from django.core.management.base import CommandError

from comments.archives.wxr import OWN_META
from comments.identity import author_key
from comments.models import Article, Comment, Event, Status
from moderation.history_check import check
from moderation.models import Decision
from moderation.policy.verdict import Reason
from tests.comments.archives.conftest import Import
from tests.comments.archives.files import comment, item, wxr
from tests.makers import make_article

pytestmark = pytest.mark.django_db


def test_threads_people_dates_and_statuses_are_kept(bring: Import) -> None:
    said = bring(
        wxr(
            item(
                comment(1, author_url="https://marta.example.org"),
                comment(2, parent="1", content="Згодна.", date_gmt="2019-04-02 10:00:00"),
                comment(3, parent="2", content="І я.", date_gmt="2019-04-02 11:00:00"),
                comment(4, approved="0", content="Чекаю."),
                comment(5, approved="spam", content="Купуйте годинники."),
                comment(6, approved="trash", content="Дурниці."),
            )
        )
    )
    root, reply, answer = Comment.objects.filter(status=Status.PUBLISHED).order_by("pk")
    others = Comment.objects.exclude(status=Status.PUBLISHED)
    assert (reply.parent, reply.branch, reply.reply_to) == (root, reply, None)
    assert (answer.parent, answer.branch, answer.reply_to) == (root, reply, reply)
    assert root.created_at == dt.datetime(2019, 4, 2, 9, tzinfo=dt.UTC)
    assert root.author_name == "Марта Гнатюк"
    assert root.author_url == "https://marta.example.org"
    assert root.author_key == author_key("Marta@example.org", "main")
    assert root.contact.email == "marta@example.org"
    assert "marta" not in root.contact.sealed_email
    assert {(each.text, each.status, each.reason) for each in others} == {
        ("Чекаю.", Status.HELD, Reason.IMPORTED),
        ("Купуйте годинники.", Status.REJECTED, Reason.SPAM),
        ("Дурниці.", Status.REJECTED, Reason.REVIEWED),
    }
    article = Article.objects.get()
    assert (article.title, article.url) == ("Новина 1", "http://testserver/news/1/")
    assert article.published_count == Comment.objects.visible().count() == 3
    assert "Stored: 6 new comments" in said


def test_each_has_a_decision_in_its_chain_and_nobody_is_told(bring: Import) -> None:
    bring(wxr(item(comment(1), comment(2, approved="spam"), comment(3, approved="0"))))
    assert {each.actor_kind for each in Decision.objects.all()} == {"import"}
    assert [each.fault for each in check()] == ["", "", ""]
    assert not Event.objects.exists()


def test_a_second_run_stores_nothing_and_a_longer_file_only_what_is_new(bring: Import) -> None:
    first, late = comment(1), comment(2, parent="1", content="Пізніше.")
    bring(wxr(item(first)))
    assert "0 new comments; 1 were here already" in bring(wxr(item(first)))
    assert "1 new comments; 1 were here already" in bring(wxr(item(late, first)))
    root, reply = Comment.objects.order_by("pk")
    assert reply.parent == root
    assert Article.objects.get().published_count == 2


def test_a_dry_run_says_the_same_and_stores_nothing(bring: Import) -> None:
    said = bring(wxr(item(comment(1), comment(2, type="pingback"))), dry_run=True)
    assert "Comments in the file: 1 (published 1" in said
    assert "1 left out: no comment but a pingback" in said
    assert "nothing was stored" in said
    assert not Comment.objects.exists()
    assert not Article.objects.exists()


def test_articles_are_found_by_their_address(bring: Import) -> None:
    known = make_article(key="mist", url="https://www.testserver/news/1")
    bring(wxr(item(comment(1)), item(comment(2), number=2)))
    assert known.comments.count() == 1
    assert Article.objects.exclude(pk=known.pk).get().key == "news-2"


def test_addresses_of_another_website_are_refused(bring: Import) -> None:
    foreign = wxr(item(comment(1), link="https://other.example/1"))
    with pytest.raises(CommandError, match=r"https://other\.example.*CORS_ALLOWED_ORIGINS"):
        bring(foreign)
    assert not Comment.objects.exists()


@pytest.mark.parametrize("votes", ["9" * 15, "9" * 5000, "-1", "²", "many"])
def test_a_count_of_votes_that_is_none_counts_as_0(votes: str, bring: Import) -> None:
    meta = (
        f"<wp:commentmeta><wp:meta_key>{OWN_META}votes</wp:meta_key>"
        f"<wp:meta_value><![CDATA[{votes}]]></wp:meta_value></wp:commentmeta>"
    )
    bring(wxr(item(comment(1, meta=meta))))
    assert not hasattr(Comment.objects.get(), "vote_count")


def test_control_characters_and_split_cdata_are_read(bring: Import) -> None:
    raw = wxr(item(comment(1, content="a\x0b\x00б\x1f]]]]><![CDATA[>в &#11; г")))
    bring(raw.replace("&#11;", "]]>&#11;<![CDATA["))
    assert Comment.objects.get().text == "aб]]>в  г"


def test_a_zero_date_becomes_the_local_one_or_that_of_the_article(bring: Import) -> None:
    zero = "0000-00-00 00:00:00"
    bring(wxr(item(comment(1, date_gmt=zero), comment(2, date_gmt=zero, date=zero))))
    days = {str(each.created_at.date()) for each in Comment.objects.all()}
    assert days == {"2019-04-02", "2019-04-01"}


def test_parents_may_come_later_be_missing_or_answer_in_a_circle(bring: Import) -> None:
    said = bring(
        wxr(
            item(
                comment(7, parent="9", content="сьома"),
                comment(9, content="дев’ята", date_gmt="2020-01-01 00:00:00"),
                comment(5, parent="4", content="сирота"),
                comment(1, parent="2", content="перша"),
                comment(2, parent="1", content="друга"),
            )
        )
    )
    found = {each.text: each for each in Comment.objects.all()}
    assert found["сьома"].parent == found["дев’ята"]
    assert [found[each].parent for each in ("сирота", "перша", "друга")] == [None] * 3
    assert "3 answer a comment that is not in the file" in said


def test_two_items_with_one_address_are_one_article(bring: Import) -> None:
    link = "http://testserver/same/"
    bring(wxr(item(comment(1), link=link), item(comment(2), number=2, link=link)))
    assert Article.objects.get().published_count == 2


def test_serialized_meta_and_pingbacks_do_no_harm(bring: Import) -> None:
    meta = (
        "<wp:commentmeta><wp:meta_key>akismet_as_submitted</wp:meta_key>"
        '<wp:meta_value><![CDATA[a:1:{s:4:"blog";s:3:"<x>";}]]></wp:meta_value></wp:commentmeta>'
    )
    said = bring(wxr(item(comment(1, meta=meta), comment(2, type="trackback", content="[…]"))))
    assert Comment.objects.count() == 1
    assert "1 left out: no comment but a trackback" in said


def test_a_broken_record_is_named_and_the_others_come_in(bring: Import) -> None:
    broken = "<item><title>x</title><wp:comment><wp:comment_id>8</b></wp:comment></item>"
    said = bring(
        wxr(item(comment(1)), broken, item(comment(2), number=2), item(comment(3, content=" ")))
    )
    line = 1 + wxr(item(comment(1)), broken).partition("</b>")[0].count("\n")
    assert f"line {line}: not well-formed XML (mismatched tag)" in said
    assert "a comment without text" in said
    assert "2 broken records" in said
    assert Comment.objects.count() == 2


def test_a_file_that_ends_too_early_gives_what_it_has(bring: Import) -> None:
    whole = wxr(item(comment(1)), item(comment(2), number=2))
    said = bring(whole[: whole.index("<wp:comment_id>2")])
    assert Comment.objects.count() == 1
    assert "not well-formed XML" in said


def test_names_and_addresses_are_as_they_were_typed_not_as_html(bring: Import) -> None:
    stored = {
        "author": "Том &amp; О&#039;Ніл",
        "author_url": "https://example.org/?a=1&#038;b=2",
        "author_email": "tom&amp;oneil@example.org",
    }
    bring(wxr(item(comment(1, **stored))))
    found = Comment.objects.get()
    assert (found.author_name, found.author_url) == ("Том & О'Ніл", "https://example.org/?a=1&b=2")
    assert found.contact.email == "tom&oneil@example.org"
