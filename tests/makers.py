"""Short functions that create the rows a test begins with."""

from itertools import count
from typing import Any

from comments.demo.models import Story
from comments.models import Article, Comment, Site, Status
from comments.reception.services import Draft, submit_comment
from moderation import transitions
from moderation.actors import AUTHOR, POLICY, Actor
from moderation.author_changes import revise
from moderation.models import LIMITS, SitePolicy
from moderation.policy.verdict import Outcome, Reason, Verdict
from moderation.transitions import Evidence, Seen

_numbers = count(1)
# Rejected for its score.
SPAM = (
    "Заробіток від 5000 грн на день без вкладень! Пиши в телеграм @zarobitok_legko "
    "https://zarobitok.example/bonus"
)
_WAYS = {
    Status.PUBLISHED: Verdict(Outcome.PUBLISH, Reason.CLEAN),
    Status.HELD: Verdict(Outcome.HOLD, Reason.TOXICITY),
    Status.REJECTED: Verdict(Outcome.REJECT, Reason.SPAM),
    Status.WITHDRAWN: Verdict(Outcome.WITHDRAW, Reason.WITHDRAWN),
}


def make_article(**over: Any) -> Article:
    number = next(_numbers)
    facts = {
        "key": f"article-{number}",
        "title": f"Міст відремонтують {number}",
        "section": "Місто",
    }
    site = over.pop("site", None) or Site.objects.default()
    return Article.objects.create(site=site, **{**facts, **over})


def make_story(
    *, lead: str = "", body: str = "<p>Ремонт почнеться навесні.</p>", about: str = "", **over: Any
) -> Article:
    """An article like those of the demo newspaper."""
    article = make_article(**over)
    Story.objects.create(
        article=article, lead=lead, body=body, author_name="Олена Гай", author_about=about
    )
    return article


def make_draft(**over: Any) -> Draft:
    number = next(_numbers)
    facts = {
        "author_name": f"Читач {number}",
        "author_email": f"reader{number}@example.org",
        "text": f"Нарешті візьмуться за міст, дякую за новину. {number}",
    }
    return Draft(**{**facts, **over})


def make_comment(
    article: Article | None = None, status: Status = Status.PUBLISHED, **over: Any
) -> Comment:
    """A comment that was submitted and decided by the usual services."""
    comment = submit_comment(article=article or make_article(), draft=make_draft(**over))
    if status != Status.PENDING:
        transitions.apply(
            comment=comment,
            verdict=_WAYS[status],
            expected=Seen.of(comment),
            evidence=Evidence(actor=AUTHOR if status == Status.WITHDRAWN else POLICY),
        )
    comment.refresh_from_db()
    return comment


def set_policy(**over: Any) -> SitePolicy:
    """Set the default site's policy; thresholds by their form names, like spam_hold_at."""
    thresholds: dict[str, dict[str, float]] = {}
    for name in list(over):
        attribute, _, limit = name.partition("_")
        if limit in LIMITS:
            thresholds.setdefault(attribute, {})[limit] = over.pop(name)
    site = Site.objects.default()
    return SitePolicy.objects.create(site=site, thresholds=thresholds, **over)


def decide(comment: Comment, outcome: Outcome, reason: Reason, actor: Actor = POLICY) -> None:
    """Give a verdict on the comment in its current state."""
    comment.refresh_from_db()
    transitions.apply(
        comment=comment,
        verdict=Verdict(outcome, reason),
        expected=Seen.of(comment),
        evidence=Evidence(actor=actor),
    )


def edit(comment: Comment, text: str = "Дякую міській раді за ремонт мосту.") -> None:
    """Let the author change the text, which is to be checked again."""
    written = {"text": text, "author_name": comment.author_name, "author_url": comment.author_url}
    revise(comment=comment, written=written)
