"""The examples of what a site's programs get; a test checks that they fit the document."""

from typing import Any

from comments.reception.examples import ARTICLE

COMMENT: dict[str, Any] = {
    "id": 19,
    "parent_id": None,
    "version": 2,
    "revision": 1,
    "status": "held",
    "reason": "toxicity",
    "author_name": "Реаліст",
    "author_url": "",
    "text": "Ну й бовдури ж там сидять.",
    "language": "uk",
    "created_at": "2026-11-28T08:07:00.250000+02:00",
    "decided_at": "2026-11-28T08:07:00.410000+02:00",
    "article": {name: ARTICLE[name] for name in ("key", "title", "url")},
    "risk": 0.74,
    "scores": {"spam": 0.03, "toxicity": 0.74},
    "reports": 0,
}
QUEUE: dict[str, Any] = {"next": None, "previous": None, "results": [COMMENT]}
DECISION: dict[str, Any] = {
    "id": 31,
    "comment_id": 19,
    "revision": 1,
    "outcome": "reject",
    "reason": "toxicity",
    "own_reason": "",
    "status_before": "held",
    "by": "program",
    "program": "editorial system",
    "scores": {},
    "thresholds": {},
    "model_version": "",
    "created_at": "2026-11-28T08:12:41.007000+02:00",
}
DECISIONS: dict[str, Any] = {"next": None, "previous": None, "results": [DECISION]}
POLICY: dict[str, Any] = {
    "thresholds": {"spam": {"hold_at": 0.5, "hold_known_at": 0.7, "reject_at": 0.97}},
    "max_links": 2,
    "trusted_after": 0,
    "banned_words": ["бовдур*"],
    "reserved_names": ["Редакція"],
    "own_numbers": [],
    "rejection_reasons": [{"value": "spam", "name": "спам"}],
    "model_version": "2026-11-25",
}
EVENTS: dict[str, Any] = {
    "results": [
        {
            "id": 4711,
            "kind": "decided",
            "comment_id": 19,
            "status": "rejected",
            "reason": "toxicity",
            "by": "program",
            "revision": 1,
            "created_at": "2026-11-28T08:12:41.008000+02:00",
        }
    ],
    "cursor": 4711,
    "more": False,
}
