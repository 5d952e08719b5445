"""XML that attacks its reader is refused as a whole, quickly and in little memory."""

import resource

import pytest
from django.core.management.base import CommandError

from comments.models import Comment
from tests.comments.archives.conftest import Import
from tests.comments.archives.files import comment, item, wxr

pytestmark = pytest.mark.django_db

_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ха">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]><rss><channel><item><title>&a9;</title></item></channel></rss>"
)
_OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    "<rss><channel><item><title>&x;</title></item></channel></rss>"
)


@pytest.mark.parametrize("content", [_LAUGHS, _OUTSIDE], ids=["many laughs", "a local file"])
@pytest.mark.parametrize("form", ["wxr", "disqus"])
def test_declared_entities_are_refused(bring: Import, content: str, form: str) -> None:
    with pytest.raises(CommandError, match="declares a document type"):
        bring(content.replace("<item>", '<item><thread dsq:id="1">'), form)


def test_deep_nesting_is_refused(bring: Import) -> None:
    deep = item(comment(1)).replace("</item>", "<x>" * 100_000)
    with pytest.raises(CommandError, match="nested too deeply"):
        bring(wxr(deep))
    assert not Comment.objects.exists()


def test_an_oversized_tag_is_refused_before_it_fills_the_memory(bring: Import) -> None:
    huge = item(comment(1)).replace("<title>", f'<title x="{"y" * (40 << 20)}">')
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(CommandError, match="oversized tag"):
        bring(wxr(huge))
    # The test holds the file itself a few times.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300 << 10


def test_an_oversized_comment_is_a_broken_record(bring: Import) -> None:
    said = bring(wxr(item(comment(1, content="x" * (2 << 20)), comment(2))))
    assert "a field of it is longer than a megabyte" in said
    assert Comment.objects.count() == 1


def test_an_undeclared_entity_breaks_one_record(bring: Import) -> None:
    other = item(comment(2), number=2).replace("Новина", "&nbsp;")
    said = bring(wxr(item(comment(1)), other, item(comment(3), number=3)))
    assert "undefined entity" in said
    assert Comment.objects.count() == 2


@pytest.mark.parametrize("encoding", ["hex", "undefined", "utf-16", "no-such"])
def test_an_encoding_that_is_none_is_refused(encoding: str, bring: Import) -> None:
    with pytest.raises(CommandError, match=f"unknown encoding, {encoding}"):
        bring(wxr(item(comment(1))).replace("UTF-8", encoding))


def test_a_fault_before_the_first_record_is_told_with_its_line(bring: Import) -> None:
    with pytest.raises(CommandError, match="line 5, before the first record: not well-formed"):
        bring(wxr(item(comment(1))).replace("вісник", "вісник & Ко"))
    assert not Comment.objects.exists()


def test_records_that_do_not_end_nest_no_deeper_than_others(bring: Import) -> None:
    unclosed = item("<wp:comment><x>" * 100_000)
    with pytest.raises(CommandError, match="nested too deeply"):
        bring(wxr(unclosed))
