"""Load the demo; comments are stored only through submit_comment."""

import datetime as dt
import json
import random
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

from django.db import transaction
from django.utils import timezone

from comments.demo.models import Story
from comments.identity import author_key
from comments.models import DEFAULT_KEY, Article, Comment, Pick, Site, StaffAnswer
from comments.reception.services import Draft, submit_comment

HERE = Path(__file__).parent
# The share of an article's life over which its comments are spread.
SPREAD = 0.97
Mark = StaffAnswer | Pick
# The newsroom's badges, by their names in comments.json. Like imported ones, they are nobody's.
MARKS: dict[str, type[Mark]] = {"staff": StaffAnswer, "picked": Pick}


def seed_articles() -> int:
    """Create the missing articles, and return their number."""
    site = Site.objects.default()
    return sum(_seed_story(site, facts) for facts in _read("articles.json"))


def seed_comments() -> int:
    """Submit the missing comments, and return their number."""
    return sum(_seed_article(key, items) for key, items in _by_article().items())


def seed_composed(number: int) -> Iterator[bool]:
    """Submit `number` generated comments, yielding for each whether it was new."""
    article = Article.objects.get(site=DEFAULT_KEY, key=_read("articles.json")[0]["key"])
    there = set(article.comments.values_list("author_key", flat=True))
    moments = _moments(article, number)
    for draft, moment in zip(composed(number), moments, strict=True):
        new = author_key(draft.author_email, article.site_id) not in there
        if new:
            _submit(article, draft, moment)
        yield new


def composed(number: int) -> Iterable[Draft]:
    """Generate the first `number` of a fixed, unlimited sequence of comments."""
    voices = _read("phrases.json")
    shares = [voice["share"] for voice in voices]
    choose = random.Random(2026)  # noqa: S311
    for index in range(number):
        (voice,) = choose.choices(voices, shares)
        parts = [choose.choice(voice[kind]) for kind in ("openings", "middles", "closings")]
        opening, middle, closing = (part.format(number=index + 1) for part in parts)
        yield Draft(
            author_name=choose.choice(voice["names"]),
            author_email=f"composed-{index + 1}@example.org",
            text=f"{opening} {middle}. {closing}",
        )


def _seed_story(site: Site, facts: dict[str, Any]) -> bool:
    key = facts["key"]
    body = (HERE / "articles" / f"{key}.html").read_text(encoding="utf-8")
    known = {
        "title": facts["title"],
        "section": facts["section"],
        "language": "uk",
        "text": f"{facts['lead']}\n{body}",
        "published_at": timezone.now() - dt.timedelta(hours=facts["hours_ago"]),
    }
    with transaction.atomic():
        article, made = Article.objects.get_or_create(site=site, key=key, defaults=known)
        shown = {name: facts[name] for name in ("lead", "author_name", "author_about")}
        Story.objects.get_or_create(article=article, defaults={**shown, "body": body})
    return made


def _seed_article(key: str, items: list[dict[str, Any]]) -> int:
    article = Article.objects.get(site=DEFAULT_KEY, key=key)
    there = {(row.author_key, row.text): row for row in article.comments.all()}
    parents: dict[str, Comment] = {}
    made = 0
    for item, moment in zip(items, _moments(article, len(items)), strict=True):
        draft = _draft(item, parents)
        comment = there.get((author_key(draft.author_email, article.site_id), draft.text))
        if comment is None:
            comment = _submit(
                article, draft, moment, [model for m, model in MARKS.items() if m in item]
            )
            made += 1
        if "key" in item:
            parents[item["key"]] = comment
    return made


def _draft(item: dict[str, Any], parents: dict[str, Comment]) -> Draft:
    return Draft(
        author_name=item["name"],
        author_email=f"reader-{crc32(item['name'].encode()):08x}@example.org",
        author_url=item.get("url", ""),
        text=item["text"],
        parent=parents.get(item.get("reply_to", "")),
    )


def _submit(
    article: Article, draft: Draft, moment: dt.datetime, marks: Iterable[type[Mark]] = ()
) -> Comment:
    """Submit a comment, with an earlier time and its badges set in the same transaction."""
    with transaction.atomic():
        comment = submit_comment(article=article, draft=draft)
        Comment.objects.filter(pk=comment.pk).update(created_at=moment)
        for mark in marks:
            mark.objects.create(comment=comment)
    return comment


def _moments(article: Article, number: int) -> list[dt.datetime]:
    """Return `number` times since the article was published, dense at first, then sparser."""
    life = timezone.now() - article.published_at
    return [
        article.published_at + life * SPREAD * ((place + 1) / (number + 1)) ** 1.6
        for place in range(number)
    ]


def _by_article() -> dict[str, list[dict[str, Any]]]:
    comments: dict[str, list[dict[str, Any]]] = {}
    for item in _read("comments.json"):
        comments.setdefault(item["article"], []).append(item)
    return comments


def _read(name: str) -> Any:
    return json.loads((HERE / name).read_text(encoding="utf-8"))
