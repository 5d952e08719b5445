"""The examples in the OpenAPI document; a test checks that they fit it."""

from typing import Any

from drf_spectacular.utils import OpenApiExample

_HOST = "https://comments.example.org"
_ARTICLE_URL = "https://www.example.org/news/mist-cherez-tykhu"
_WRITTEN = "2026-11-28T08:00:03.120000+02:00"
REPLY: dict[str, Any] = {
    "id": 18,
    "parent_id": 17,
    "branch_id": 18,
    "reply_to": None,
    "author_name": "Тарас",
    "author_url": "",
    "text": "Так, давно пора.",
    "html": "<p>Так, давно пора.</p>",
    "language": "uk",
    "withdrawn": False,
    "created_at": "2026-11-28T08:05:10.004000+02:00",
    "staff": False,
    "picked": False,
}
THREAD: dict[str, Any] = {
    "id": 17,
    "parent_id": None,
    "branch_id": None,
    "reply_to": None,
    "author_name": "Олена",
    "author_url": "https://olena.example.org",
    "text": "Дякую за *новину*.",
    "html": "<p>Дякую за <em>новину</em>.</p>",
    "language": "uk",
    "withdrawn": False,
    "created_at": _WRITTEN,
    "staff": False,
    "picked": True,
    "replies": [REPLY],
    "reply_count": 1,
}
THREAD_PAGE: dict[str, Any] = {"next": None, "previous": None, "results": [THREAD]}
COUNTS: dict[str, Any] = {"counts": {"mist-cherez-tykhu": 2, "12345": 0}}
LIVE: dict[str, Any] = {"comments": 2, "is_closed": False, "poll_after": 5.0}
CHALLENGE: dict[str, Any] = {"challenge": "main:1tfWxK:8Zc", "proof_bits": 0}
STATUS: dict[str, Any] = {
    "id": 19,
    "status": "pending",
    "reason": "",
    "message": "Ваш коментар перевіряють. Зазвичай це кілька секунд.",
    "status_url": f"{_HOST}/api/v1/submissions/MTk:1tfWxK:8Zc/",
    "page_url": f"{_HOST}/uk/status/MTk:1tfWxK:8Zc/",
}
OWN_COMMENT: dict[str, Any] = {
    **STATUS,
    "status": "held",
    "reason": "appealed",
    "message": "Ви попросили модераторів переглянути ваш коментар ще раз.",
    "text": "Дякую за новину.",
    "author_name": "Олена",
    "author_url": "",
    "created_at": _WRITTEN,
    "edited_at": None,
    "url": None,
    "waiting": {"ahead": 3, "usual_seconds": 900},
    "words": [],
    "can_change": False,
    "change_until": None,
    "can_withdraw": True,
    "can_appeal": False,
    "appeal": {
        "sentence": "Це цитата з пісні.",
        "created_at": "2026-11-28T08:05:00+02:00",
        "message": "Ви попросили модераторів переглянути рішення. Відповідь з’явиться тут.",
        "answer": "",
    },
}
REPORT_STATUS: dict[str, Any] = {
    "comment_id": 17,
    "outcome": "open",
    "message": "Дякуємо. Модератор ще не ухвалив рішення.",
    "status_url": f"{_HOST}/api/v1/reports/Mw:1tfWxK:8Zc/",
}
HINT: dict[str, Any] = {
    "message": "Це може когось образити.",
    "words": [{"start": 16, "end": 22, "text": "ідіоти"}],
}
VOTED: dict[str, Any] = {"comment_id": 17, "useful": True, "votes": 5}
VOTES: dict[str, Any] = {"votes": {"17": 5, "18": 0}}
ARTICLE: dict[str, Any] = {
    "key": "mist-cherez-tykhu",
    "url": _ARTICLE_URL,
    "title": "Міст через Тиху закриють на пів року",
    "section": "Місто",
    "language": "uk",
    "published_at": "2026-11-28T08:00:00+02:00",
    "closes_at": "2026-12-12T08:00:00+02:00",
    "is_closed": False,
    "published_count": 2,
}


def shown(value: Any, *codes: int) -> OpenApiExample:
    """Return an example of the answers with these codes."""
    return OpenApiExample(
        "An answer", value, response_only=True, status_codes=[str(code) for code in codes]
    )


def sent(name: str, value: Any) -> OpenApiExample:
    """Return an example of a request's body."""
    return OpenApiExample(name, value, request_only=True)
