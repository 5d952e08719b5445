"""The dial of an article: for a time, every comment on it waits for a moderator."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from comments.models import Article
from moderation.accounts.models import User
from moderation.models import Act, ActKind, ArticleHold

# How long it can be set for.
HOURS = (1, 6, 24, 168)


def in_force(articles: Iterable[int]) -> dict[int, ArticleHold]:
    """Return the hold of each of these articles that has one now."""
    found = ArticleHold.objects.filter(article__in=set(articles), until__gt=timezone.now())
    return {hold.article_id: hold for hold in found}


def current(article: Article) -> ArticleHold | None:
    """Return the hold of an article that has one now; without a query after select_related."""
    found: ArticleHold | None = getattr(article, "hold", None)
    return found if found and found.until > timezone.now() else None


def hold(*, article: Article, hours: int, user: User) -> Act:
    """Hold every comment on the article from now on, for this many hours."""
    until = timezone.now() + dt.timedelta(hours=hours)
    return _set(article, {"until": until.isoformat(), "user": user.pk}, user)


def end(*, article: Article, user: User) -> Act | None:
    """End the hold of an article; None if there was none."""
    return _set(article, None, user) if in_force([article.pk]) else None


def undo(act: Act, undoing: Act) -> tuple[list[int], list[int]]:
    """Set the article back as it was before the act, unless somebody has set it since.

    Returns nothing as done, or the article's id as changed.
    """
    article = Article.objects.select_for_update(no_key=True).get(pk=act.before["article"])
    if _state(article) != act.before["after"]:
        return [], [article.pk]
    _write(article, act.before["before"])
    return [], []


def _set(article: Article, after: dict[str, Any] | None, user: User) -> Act:
    with transaction.atomic():
        Article.objects.select_for_update(no_key=True).get(pk=article.pk)
        states = {"before": _state(article), "after": after}
        _write(article, after)
        return Act.objects.create(
            kind=ActKind.ARTICLE, user=user, before={"article": article.pk, **states}
        )


def _state(article: Article) -> dict[str, Any] | None:
    found = ArticleHold.objects.filter(article=article).first()
    return {"until": found.until.isoformat(), "user": found.user_id} if found else None


def _write(article: Article, state: dict[str, Any] | None) -> None:
    if state is None:
        ArticleHold.objects.filter(article=article).delete()
        return
    values = {"until": parse_datetime(state["until"]), "user_id": state["user"]}
    ArticleHold.objects.update_or_create(article=article, defaults=values)
