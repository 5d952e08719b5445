"""Find what a comment says itself, without what it takes from the page it is on.

That is the article, the comment it replies to, and the comments of the discussion that it quotes;
of comments only the published ones.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from django.utils.html import strip_tags

from comments.models import Article, Comment, Status
from moderation.campaigns.mentions import contacts_in, mentions
from moderation.campaigns.near_duplicates import (
    MIN_WORDS,
    Shingles,
    Stems,
    shingles,
    stems_of,
    without_shingles,
)
from moderation.policy.lexicon import lines
from moderation.policy.reading import normalized

# How many of the latest published comments are searched for quoted passages.
SEARCHED_COMMENTS = 300
# How many characters of an article are compared.
ARTICLE_READ = 50_000
_PASSAGE = re.compile(r"^[ \t]*>.*$|«[^«»]+»|“[^“”]+”|„[^„“”]+[“”]|\"[^\"\n]+\"", re.MULTILINE)
_MIN_PASSAGE_WORDS = 3
# How many passages of one comment are searched for, the longest first.
_MAX_PASSAGES = 20


@dataclass(frozen=True)
class OwnContent:
    """The stems and contacts of a comment that come neither from the page nor from others."""

    words: frozenset[str]
    contacts: frozenset[str]

    @cached_property
    def rare(self) -> frozenset[str]:
        """The words without those of prayers, condolences and other formulas."""
        return self.words - _formulas()

    @property
    def is_long(self) -> bool:
        return len(self.words) >= MIN_WORDS


@dataclass(frozen=True)
class _Published:
    """A published comment: its thread, its author's name, and its words without quotations."""

    thread: int
    name: str
    words: str


class Pages:
    """The texts around comments: the articles, parents and latest published comments.

    Each is loaded once, in a constant number of queries; so one object serves all that read the
    same comments.
    """

    def __init__(self, *, same_length: bool = False) -> None:
        """With `same_length` all places in a text without quotations are those in the comment."""
        self._same_length = same_length
        self._articles: dict[int, str] = {}
        # Of comments that are not published, nothing.
        self._parents: dict[int, str] = {}
        self._published: dict[int, list[_Published]] = {}
        self._own_texts: dict[int, str] = {}

    def without_quotations(self, comments: Sequence[Comment]) -> dict[int, str]:
        """Return the texts of comments that quote their page, without what they quote.

        That is the article, the comment they reply to, and published comments beside it. A comment
        with nothing else in it is left out.
        """
        quoting = [comment for comment in comments if _passages(comment.text)]
        self._load(quoting)
        texts = {comment.pk: self._unquoted(comment) for comment in quoting}
        return {
            comment.pk: texts[comment.pk]
            for comment in quoting
            if texts[comment.pk].strip() and texts[comment.pk] != comment.text
        }

    def own_content(
        self, comments: Sequence[Comment], *, compared: Collection[int]
    ) -> dict[int, OwnContent]:
        """Return what each comment says itself; the words only of those in `compared`."""
        self._load(comments)
        texts = {comment.pk: self._unquoted(comment) for comment in comments}
        read = [pk for pk in texts if pk in compared]
        stems = dict(zip(read, stems_of([texts[pk] for pk in read]), strict=True))
        return {c.pk: self._own(c, texts[c.pk], stems.get(c.pk, ())) for c in comments}

    def _load(self, comments: Sequence[Comment]) -> None:
        articles = {c.article_id for c in comments} - self._articles.keys()
        for article in Article.objects.filter(pk__in=articles):
            self._articles[article.pk] = _article_text(article)
        parents = {pk for c in comments for pk in (c.parent_id, c.reply_to_id) if pk}
        parents -= self._parents.keys()
        self._parents |= dict.fromkeys(parents, "")
        published = Comment.objects.filter(pk__in=parents, status=Status.PUBLISHED)
        self._parents |= dict(published.values_list("pk", "text"))
        searched = {c.article_id for c in comments if "@" in c.text or _passages(c.text)}
        searched -= self._published.keys()
        found = _published(searched)
        self._published |= {article: found.get(article, []) for article in searched}

    def _unquoted(self, comment: Comment) -> str:
        """Return the text without passages found on its page, which must have been loaded."""
        if comment.pk not in self._own_texts:
            self._own_texts[comment.pk] = self._without(self._around(comment), comment.text)
        return self._own_texts[comment.pk]

    def _without(self, around: Iterable[str], text: str) -> str:
        """Return the text with spaces for the passages that one of these has."""
        passages = _passages(text)
        if not passages:
            return text
        others = [f" {words} " for words in around]
        words = {passage: f" {normalized(passage)} " for passage in passages}
        quoted = {p for p, spoken in words.items() if any(spoken in other for other in others)}

        def left(passage: re.Match[str]) -> str:
            if passage[0] not in quoted:
                return passage[0]
            return " " * (len(passage[0]) if self._same_length else 1)

        return _PASSAGE.sub(left, text)

    def _around(self, comment: Comment) -> Iterator[str]:
        """Yield the words that a passage may be quoted from."""
        yield _words_of(self._articles[comment.article_id])
        for answered in (comment.parent_id, comment.reply_to_id):
            yield _words_of(self._parents.get(answered or 0, ""))
        for other in self._published.get(comment.article_id, ()):
            yield other.words

    def _own(self, comment: Comment, text: str, stems: Stems) -> OwnContent:
        article = self._articles[comment.article_id]
        parent = self._parents.get(comment.answered_id or 0)
        around = (article, parent) if parent else (article,)
        known: Shingles = frozenset().union(*map(_shingles_of, around)) if stems else frozenset()
        contacts = contacts_in(text)
        if contacts:
            contacts = contacts.difference(self._addressed(comment), *map(_contacts_of, around))
        return OwnContent(without_shingles(stems, known), contacts)

    def _addressed(self, comment: Comment) -> set[str]:
        """Return the handles that address others in the thread: readers write "@name" for that."""
        handles = {each.name for each in mentions(comment.text) if comment.text[each.start] == "@"}
        published = self._published.get(comment.article_id, ())
        thread = [each for each in published if each.thread == comment.parent_id]
        return handles & {f"handle:{each.name.lower()}" for each in thread}


