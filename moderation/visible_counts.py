"""Update an article's count of visible comments when their statuses change."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from django.db.models import Count, F

from comments.models import Article, Comment, Status

# A comment, and 1 if it has become published, -1 if it has been unpublished.
PublishedChange = tuple[Comment, int]


def update_counts(changed: Sequence[PublishedChange]) -> None:
    """Update the count of each article, and the revision that its ETag is made of.

    Uses one statement for all articles whose counts change by the same number.
    """
    by_change: dict[int, list[int]] = defaultdict(list)
    for article_id, change in _visible_changes(changed).items():
        by_change[change].append(article_id)
    for change, ids in by_change.items():
        Article.objects.filter(pk__in=ids).update(
            published_count=F("published_count") + change, thread_revision=F("thread_revision") + 1
        )


def _visible_changes(changed: Sequence[PublishedChange]) -> Counter[int]:
    """Return the change by article; a root's published replies appear and disappear with it."""
    sign_of = {comment.pk: sign for comment, sign in changed}
    parents = {comment.parent_id for comment, _sign in changed} - {None}
    published = Comment.objects.filter(status=Status.PUBLISHED)
    replies = published.filter(parent__in=sign_of).exclude(pk__in=sign_of)
    counts = dict(replies.values_list("parent").annotate(Count("pk"))) if sign_of else {}
    shown = set(published.filter(pk__in=parents).values_list("pk", flat=True)) if parents else set()
    changes: Counter[int] = Counter()
    for comment, sign in changed:
        root = comment.parent_id
        if root is None:
            change = sign * (1 + counts.get(comment.pk, 0))
        else:
            # Whether the root is shown after a reply appears, or was before it disappears; a root
            # may itself be among the changed comments.
            root_shown = {1: root in shown, -1: (root in shown) != (root in sign_of)}
            change = sign * root_shown[sign]
        changes[comment.article_id] += change
    return changes
