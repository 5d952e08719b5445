"""After an import a report tells what the judges would have done, against what people did."""

import io

import pytest
from django.core.management import call_command

from comments.models import Comment
from moderation.models import Decision
from tests.comments.archives.conftest import Import
from tests.comments.archives.files import comment, item, wxr
from tests.makers import SPAM, make_comment

pytestmark = pytest.mark.django_db


def said(**options: object) -> str:
    out = io.StringIO()
    call_command("compare_judges", stdout=out, **options)
    return out.getvalue()


def test_the_judges_outcomes_stand_beside_those_of_people(bring: Import) -> None:
    bring(
        wxr(
            item(
                comment(1, content="Дякую за новину, міст давно пора відремонтувати."),
                comment(2, content=SPAM, approved="spam"),
                comment(3, content=SPAM.replace("5000", "7000"), approved="1"),
                comment(4, content="Гарна стаття, цікаво було прочитати.", approved="trash"),
                comment(5, approved="0"),
            )
        )
    )
    make_comment()
    before = Decision.objects.count(), list(Comment.objects.values_list("pk", "version"))
    report = said()
    assert "Comments: 4, of which people rejected 2." in report
    assert "| published | 1 | 0 | 1 |" in report
    assert "| rejected: spam | 0 | 0 | 1 |" in report
    assert "| rejected: reviewed | 1 | 0 | 0 |" in report
    assert "| spam | 1 | 1 |" in report
    assert "| rejected | 2 | 50.0%" in report
    assert (Decision.objects.count(), list(Comment.objects.values_list("pk", "version"))) == before


def test_of_many_comments_the_same_some_are_judged(bring: Import) -> None:
    bring(wxr(item(*(comment(n, content=f"Дякую, {n}.") for n in range(1, 9)))))
    assert "Comments: 3," in said(most=3)
    assert said(most=3) == said(most=3)


def test_a_site_without_imports_is_told_so() -> None:
    make_comment()
    assert said() == "The site has no imported comments that people decided about.\n"
