"""What moderators have decided, asked and noted about the comments of a page."""

from collections.abc import Sequence
from dataclasses import dataclass

from comments.models import Comment
from moderation.author_measures import measures_on
from moderation.models import AuthorMeasure, Question
from moderation.notes import count_on, questions_on


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The measures in force on a comment, its open questions and the number of its notes."""

    measures: Sequence[AuthorMeasure] = ()
    questions: Sequence[Question] = ()
    notes: int = 0

    def __bool__(self) -> bool:
        return bool(self.measures or self.questions or self.notes)


def standings(comments: Sequence[Comment]) -> dict[int, Standing]:
    """Return the standing of each comment, in a constant number of queries."""
    measures, notes = measures_on(comments), count_on(comments)
    questions = questions_on(comment.pk for comment in comments)
    return {
        each.pk: Standing(
            measures=measures[each.pk],
            questions=questions.get(each.pk, ()),
            notes=notes[each.pk],
        )
        for each in comments
    }
