"""Write WordPress's export format (WXR 1.2), which its importer and wxr.py read.

What WordPress has no field for is in the comments' meta: see wxr.OWN_META.
"""

import datetime as dt
import html
from typing import TextIO
from xml.sax.saxutils import escape

from django.utils import timezone

from comments.archives.exporting import Row
from comments.archives.sources import author_name, own_source
from comments.archives.wxr import OWN_META
from comments.archives.xml_pieces import FORBIDDEN
from comments.models import Article, Site, Status
from moderation.delivery.links import article_url
from moderation.policy.verdict import Reason

_TIME = "%Y-%m-%d %H:%M:%S"
_HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0"
 xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:wfw="http://wellformedweb.org/CommentAPI/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
"""


class WxrFile:
    """Writes each article as a post with its comments."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def begin(self, site: Site) -> None:
        self._file.write(_HEAD)
        self._text("title", site.name)
        self._text("generator", own_source(site))
        self._text("wp:wxr_version", "1.2")

    def article(self, article: Article) -> None:
        self._file.write("<item>\n")
        self._text("title", article.title)
        self._text("link", article_url(article))
        self._text("guid", article.url, ' isPermaLink="false"')
        self._text("wp:post_id", str(article.pk))
        for name, value in _dates("post", article.published_at).items():
            self._text(f"wp:{name}", value)
        self._text("wp:comment_status", "closed" if article.is_closed else "open")
        self._text("wp:post_name", article.key)
        self._text("wp:status", "publish")
        self._text("wp:post_type", "post")

    def comment(self, article: Article, row: Row) -> None:
        fields = {
            "author": row["author_name"],
            "author_email": row["email"],
            "author_url": row["author_url"],
            "author_IP": "",
            # WordPress takes the text for HTML.
            "content": html.escape(row["text"], quote=False),
            "approved": _state(row),
            "type": "comment",
            "parent": str(row["reply_to_id"] or row["parent_id"] or 0),
            "user_id": "0",
        }
        self._file.write("<wp:comment>\n")
        self._text("wp:comment_id", str(row["id"]))
        for name, value in _dates("comment", row["created_at"]).items():
            self._text(f"wp:{name}", value)
        for name, value in fields.items():
            self._data(f"wp:comment_{name}", value)
        self._meta(row)
        self._file.write("</wp:comment>\n")

    def end_article(self) -> None:
        self._file.write("</item>\n")

    def end(self) -> None:
        self._file.write("</channel>\n</rss>\n")

    def _meta(self, row: Row) -> None:
        own = {
            "status": row["status"],
            "reason": row["reason"],
            "author": author_name(row["author_key"]),
            "votes": str(row["vote_count__votes"] or ""),
            "edited": row["edited_at"].isoformat() if row["edited_at"] else "",
            "staff": "1" if row["staff_answer"] else "",
            "picked": "1" if row["pick"] else "",
            "erased": "" if row["text"] else "1",
        }
        for name, value in own.items():
            if value:
                self._file.write("<wp:commentmeta>")
                self._data("wp:meta_key", f"{OWN_META}{name}")
                self._data("wp:meta_value", value)
                self._file.write("</wp:commentmeta>\n")

    def _text(self, name: str, value: str, attributes: str = "") -> None:
        self._file.write(f"<{name}{attributes}>{escape(FORBIDDEN.sub('', value))}</{name}>\n")

    def _data(self, name: str, value: str) -> None:
        inside = FORBIDDEN.sub("", value).replace("]]>", "]]]]><![CDATA[>")
        self._file.write(f"<{name}><![CDATA[{inside}]]></{name}>\n")


def _dates(of: str, moment: dt.datetime) -> dict[str, str]:
    local = timezone.localtime(moment)
    return {
        f"{of}_date": local.strftime(_TIME),
        f"{of}_date_gmt": moment.astimezone(dt.UTC).strftime(_TIME),
    }


def _state(row: Row) -> str:
    if row["status"] == Status.PUBLISHED:
        return "1"
    if row["status"] in (Status.PENDING, Status.HELD):
        return "0"
    is_spam = row["status"] == Status.REJECTED and row["reason"] == Reason.SPAM
    return "spam" if is_spam else "trash"
