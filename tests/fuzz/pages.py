"""Malformed forms, unlinked URLs, and verdicts that no button sends."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote_from_bytes
from zlib import crc32

from django.db.models import F
from django.test import Client
from django.urls import reverse
from hypothesis import given, seed
from hypothesis import strategies as st

from comments.models import Article, Comment
from moderation.accounts.models import User
from tests.fuzz.rest import Round, of
from tests.fuzz.watch import Watch

# A name, what is sent, and the function that sends it.
Target = tuple[str, st.SearchStrategy[Any], Callable[[Any], Any]]
UNUSUAL_TEXTS = (
    *("", " ", "\x00", "\ud800", "\ufffe", "\u202e", "a\u0301" * 300, "я" * 5001, "👩‍👩‍👧‍👦" * 200),
    *("<script>alert(1)</script>", "{{ 7*7 }}", "%s%n", "' OR 1=1 --", "../../etc/passwd"),
    *("https://" + "a" * 250 + ".example", "javascript:alert(1)", "1e400", "-1", "9" * 5000),
    *("o@example.org", "o@" + "a" * 300, "http://[::1", "https://xn--a.example/%ff"),
)
FIELDS = (
    *("text", "author_name", "author_email", "author_url", "parent", "remember"),
    *("challenge", "proof", "subject", "csrfmiddlewaretoken"),
)
QUERY = ("order", "thread", "reply_to", "after", "before", "comment", "cursor", "limit")
ASKED = ("reason", "status", "author", "campaign", "section", "ids", "q", "page")
IN_BULK = (
    *("decision", "page", "whole", "campaign", "up_to", "cards-TOTAL_FORMS"),
    *("cards-INITIAL_FORMS", "cards-0-comment", "cards-0-status", "cards-0-version"),
)
KINDS = (
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=b",
    "application/json",
    "text/plain; charset=utf-16",
    "\xff",
)

words = st.one_of(st.sampled_from(UNUSUAL_TEXTS), st.text(st.characters(codec=None), max_size=60))
# Any bytes, because a web server passes them on in a header.
headers = st.text(st.characters(max_codepoint=255, exclude_characters="\r\n"), max_size=40)
# Mostly valid, so that many are accepted, decided and shown.
written = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=300)
good = {
    "text": st.one_of(*[written.map(f"{word} {{}}".format) for word in ("Ні", "Так", "І")], words),
    "author_name": st.one_of(*map(st.just, ("Олена", "Тарас", "Anna", "Ї")), words),
    "author_email": st.one_of(
        *[st.integers(0, 999).map(f"{word}{{}}@example.org".format) for word in "abc"], words
    ),
}
extra = {
    "author_url": st.one_of(
        *map(st.just, ("", "https://a.example", "http://приклад.укр/ї")), words
    ),
    "parent": st.one_of(st.just(""), st.just(""), words),
}
valid_form = st.fixed_dictionaries(good, optional=extra)
forms = st.one_of(
    *(valid_form, valid_form),
    st.dictionaries(st.one_of(st.sampled_from(FIELDS), words), words, max_size=8),
)


def _wire(fields: dict[str, str]) -> str:
    """URL-encoded, including lone surrogates, which no browser would send."""
    return "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in fields.items())


def _quoted(text: str) -> str:
    return quote_from_bytes(text.encode("utf-8", "surrogatepass"))


def _queries(known: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.dictionaries(st.one_of(st.sampled_from(known), words), words, max_size=4).map(_wire)


def _multipart(fields: dict[str, str]) -> bytes:
    parts = [
        f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    return ("".join(parts) + "--b--\r\n").encode("utf-8", "surrogatepass")


def rounds(watch: Watch) -> list[tuple[str, Round]]:
    targets = [*_of_readers(), *_of_moderators()]
    return [(name, _round(watch, name, sent, send)) for name, sent, send in targets]


def _browser() -> Client:
    return Client(raise_request_exception=False, SERVER_NAME="localhost")


def _of_readers() -> list[Target]:
    reader, latest = _browser(), Article.objects.latest("id")
    article = latest.get_absolute_url()
    listed = reverse("article-comments", kwargs={"key": latest.key})

    def post_form(fields: dict[str, str]) -> Any:
        return reader.generic("POST", article, _wire(fields), KINDS[0])

    def post_parts(fields: dict[str, str]) -> Any:
        return reader.generic("POST", article, _multipart(fields), KINDS[1])

    def post_json(fields: dict[str, str]) -> Any:
        body = {name: value for name, value in fields.items() if value or name != "parent"}
        return reader.generic("POST", listed, json.dumps(body), KINDS[2])

    def post_anything(sent: tuple[bytes, str, str]) -> Any:
        body, kind, cookie = sent
        reader.cookies["my_comments"] = reader.cookies["comment_author"] = cookie
        return reader.generic("POST", article, body, kind)

    anything = st.tuples(st.binary(max_size=300), st.sampled_from(KINDS), headers)
    return [
        ("form", forms, post_form),
        ("form in parts", forms, post_parts),
        ("form as JSON", forms, post_json),
        ("form of bytes", anything, post_anything),
        ("page", _queries(QUERY), lambda query: reader.get(f"{article}?{query}")),
        ("front page", _queries(QUERY), lambda query: reader.get(f"/uk/?{query}")),
    ]


def _of_moderators() -> list[Target]:
    marta = _browser()
    marta.force_login(User.objects.create_superuser("fuzz"))
    queue = reverse("admin:queue")
    everything = reverse("admin:comments")

    def decide(orders: dict[str, str]) -> Any:
        return marta.generic("POST", queue, _wire({**_seen(), **orders}), KINDS[0])

    def decide_many(orders: dict[str, str]) -> Any:
        cards = {f"cards-0-{name}": value for name, value in _seen().items()}
        forms = {"cards-TOTAL_FORMS": "1", "cards-INITIAL_FORMS": "1", "cards-0-chosen": "on"}
        return marta.generic("POST", queue, _wire({**forms, **cards, **orders}), KINDS[0])

    return [
        ("queue", _queries(ASKED), lambda query: marta.get(f"{queue}?{query}")),
        ("all comments", _queries(ASKED), lambda query: marta.get(f"{everything}?{query}")),
        ("verdict", _orders("decision", "next", "comment", "status", "version"), decide),
        ("verdicts", _orders(*IN_BULK), decide_many),
    ]


def _orders(*names: str) -> st.SearchStrategy[dict[str, str]]:
    """Some of these fields with random values, often with a valid verdict."""
    verdict = st.sampled_from(["publish", "spam"]).map(lambda name: {"decision": name})
    return st.tuples(
        st.one_of(verdict, st.just({})),
        st.dictionaries(st.sampled_from(names), words, max_size=4),
    ).map(lambda parts: {**parts[1], **parts[0]})


def _seen() -> dict[str, str]:
    """A comment in the state that its card shows."""
    comment = Comment.objects.order_by("?").values("status", "version", comment=F("pk")).first()
    return {name: str(value) for name, value in (comment or {}).items()}


def _round(
    watch: Watch, name: str, sent: st.SearchStrategy[Any], send: Callable[[Any], Any]
) -> Round:
    def run(count: int, number: int) -> None:
        @seed(number + crc32(name.encode()))
        @of(count)
        @given(what=sent)
        def one(what: Any) -> None:
            watch.saw(name, send(what).status_code, what)

        one()

    return run
