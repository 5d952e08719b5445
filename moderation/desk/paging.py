"""Pages of long lists: only a page's comments are read whole, and large counts are not exact."""

from collections.abc import Callable, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

# Beyond this, comments are neither counted nor paged through: they are filtered.
MAX_COUNTED = 10_000


class ListPaginator(Paginator):
    """Counts up to MAX_COUNTED and chooses the comments of a page by an index alone."""

    object_list: Any
    # Leaves out comments for which another one of the list stands.
    fold: Callable[[list[int]], list[int]] | None = None

    @cached_property
    def count(self) -> int:
        """How many comments the pages show; MAX_COUNTED if there are more."""
        return min(len(self._shown), MAX_COUNTED)

    @property
    def total(self) -> str:
        """The count in words."""
        if len(self._ids) > MAX_COUNTED:
            return _("more than %(number)s") % {"number": number_format(MAX_COUNTED)}
        return str(number_format(len(self._ids)))

    @cached_property
    def _shown(self) -> list[int]:
        return self.fold(self._ids) if self.fold else self._ids

    @property
    def newest(self) -> int | None:
        """The newest of the counted comments."""
        return max(self._ids, default=None)

    @cached_property
    def _ids(self) -> list[int]:
        """Return the ids in the list's order: one query for the count and the page."""
        return first_ids(self.object_list, MAX_COUNTED + 1)

    def page(self, number: Any) -> Any:
        """Return a page; the database reads whole rows of its comments only."""
        page: Any = super().page(number)
        start = (page.number - 1) * self.per_page
        ids = self._shown[: self.count][start : start + self.per_page]
        page.object_list = in_order(self.object_list, ids)
        return page


def first_ids(comments: QuerySet[Any], limit: int) -> list[int]:
    """Return the ids of a list's beginning, which an index of the held comments has."""
    return list(comments.values_list("pk", flat=True)[:limit])


def in_order(comments: QuerySet[Any], ids: Sequence[int]) -> QuerySet[Any]:
    """Return the comments with these ids in the order of the list."""
    found: QuerySet[Any] = comments.model._default_manager.filter(pk__in=ids)
    return found.order_by(*comments.query.order_by)
