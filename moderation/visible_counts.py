"""Keep an article's count of visible comments in step with their statuses."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from django.db.models import Count, F

from comments.models import Article, Comment, Status

# A comment, and 1 where it has become published, -1 where it has ceased to be.
Turn = tuple[Comment, int]


def keep_counts(turned: Sequence[Turn]) -> None:
    """The article's count and the revision that its ETag is made of follow every visible move.

    One statement for all articles that change by as many.
    """
    alike: dict[int, list[int]] = defaultdict(list)
    for article_id, change in _visible_changes(turned).items():
        alike[change].append(article_id)
    for change, ids in alike.items():
        Article.objects.filter(pk__in=ids).update(
            published_count=F("published_count") + change, thread_revision=F("thread_revision") + 1
        )


def _visible_changes(turned: Sequence[Turn]) -> Counter[int]:
    """By article, how many more comments are seen: a root takes its published replies along."""
    turns = {comment.pk: turn for comment, turn in turned}
    parents = {comment.parent_id for comment, _turn in turned} - {None}
    published = Comment.objects.filter(status=Status.PUBLISHED)
    replies = published.filter(parent__in=turns).exclude(pk__in=turns)
    counts = dict(replies.values_list("parent").annotate(Count("pk"))) if turns else {}
    shown = set(published.filter(pk__in=parents).values_list("pk", flat=True)) if parents else set()
    changes: Counter[int] = Counter()
    for comment, turn in turned:
        root = comment.parent_id
        if root is None:
            change = turn * (1 + counts.get(comment.pk, 0))
        else:
            # A root that turned in the same breath is shown on one side of it only.
            root_shown = {1: root in shown, -1: (root in shown) != (root in turns)}
            change = turn * root_shown[turn]
        changes[comment.article_id] += change
    return changes
