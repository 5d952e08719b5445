"""A thread as the page shows it: three levels, the reader's own waiting replies, and a fold."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from comments.models import Comment
from comments.threads import Row

# Of a longer thread the rest is folded, unless that would be a single reply.
SHOWN_REPLIES = 3


@dataclass(frozen=True)
class Item:
    """A comment on the page: a published one, or the reader's own with what they are told."""

    comment: Row | Comment
    sentence: str = ""

    @property
    def number(self) -> int:
        return self.comment.pk if isinstance(self.comment, Comment) else int(self.comment["id"])

    @property
    def branch(self) -> int:
        comment = self.comment
        branch = comment.branch_id if isinstance(comment, Comment) else comment["branch_id"]
        return branch or self.number

    @property
    def addressee(self) -> str:
        """The name of whom it answers, if readers see that comment; of rows, only of replies."""
        if not isinstance(self.comment, Comment):
            return str(self.comment["addressee"])
        answered = self.comment.reply_to or self.comment.parent
        return answered.author_name if answered and answered.is_visible else ""


@dataclass(frozen=True)
class Branch:
    """A reply of the second level, and those below it.

    It has no head where a page or a fold continues it, or where its head was taken down.
    """

    head: Item | None
    answers: list[Item]


@dataclass(frozen=True)
class Thread:
    """A comment with its replies: those shown, those folded, and own ones that follow the fold."""

    root: Row | Comment
    shown: list[Branch] = field(default_factory=list)
    folded: list[Branch] = field(default_factory=list)
    late: list[Branch] = field(default_factory=list)
    # How many replies are folded or on the thread's own page.
    hidden: int = 0
    is_open: bool = False
    is_whole: bool = True

    @property
    def number(self) -> int:
        return Item(self.root).number


@dataclass(frozen=True)
class Placing:
    """The reader's own replies that only they see, and the comment that the address asks for."""

    own: Sequence[Item] = ()
    linked: int = 0

    def under(self, root: int) -> list[Item]:
        return [item for item in self.own if _root(item) == root]

    def besides(self, roots: Collection[int]) -> list[Item]:
        """Return the own comments that are not replies to one of these."""
        return [item for item in self.own if _root(item) not in roots]

    def must_show(self, item: Item) -> bool:
        return bool(item.sentence) or item.number == self.linked


def whole_thread(root: Comment, replies: Iterable[Row], placing: Placing) -> Thread:
    """Return a thread with these of its replies, none of them folded."""
    return Thread(root, _branches(_items(root.pk, replies, placing)))


def folded_thread(row: Row, placing: Placing) -> Thread:
    """Return the thread of a row with its first `replies`, all but a few of them folded."""
    items = _items(row["id"], row["replies"], placing)
    first, rest = items[:SHOWN_REPLIES], items[SHOWN_REPLIES:]
    late: list[Item] = []
    while rest and placing.must_show(rest[-1]):
        late.insert(0, rest.pop())
    missing = row["reply_count"] - len(row["replies"])
    if len(rest) + missing < 2:
        return Thread(row, _branches(items))
    return Thread(
        row,
        shown=_branches(first),
        folded=_branches(rest),
        late=_branches(late),
        hidden=len(rest) + missing,
        is_open=any(map(placing.must_show, rest)),
        is_whole=not missing,
    )


def _items(root: int, replies: Iterable[Row], placing: Placing) -> list[Item]:
    items = [*map(Item, replies), *placing.under(root)]
    return sorted(items, key=lambda item: (item.branch, item.number))


def _branches(items: Iterable[Item]) -> list[Branch]:
    made = []
    for number, group in groupby(items, key=lambda item: item.branch):
        members = list(group)
        head = members.pop(0) if members[0].number == number else None
        made.append(Branch(head, members))
    return made


def _root(item: Item) -> int | None:
    return item.comment.parent_id if isinstance(item.comment, Comment) else None
