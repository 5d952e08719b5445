"""Read the XML file that Disqus exports.

Newer files have no e-mails, and none says which comments wait for a moderator.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

from comments.archives.plain import text_of_html
from comments.archives.records import Broken, Found, Left, Page, Record, Source, moment
from comments.archives.xml_records import Element, Scheme, elements
from comments.models import Status
from moderation.policy.verdict import Reason

_THREAD, _POST = "disqus/thread", "disqus/post"


def _paths(path: str, *names: str) -> frozenset[str]:
    return frozenset(f"{path}/{name}" for name in names)


_SCHEME = Scheme(
    records={
        _THREAD: _paths(_THREAD, "id", "link", "title", "createdAt", "isClosed", "isDeleted"),
        _POST: _paths(
            *(_POST, "message", "createdAt", "isDeleted", "isSpam"),
            *("author/name", "author/username", "author/email", "author/isAnonymous"),
        ),
    },
    starts=re.compile(rb"<(?:thread|post)\s[^>]*:id\s*="),
    prefixes={"http://disqus.com/disqus-internals": "dsq:", "http://disqus.com": ""},
    # A post names its thread by an element of this name.
    unclosed=frozenset({f"{_THREAD}/thread", f"{_THREAD}/post", f"{_POST}/post"}),
)


def read(file: BinaryIO) -> Iterator[Found]:
    # The numbers are those of all Disqus.
    yield Source("")
    deleted: set[str] = set()
    for each in elements(file, _SCHEME):
        if isinstance(each, Broken):
            yield each
            continue
        number = each.fields.get("@dsq:id", "").strip()
        if not number:
            yield Broken(f"line {each.line}", "a record without a number")
        elif each.path == _THREAD:
            if _is(each, "isDeleted"):
                deleted.add(number)
            yield _page(number, each)
        elif each.fields.get("thread@dsq:id", "").strip() in deleted:
            yield Left("on a deleted article")
        else:
            yield _comment(number, each)


def _is(element: Element, name: str) -> bool:
    return element.fields.get(name, "").strip() == "true"


def _page(number: str, element: Element) -> Page:
    fields = element.fields
    created = moment(fields.get("createdAt", ""))
    return Page(
        number=number,
        url=fields.get("link", "").strip(),
        title=text_of_html(fields.get("title", "")),
        key=fields.get("id", "").strip(),
        published=created,
        closed=created if _is(element, "isClosed") else None,
    )


def _comment(number: str, element: Element) -> Record:
    fields = element.fields
    is_deleted, is_spam = _is(element, "isDeleted"), _is(element, "isSpam")
    status, reason = Status.PUBLISHED, ""
    if is_spam:
        status, reason = Status.REJECTED, str(Reason.SPAM)
    elif is_deleted:
        status, reason = Status.WITHDRAWN, str(Reason.WITHDRAWN)
    return Record(
        number=number,
        page=fields.get("thread@dsq:id", "").strip(),
        parent=fields.get("parent@dsq:id", "").strip(),
        name=fields.get("author/name", ""),
        email=fields.get("author/email", ""),
        author="" if _is(element, "author/isAnonymous") else fields.get("author/username", ""),
        text=text_of_html(fields.get("message", "")),
        at=moment(fields.get("createdAt", "")),
        status=status,
        reason=reason,
        erased=is_deleted and not is_spam,
        place=f"line {element.line}",
    )
