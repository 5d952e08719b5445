"""What Disqus exports comes in, with all that its files lack or contradict."""

import pytest

from comments.models import Article, Comment, Status
from moderation.policy.verdict import Reason
from tests.comments.archives.conftest import Import

pytestmark = pytest.mark.django_db
_HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n<disqus xmlns="http://disqus.com"'
    ' xmlns:dsq="http://disqus.com/disqus-internals">\n'
)


def thread(number: int, link: str, identifier: str = "", *, flags: str = "") -> str:
    return (
        f'<thread dsq:id="{number}"><id>{identifier}</id><forum>visnyk</forum><link>{link}</link>'
        f"<title>Новина {number}</title><message /><createdAt>2018-03-01T08:00:00Z</createdAt>"
        f"<author><name>Редакція</name></author>{flags}</thread>\n"
    )


def post(number: int, of: int, text: str, parent: int = 0, **over: str) -> str:
    above = f'<parent dsq:id="{parent}"/>' if parent else ""
    flags = {"isDeleted": "false", "isSpam": "false", **over}
    user = flags.pop("username", "marta")
    inside = "".join(f"<{name}>{value}</{name}>" for name, value in flags.items())
    return (
        f'<post dsq:id="{number}"><id /><message><![CDATA[{text}]]></message>'
        f"<createdAt>2018-03-02T09:10:11Z</createdAt>{inside}"
        f"<author><name>Марта</name><isAnonymous>false</isAnonymous>"
        f"<username>{user}</username></author>"
        f'<thread dsq:id="{of}"/>{above}</post>\n'
    )


def test_threads_people_and_statuses_of_disqus_are_kept(bring: Import) -> None:
    bring(
        _HEAD
        + thread(11, "http://testserver/a", "mist")
        + post(21, 11, "<p>Раз.</p><p>Два.</p>")
        + post(22, 11, "<p>Так.</p>", 21, username="oleh")
        + post(23, 11, "<p>Купуйте.</p>", isSpam="true")
        + post(24, 11, "<p>Геть.</p>", 22, isDeleted="true")
        + post(25, 11, "<p>Лишаюся.</p>", 24)
        + "</disqus>",
        "disqus",
    )
    root, reply, spam, deleted, last = Comment.objects.order_by("pk")
    assert root.text == "Раз.\n\nДва."
    assert root.author_key == last.author_key != reply.author_key
    assert (spam.status, spam.reason) == (Status.REJECTED, Reason.SPAM)
    assert (deleted.status, deleted.text, deleted.author_name) == (Status.WITHDRAWN, "", "")
    assert (last.parent, last.reply_to, last.branch) == (root, deleted, reply)
    assert Article.objects.get().key == "mist"
    assert Article.objects.get().published_count == 3


def test_several_threads_of_one_link_are_one_article(bring: Import) -> None:
    link = "http://testserver/a"
    bring(
        _HEAD
        + thread(1, link)
        + thread(2, link + "/#disqus_thread", "other")
        + post(3, 1, "а-а")
        + post(4, 2, "б-б", 3)
        + "</disqus>",
        "disqus",
    )
    first, second = Comment.objects.order_by("pk")
    assert Article.objects.count() == 1
    assert second.parent == first


def test_an_article_that_takes_no_more_comments_is_closed(bring: Import) -> None:
    closed = thread(1, "http://testserver/a", flags="<isClosed>true</isClosed>")
    bring(_HEAD + closed + post(3, 1, "а-а") + "</disqus>", "disqus")
    assert Article.objects.get().is_closed


def test_what_is_left_out_is_counted(bring: Import) -> None:
    deleted = thread(1, "http://testserver/a", flags="<isDeleted>true</isDeleted>")
    said = bring(
        _HEAD
        + deleted
        + thread(2, "http://testserver/b")
        + post(3, 1, "а-а")
        + post(4, 9, "б-б")
        + post(5, 2, "в-в")
        + post(5, 2, "в-в")
        + "</disqus>",
        "disqus",
    )
    assert "1 left out: on a deleted article" in said
    assert "1 left out: their article is not in the file" in said
    assert "1 left out: the same number again" in said
    assert Comment.objects.count() == 1
