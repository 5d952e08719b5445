"""Comments are found by words in any spelling, quickly, and not once they are erased."""

import time
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from comments.models import Comment, Status
from moderation import erasure, privacy, search, services
from moderation.accounts.roles import Role
from tests.makers import make_article, make_comment
from tests.moderation.desk.desks import ALL, QUEUE, signed_in_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def marta() -> Client:
    return signed_in_as(Role.MODERATOR)


def found(asked: str) -> set[int]:
    return set(search.matching(Comment.objects.all(), asked).values_list("pk", flat=True))


@pytest.mark.parametrize(
    "asked", ["подяка", "Подяка", "ПОДЯКА", "подяк", "Подяка редакції", "ред под"]
)
def test_case_does_not_matter(asked: str) -> None:
    comment = make_comment(text="ПОДЯКА Редакції за новину")
    make_comment(text="Зовсім інше")
    assert found(asked) == {comment.pk}


@pytest.mark.parametrize("mark", ["'", "’", "ʼ", "`", "‘", "′", ""])
def test_apostrophes_do_not_matter(mark: str) -> None:
    written = [make_comment(text=f"Гарне подвір{m}я у нас") for m in ("'", "’", "ʼ", "`")]
    assert found(f"подвір{mark}я") == {comment.pk for comment in written}


def test_stress_marks_composed_letters_and_look_alikes_do_not_matter() -> None:
    comment = make_comment(text="До\u0301рога на Киi\u0308в, дopoга")
    assert found("дорога") == {comment.pk}
    assert found("дорога київ".replace("ї", "i\u0308")) == {comment.pk}


def test_names_are_searched_too_and_digits_must_match() -> None:
    named = make_comment(author_name="Соломія Крук", text="Було у 1991 році")
    other = make_comment(text="Було у 2014 році")
    assert found("соломія") == {named.pk}
    assert found("1991") == {named.pk}
    assert found("20") == {other.pk}


def test_a_comment_is_found_by_its_number() -> None:
    first, second = make_comment(), make_comment()
    assert found(f"#{first.pk}") == {first.pk}
    assert found(f" #{second.pk} ") == {second.pk}
    assert found("#" + "9" * 40) == set()


@pytest.mark.parametrize(
    "asked", ["!!!", "\0", "'", '"', "a:*", "* OR", "-", "x' | 'y", "\\", "🤡"]
)
def test_no_character_in_a_query_causes_an_error(marta: Client, asked: str) -> None:
    make_comment(status=Status.HELD)
    assert marta.get(QUEUE, {"q": asked}).status_code == 200


def test_a_whole_text_can_be_searched_for(marta: Client) -> None:
    make_comment(status=Status.HELD, text="слово слово2")
    words = " ".join(f"слово{number}" for number in range(1100))
    answer = marta.get(QUEUE, {"q": words})
    assert answer.status_code == 200
    assert "Nothing that matches is waiting" in answer.content.decode()


def test_both_lists_of_the_desk_use_this_search(marta: Client) -> None:
    held = make_comment(status=Status.HELD, text="ЖОВТИЙ автобус")
    published = make_comment(text="Жовтого автобуса чекали")
    queue = marta.get(QUEUE, {"q": "жовт"}).content.decode()
    assert held.anchor in queue
    assert published.anchor not in queue
    everything = marta.get(ALL, {"q": "жовт автоб"}).content.decode()
    assert held.anchor in everything
    assert published.anchor in everything


def test_a_decided_comment_can_be_found_whoever_decided_it() -> None:
    scored, unscored, pending = (
        make_comment(status=Status.PENDING, text="Рідкісне слово") for _ in range(3)
    )
    services.moderate(comment_id=scored.pk)
    services.hold_unscored(comment_id=unscored.pk)
    assert found("рідкісн") == {scored.pk, unscored.pk}
    assert pending.pk not in found("рідкісн")


@pytest.mark.django_db(transaction=True)
def test_an_erased_persons_comments_cannot_be_found_and_leave_no_words() -> None:
    comment = make_comment(text="Незабутнє прізвище", author_email="olena@example.org")
    other = make_comment(text="Незабутня подорож")
    assert found("незабутн") == {comment.pk, other.pk}
    assert [word.count("ризвищ") for word in _kept()] == [1, 1]
    privacy.erase_person(email="olena@example.org", operator="test", remove=False)
    assert found("незабутн") == {other.pk}
    assert found("прізвищ") == set()
    assert [word.count("ризвищ") for word in _kept()] == [0, 0]


def test_a_single_erased_comment_cannot_be_found() -> None:
    comment = make_comment(text="Незабутнє прізвище")
    erasure.erase(comment=comment, remove=False)
    assert found("прізвищ") == set()


def test_a_comment_that_was_erased_before_it_was_decided_cannot_be_found() -> None:
    comment = make_comment(status=Status.PENDING, text="Незабутнє", author_name="Рідкісне")
    erasure.erase(comment=comment, remove=False)
    assert found("незабутн") == found("рідкісн") == set()


def _kept() -> list[str]:
    """Return the words that the index has, as text; SQLite leaves out common beginnings."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT string_agg(words::text, ' ') FROM moderation_search")
            return [str(cursor.fetchone()[0])] * 2
        cursor.execute("SELECT block FROM moderation_search_data")
        blocks = b" ".join(row[0] for row in cursor.fetchall())
        cursor.execute("SELECT group_concat(c0) FROM moderation_search_content")
        return [blocks.decode(errors="ignore"), str(cursor.fetchone()[0])]


def test_the_command_rebuilds_the_index() -> None:
    comment, erased = make_comment(text="Давній запис"), make_comment(text="Давня згадка")
    erasure.erase(comment=erased, remove=False)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM moderation_search")
    assert search.needs_rebuild()
    assert found("давн") == set()
    for _ in range(2):
        out = StringIO()
        call_command("index_comments", stdout=out)
        assert out.getvalue() == "Comments in the search index: 1.\n"
        assert found("давн") == {comment.pk}
    assert not search.needs_rebuild()


def test_a_search_among_many_comments_takes_less_than_a_tenth_of_a_second(marta: Client) -> None:
    article = make_article()
    Comment.objects.bulk_create(
        Comment(
            article=article,
            author_name="Читач",
            text=f"Слово{n % 977} серед багатьох інших",
            status="published",
        )
        for n in range(20_000)
    )
    search.store(search.entries(list(Comment.objects.all())))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # What autovacuum does on its own, but not within a test's transaction.
            cursor.execute("SELECT gin_clean_pending_list('moderation_search_words')")
            cursor.execute("ANALYZE moderation_search, comments_comment")
    for asked in ("слово976", "багатьох"):
        # The test machine is busy, so the best of a few counts.
        assert min(_seconds(asked) for _ in range(5)) < 0.1, asked


def _seconds(asked: str) -> float:
    began = time.perf_counter()
    rows = list(search.matching(Comment.objects.order_by("-created_at", "-id"), asked)[:25])
    assert rows
    return time.perf_counter() - began