def _article_text(article: Article) -> str:
    """Return title and text with the markup, because the links are there."""
    return f"{article.title}\n{article.text}"[:ARTICLE_READ]


def _published(articles: Iterable[int]) -> Mapping[int, list[_Published]]:
    found: dict[int, list[_Published]] = defaultdict(list)
    if articles:
        published = Comment.objects.filter(article__in=articles, status=Status.PUBLISHED)
        for other in published.order_by("-pk")[:SEARCHED_COMMENTS]:
            words = normalized(_PASSAGE.sub(" ", other.text))
            thread = other.parent_id or other.pk
            found[other.article_id].append(_Published(thread, other.author_name, words))
    return found


def _passages(text: str) -> list[str]:
    found = sorted(_PASSAGE.findall(text), key=len, reverse=True)[:_MAX_PASSAGES]
    return [
        passage for passage in found if normalized(passage).count(" ") + 1 >= _MIN_PASSAGE_WORDS
    ]


@lru_cache(maxsize=64)
def _words_of(text: str) -> str:
    return normalized(strip_tags(text))


@cache
def _formulas() -> frozenset[str]:
    """Return the stems of what many people say alike: condolences, prayers, the anthem, alerts."""
    return frozenset().union(*stems_of(lines("formulas")))


@lru_cache(maxsize=64)
def _shingles_of(text: str) -> Shingles:
    """Return the shingles of an article or comment; cached, because the same few recur."""
    plain = strip_tags(text)
    # In pieces, because only so much of one text is read.
    pieces = [plain[start : start + 4000] for start in range(0, len(plain), 4000)]
    return shingles(tuple(stem for stems in stems_of(pieces) for stem in stems))


@lru_cache(maxsize=64)
def _contacts_of(text: str) -> frozenset[str]:
    return contacts_in(text)
