"""Find the articles that the comments of a file belong to, by their address or key."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.utils import timezone

from comments.archives.cleaning import MAX_URL_LENGTH
from comments.archives.records import Page
from comments.models import Article, Site
from comments.validators import MAX_KEY_LENGTH

_NO_KEY = re.compile(r"[^\w\u0300-\u036f.~-]+")
_START = re.compile(r"^[^\w]+")


def same_address(url: str) -> str:
    """Return what the addresses of one article have in common: no scheme, "www.", end or anchor.

    A query stays: some sites tell their articles apart by it.
    """
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:
        return url
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{port}{unquote(parts.path).rstrip('/')}{query}"


def key_of(page: Page) -> str:
    """Return the key for a new article: its own one, or the path of its address."""
    if page.key:
        return page.key
    try:
        parts = urlsplit(page.url)
    except ValueError:
        return cut_key(page.url) or "front"
    path = "-".join(filter(None, [unquote(parts.path).strip("/"), parts.query]))
    return cut_key(path) or "front"


def cut_key(text: str) -> str:
    """Return the text with no other characters than a key may have."""
    key = _NO_KEY.sub("-", unicodedata.normalize("NFC", text)).strip("-")
    return _START.sub("", key)[:MAX_KEY_LENGTH]


@dataclass
class Catalogue:
    """The articles of a site, and those that an import adds, by address and by key."""

    site: Site

    def __post_init__(self) -> None:
        self._by_url: dict[str, int] = {}
        self._by_key: dict[str, int] = {}
        known = Article.objects.filter(site=self.site).values_list("pk", "key", "url")
        for pk, key, url in known.iterator():
            self._by_key[key] = pk
            if url:
                self._by_url.setdefault(same_address(url), pk)
        # New articles have negative numbers until they are stored.
        self.new: dict[int, Article] = {}
        self.matched: set[int] = set()
        self.foreign: set[str] = set()

    def place(self, pages: Iterable[Page]) -> Iterator[tuple[str, int]]:
        """Yield the number of each page with that of its article.

        A page whose address is not the site's is noted in `foreign`.
        """
        for page in pages:
            yield page.number, self._find(page) or self._add(page)

    def store(self) -> dict[int, int]:
        """Store the new articles; return their numbers by the negative ones."""
        made = Article.objects.bulk_create(self.new.values(), batch_size=500)
        return dict(zip(self.new, (article.pk for article in made), strict=True))

    def _find(self, page: Page) -> int | None:
        found = self._by_url.get(same_address(page.url)) if page.url else None
        if found is None and page.key:
            found = self._by_key.get(page.key)
        if found is not None and found > 0:
            self.matched.add(found)
        return found

    def _add(self, page: Page) -> int:
        number = -len(self.new) - 1
        article = Article(
            site=self.site,
            key=self._free_key(key_of(page)),
            url=page.url[:MAX_URL_LENGTH],
            title=page.title,
            section=page.section,
            language=page.language,
            published_at=_moment(page.published) or timezone.now(),
            closes_at=_moment(page.closed),
        )
        if not page.url and not page.key:
            self.foreign.add("(no address)")
        elif page.url and not self.site.allows(page.url):
            self.foreign.add(_origin(page.url))
        self.new[number] = article
        self._by_key[article.key] = number
        if page.url:
            self._by_url[same_address(page.url)] = number
        return number

    def _free_key(self, key: str) -> str:
        tried, number = key, 1
        while tried in self._by_key:
            number += 1
            tried = f"{key[: MAX_KEY_LENGTH - 8]}-{number}"
        return tried


def _origin(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return url[:80]
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme and parts.netloc else url[:80]


def _moment(at: float | None) -> dt.datetime | None:
    return None if at is None else dt.datetime.fromtimestamp(at, dt.UTC)
