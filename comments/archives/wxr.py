"""Read WordPress's export (WXR 1.0 to 1.2)."""

import re
import time
from collections.abc import Iterator
from typing import BinaryIO

from comments.archives.plain import text_of_html, unescaped
from comments.archives.records import Broken, Found, Left, Page, Record, Source, count, moment
from comments.archives.sources import PREFIX
from comments.archives.xml_records import Element, Nesting, Scheme, elements
from comments.models import Status
from moderation.policy.verdict import Reason

# What a comment of ours has and WordPress has no field for; written by comments.archives.wxr_file.
OWN_META = "peredmova_"
_CHANNEL, _ITEM = "rss/channel", "rss/channel/item"
_COMMENT, _META = f"{_ITEM}/wp:comment", f"{_ITEM}/wp:comment/wp:commentmeta"


def _paths(path: str, *names: str) -> frozenset[str]:
    return frozenset(f"{path}/{name}" for name in names)


_OF_ITEM = (
    "title",
    "link",
    "guid",
    "wp:post_name",
    "wp:post_id",
    "wp:post_date_gmt",
    "wp:status",
    "wp:post_password",
    "wp:comment_status",
)
# Of articles that all readers see; an attachment has the status of its article.
_PUBLIC = ("", "publish", "inherit")
_OF_COMMENT = (
    *("id", "author", "author_email", "author_url", "date", "date_gmt", "content"),
    *("approved", "type", "parent", "user_id"),
)
_SCHEME = Scheme(
    records={
        _CHANNEL: _paths(_CHANNEL, "link", "generator", "wp:base_blog_url"),
        _ITEM: _paths(_ITEM, *_OF_ITEM),
        _COMMENT: _paths(_COMMENT, *(f"wp:comment_{name}" for name in _OF_COMMENT)),
    },
    starts=re.compile(rb"<item[\s>]"),
    prefixes={"http://wordpress.org/export/": "wp:"},
    pairs=(_META, f"{_META}/wp:meta_key", f"{_META}/wp:meta_value"),
    nesting=Nesting(_ITEM, b"<item>", re.compile(rb"<wp:comment[\s>]|(<item[\s>]|</item\s*>)")),
    unclosed=frozenset({f"{_ITEM}/item", f"{_COMMENT}/item", f"{_COMMENT}/wp:comment"}),
)
# Status and reason by the column comment_approved.
_STATUSES = {
    "1": (Status.PUBLISHED, ""),
    "approve": (Status.PUBLISHED, ""),
    "spam": (Status.REJECTED, Reason.SPAM),
    "trash": (Status.REJECTED, Reason.REVIEWED),
}


def read(file: BinaryIO) -> Iterator[Found]:
    page, is_own, is_public = "", False, False
    item: Element | None = None
    for each in elements(file, _SCHEME):
        if isinstance(each, Broken):
            yield each
        elif each.path == _CHANNEL:
            source = _source(each.fields)
            is_own = source.name.startswith(PREFIX)
            yield source
        elif each.path == _ITEM:
            item, page = each, each.fields.get("wp:post_id", "").strip() or f"line {each.line}"
            is_public = _is_public(each.fields)
            yield _page(page, each.fields, is_own=is_own)
        elif each.within is not item:
            # Whose it is, and whether readers may see it, is not known.
            yield Left("on an article that cannot be read")
        else:
            found = _comment(page, each, is_own=is_own)
            is_hidden = not is_public and isinstance(found, Record)
            yield Left("on an article that is not public") if is_hidden else found


def _is_public(fields: dict[str, str]) -> bool:
    has_password = bool(fields.get("wp:post_password", "").strip("\r\n"))
    return not has_password and fields.get("wp:status", "").strip() in _PUBLIC


def _own_status(status: str) -> str:
    """Return the status that we wrote, or "": the meta of a file may say anything."""
    status = status.replace(Status.PENDING, Status.HELD)
    return status if status in Status.values else ""


def _source(fields: dict[str, str]) -> Source:
    made_by = fields.get("generator", "").strip()
    if made_by.startswith(PREFIX):
        return Source(made_by)
    blog = fields.get("wp:base_blog_url") or fields.get("link", "")
    return Source(blog.strip().rstrip("/"))


def _page(number: str, fields: dict[str, str], *, is_own: bool) -> Page:
    published = moment(fields.get("wp:post_date_gmt", ""))
    is_closed = fields.get("wp:comment_status", "").strip() == "closed"
    return Page(
        number=number,
        # Ours may have no address of its own, and has a key.
        url=fields.get("guid" if is_own else "link", "").strip(),
        key=fields.get("wp:post_name", "").strip() if is_own else "",
        title=text_of_html(fields.get("title", "")),
        published=published,
        closed=time.time() if is_closed else None,
    )


def _comment(page: str, element: Element, *, is_own: bool) -> Found:
    fields = {name: element.fields.get(f"wp:comment_{name}", "") for name in _OF_COMMENT}
    number, kind = fields["id"].strip(), fields["type"].strip()
    if not number:
        return Broken(f"line {element.line}", "a comment without a number")
    if kind not in ("", "comment"):
        return Left(f"no comment but a {kind[:40]}")
    given = fields["approved"].strip()
    if given == "post-trashed":
        return Left("on an article in the trash")
    own = {k[len(OWN_META) :]: v for k, v in element.meta.items() if k.startswith(OWN_META)}
    status, reason = _STATUSES.get(given, (Status.HELD, ""))
    parent, user = fields["parent"].strip(), fields["user_id"].strip()
    votes = own.get("votes", "")[:20]
    # WordPress stores them as HTML.
    typed = str if is_own else unescaped
    return Record(
        number=number,
        page=page,
        parent="" if parent == "0" else parent,
        name=typed(fields["author"]),
        email=typed(fields["author_email"]),
        website=typed(fields["author_url"]),
        author=own.get("author") or (f"user {user}" if user not in ("", "0") else ""),
        text=text_of_html(fields["content"], keeps_lines=True),
        at=moment(fields["date_gmt"]) or moment(fields["date"]),
        edited=moment(own.get("edited")),
        status=_own_status(own.get("status", "")) or status,
        reason=own.get("reason", reason),
        votes=count(int(votes)) if votes.isdecimal() else 0,
        staff=own.get("staff") == "1",
        picked=own.get("picked") == "1",
        erased=own.get("erased") == "1",
        place=f"line {element.line}",
    )
