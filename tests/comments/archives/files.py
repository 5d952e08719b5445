"""Write small files of other comment systems, with invented people."""

import json
from pathlib import Path
from typing import Any

_HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
<title>Річковий вісник</title>
<link>http://testserver</link>
<wp:wxr_version>1.2</wp:wxr_version>
<wp:base_blog_url>http://testserver</wp:base_blog_url>
"""
_COMMENT = {
    "author": "Марта Гнатюк",
    "author_email": "marta@example.org",
    "author_url": "",
    "date": "2019-04-02 12:00:00",
    "date_gmt": "2019-04-02 09:00:00",
    "content": "Дякую за новину.",
    "approved": "1",
    "type": "comment",
    "parent": "0",
    "user_id": "0",
}


def wxr(*items: str) -> str:
    return _HEAD + "\n".join(items) + "\n</channel>\n</rss>\n"


def item(*comments: str, number: int = 1, **over: str) -> str:
    facts = {
        "link": f"http://testserver/news/{number}/",
        "post_date_gmt": "2019-04-01 06:30:00",
        "status": "publish",
        "comment_status": "open",
        "post_password": "",
        **over,
    }
    return (
        f"<item><title>Новина {number}</title><link>{facts['link']}</link>\n"
        "<content:encoded><![CDATA[<p>Текст</p>]]></content:encoded>\n"
        f"<wp:post_id>{number}</wp:post_id>"
        f"<wp:post_date_gmt><![CDATA[{facts['post_date_gmt']}]]></wp:post_date_gmt>"
        f"<wp:comment_status>{facts['comment_status']}</wp:comment_status>"
        f"<wp:status>{facts['status']}</wp:status><wp:post_type>post</wp:post_type>\n"
        f"<wp:post_password><![CDATA[{facts['post_password']}]]></wp:post_password>\n"
        + "\n".join(comments)
        + "\n</item>"
    )


def comment(number: int, *, meta: str = "", **over: str) -> str:
    fields = {**_COMMENT, **over}
    inside = "".join(
        f"<wp:comment_{name}><![CDATA[{value}]]></wp:comment_{name}>"
        for name, value in fields.items()
    )
    return f"<wp:comment>\n<wp:comment_id>{number}</wp:comment_id>{inside}{meta}</wp:comment>"


def json_lines(path: Path, *rows: dict[str, Any]) -> Path:
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_text(text, encoding="utf-8")
    return path
