"""What is known about an author: names, browsers, networks, comments, measures and decisions."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.http import Http404
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from comments.identity import is_id
from comments.models import Comment, Contact
from moderation.authors import AuthorRecord, author_records, writer_records
from moderation.models import AuthorMeasure, Decision, Scope
from moderation.policy.verdict import Measure

LATEST = 25
MAX_NAMES = 10
# How many browsers and networks are offered, the latest first.
MAX_TARGETS = 5

MEASURE_WORDS: Mapping[tuple[str, str], Any] = {
    (Measure.HOLD, Scope.WRITER): gettext_lazy("A moderator reads every comment from one browser"),
    (Measure.HOLD, Scope.AUTHOR): gettext_lazy(
        "A moderator reads every comment under this e-mail, except from trusted browsers"
    ),
    (Measure.HOLD, Scope.NETWORK): gettext_lazy(
        "A moderator reads every comment from one network, except from trusted browsers"
    ),
    (Measure.BAN, Scope.WRITER): gettext_lazy("No comment from one browser is published"),
    (Measure.BAN, Scope.NETWORK): gettext_lazy(
        "No newcomer's comment from one network is published; a moderator reads those of authors "
        "with a good record"
    ),
    (Measure.TRUST, Scope.WRITER): gettext_lazy("Comments from one browser are trusted"),
}

_CHIPS: Mapping[tuple[str, bool], Any] = {
    (Measure.HOLD, False): gettext_lazy("held author"),
    (Measure.BAN, False): gettext_lazy("banned author"),
    (Measure.TRUST, False): gettext_lazy("author trusted by hand"),
    (Measure.HOLD, True): gettext_lazy("held network"),
    (Measure.BAN, True): gettext_lazy("banned network"),
}


@dataclass(frozen=True)
class Target:
    """Whose comments a measure can be about, named by one of their comments."""

    scope: str
    comment: Comment
    label: str

    @property
    def value(self) -> str:
        return f"{self.scope}-{self.comment.pk}"


class Author:
    """Everything on the page of an author; each part is read when it is first used.

    `named` is the number of the comment by which a link or a form names a browser, the e-mail or a
    network. The author may have written more since.
    """

    def __init__(self, key: str, *, named: str = "") -> None:
        self.key = key
        self.named = named

    def require(self) -> None:
        """Raise Http404 if there is no such author."""
        if not (self.comments or self.measures):
            raise Http404

    @cached_property
    def comments(self) -> list[Comment]:
        """The latest comments, newest first."""
        return list(self._all().order_by("-created_at", "-id")[:LATEST])

    def _all(self) -> QuerySet[Comment]:
        found = Comment.objects.filter(author_key=self.key)
        return found.select_related("article", "contact")

    @cached_property
    def names(self) -> list[str]:
        """The names under which the author wrote, the most used first."""
        named = Comment.objects.filter(author_key=self.key).exclude(author_name="")
        counted = named.values_list("author_name").annotate(count=Count("pk"))
        return [name for name, _count in counted.order_by("-count", "author_name")[:MAX_NAMES]]

    @cached_property
    def record(self) -> AuthorRecord:
        return author_records([self.key])[self.key]

    @cached_property
    def first_at(self) -> dt.datetime | None:
        found = Comment.objects.filter(author_key=self.key).aggregate(first=Min("created_at"))
        first: dt.datetime | None = found["first"]
        return first

    @cached_property
    def decisions(self) -> QuerySet[Decision]:
        found = Decision.objects.filter(comment__author_key=self.key)
        return found.select_related("comment", "user", "site_key", "own_reason").order_by("-id")[
            :LATEST
        ]

    @cached_property
    def measures(self) -> list[AuthorMeasure]:
        """The measures taken here, and those about the same networks; the latest first."""
        keys = {each.writer_key for each in self.comments} | set(self._networks)
        about = Q(author_key=self.key) | Q(key__in=keys)
        found = AuthorMeasure.objects.filter(about)
        return list(found.select_related("made_by", "ended_by", "act"))

    @property
    def in_force(self) -> list[AuthorMeasure]:
        return [each for each in self.measures if each.is_in_force]

    @property
    def past(self) -> list[AuthorMeasure]:
        return [each for each in self.measures if not each.is_in_force]

    @cached_property
    def targets(self) -> list[Target]:
        """What a measure can be about: browsers, the e-mail, networks."""
        if not self.comments:
            return []
        e_mail = Target(Scope.AUTHOR, self._naming[0], _("this e-mail, from any browser"))
        return [*self._browser_targets(), e_mail, *self._network_targets()]

    @cached_property
    def _naming(self) -> list[Comment]:
        """The comments by which targets are named: the one of the link or the form comes first."""
        named = self._all().filter(pk=self.named) if is_id(self.named) else ()
        return [*named, *self.comments]

    @cached_property
    def _networks(self) -> dict[str, Comment]:
        """The first of these comments from each network that is still stored."""
        found: dict[str, Comment] = {}
        for comment in self._naming:
            contact: Contact | None = getattr(comment, "contact", None)
            if contact and contact.address_key:
                found.setdefault(contact.address_key, comment)
        return found

    def _browser_targets(self) -> Iterator[Target]:
        first: dict[str, Comment] = {}
        for comment in self._naming:
            if comment.writer_key:
                first.setdefault(comment.writer_key, comment)
        records = writer_records(first)
        for key, comment in list(first.items())[:MAX_TARGETS]:
            count = records[key].published + records[key].held + records[key].rejected
            written = ngettext("%d comment", "%d comments", count) % count
            facts = {"comment": comment, "day": _day(comment), "written": written}
            label = _("this e-mail in the browser of %(comment)s, %(day)s (%(written)s)") % facts
            yield Target(Scope.WRITER, comment, label)

    def _network_targets(self) -> Iterator[Target]:
        others = _others(self._networks, self.key)
        for key, comment in list(self._networks.items())[:MAX_TARGETS]:
            count = others.get(key, 0)
            also = ngettext("%d other author", "%d other authors", count) % count
            facts = {"comment": comment, "day": _day(comment), "also": also}
            label = _("the network of %(comment)s, %(day)s; %(also)s wrote from it") % facts
            yield Target(Scope.NETWORK, comment, label)


def words_of(measure: AuthorMeasure) -> str:
    return str(MEASURE_WORDS.get((measure.kind, measure.scope), measure))


def chip_of(measure: AuthorMeasure) -> str:
    return str(_CHIPS.get((measure.kind, measure.scope == Scope.NETWORK), measure))


def _others(keys: Mapping[str, Any], author_key: str) -> dict[str, int]:
    """Return how many other authors have written from each network."""
    others = Contact.objects.filter(address_key__in=keys).exclude(comment__author_key=author_key)
    counted = others.values_list("address_key").annotate(
        count=Count("comment__author_key", distinct=True)
    )
    return dict(counted)


def _day(comment: Comment) -> str:
    return date_format(localtime(comment.created_at), "SHORT_DATE_FORMAT")
