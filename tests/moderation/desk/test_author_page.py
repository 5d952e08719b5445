"""The page of an author: what it shows, and who takes and ends which measures there."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comments.models import Comment, Status
from moderation import notes
from moderation.accounts.models import User
from moderation.accounts.roles import Role
from moderation.models import AuthorMeasure
from moderation.policy.verdict import Measure
from tests.makers import make_comment
from tests.moderation.desk.desks import QUEUE, card_page, signed_in_as

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
M, L, A = Role.MODERATOR, Role.LEAD, Role.AUDITOR
EMAIL, ADDRESS = "olena@example.org", "203.0.113.7"
HERS: dict[str, Any] = {"author_email": EMAIL, "secret": "of her browser", "address": ADDRESS}


@pytest.fixture
def hers() -> Comment:
    return make_comment(status=Status.HELD, author_name="Олена", text="Моя думка.", **HERS)


def page_of(comment: Comment) -> str:
    return f"/en/admin/authors/{comment.author_key}/"


def measure(comment: Comment, kind: str = "hold", scope: str = "writer", **also: str) -> Any:
    data = {"kind": kind, "about": f"{scope}-{comment.pk}", "period": "week", "reason": "Лається."}
    return {**data, **also}


def taken() -> list[tuple[str, str]]:
    return [(each.kind, each.scope) for each in AuthorMeasure.objects.in_force()]


def end(client: Client, what: str = "end") -> int:
    pk = AuthorMeasure.objects.latest("pk").pk
    return client.post(f"/en/admin/measures/{pk}/{what}/").status_code


def test_the_page_joins_what_was_sent_under_one_e_mail(hers: Comment) -> None:
    second = make_comment(
        author_email=EMAIL, author_name="О. К.", text="Друга думка.", secret="of another browser"
    )
    make_comment(text="Чужа думка.")
    notes.note_on_author(author_key=hers.author_key, text="Читаймо уважно.", by=_user())
    shown = signed_in_as(M).get(page_of(hers)).content.decode()
    for words in ("Олена", "О. К.", "Моя думка.", "Друга думка.", "Читаймо уважно.",
                  "published 1, waiting 1, rejected 0", f"the browser of #{hers.pk}",
                  f"the browser of #{second.pk}"):  # fmt: skip
        assert words in shown
    assert "Чужа думка." not in shown
    for private in (EMAIL, ADDRESS, hers.writer_key, hers.contact.address_key):
        assert private not in shown


def _user() -> User:
    return User.objects.create_user("iryna")


@pytest.mark.parametrize("role", Role)
def test_every_role_reads_the_page_and_only_those_who_decide_have_its_forms(
    role: Role, hers: Comment
) -> None:
    answer = signed_in_as(role).get(page_of(hers))
    assert answer.status_code == 200
    shown = answer.content.decode()
    assert ('name="kind"' in shown) is (role is not A)
    assert ('value="ban"' in shown) is (role is L)
    assert (f'value="network-{hers.pk}"' in shown) is (role is L)
    assert ("Note for colleagues" in shown) is (role is not A)


def test_an_unknown_author_has_no_page(hers: Comment) -> None:
    assert signed_in_as(M).get("/en/admin/authors/nobody/").status_code == 404


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(
    ("kind", "scope", "who"),
    [
        ("hold", "writer", {M, L}),
        ("hold", "author", {M, L}),
        ("hold", "network", {L}),
        ("ban", "writer", {L}),
        ("ban", "network", {L}),
        ("trust", "writer", {L}),
        ("ban", "author", set()),
        ("trust", "author", set()),
        ("trust", "network", set()),
    ],
)
def test_each_role_takes_its_measures_only(
    role: Role, hers: Comment, kind: str, scope: str, who: set[Role]
) -> None:
    client = signed_in_as(role)
    answer = client.post(page_of(hers), measure(hers, kind, scope))
    assert answer.status_code == (403 if role is A else 302 if role in who else 200)
    assert taken() == ([(kind, scope)] if role in who else [])


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"kind": "ban", "about": "author-{pk}"}, "Anybody can type an e-mail"),
        ({"kind": "trust", "about": "network-{pk}"}, "it cannot be trusted"),
        ({"about": "network-{pk}", "period": "good"}, "Addresses change hands"),
        ({"reason": ""}, "This field is required"),
        ({"about": "writer-999"}, "Select a valid choice"),
    ],
)
def test_a_refused_form_is_shown_again_with_what_was_typed(
    hers: Comment, data: dict[str, str], says: str
) -> None:
    sent = {name: value.format(pk=hers.pk) for name, value in data.items()}
    answer = signed_in_as(L).post(page_of(hers), {**measure(hers), **sent})
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert says in shown
    assert ('value="Лається."' in shown) is ("reason" not in data)
    assert not taken()


def test_a_measure_has_the_end_that_was_chosen(hers: Comment) -> None:
    client = signed_in_as(L)
    for period, days in (("day", 1), ("week", 7), ("month", 30), ("good", None)):
        client.post(page_of(hers), measure(hers, period=period))
        made = AuthorMeasure.objects.latest("pk")
        lasts = (made.until - made.created_at).total_seconds() if made.until else None
        assert lasts == (pytest.approx(days * 86400, abs=5) if days else None)
    assert len(taken()) == 1


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(("kind", "who"), [(Measure.HOLD, {M, L}), (Measure.BAN, {L})])
def test_who_may_take_a_measure_may_end_it(
    role: Role, hers: Comment, kind: str, who: set[Role]
) -> None:
    signed_in_as(L, "olha").post(page_of(hers), measure(hers, kind))
    assert end(signed_in_as(role)) == (302 if role in who else 403)
    assert taken() == ([] if role in who else [(kind, "writer")])


def test_a_measure_is_undone_by_who_took_it_and_by_leads(settings: Any, hers: Comment) -> None:
    settings.UNDO_MINUTES = 10
    marta = signed_in_as(M, "marta")
    marta.post(page_of(hers), measure(hers))
    assert end(signed_in_as(M, "ivan"), "undo") == 403
    assert end(signed_in_as(A), "undo") == 403
    assert "Undo" in marta.get(page_of(hers)).content.decode()
    assert end(marta, "undo") == 302
    assert not taken()
    marta.post(page_of(hers), measure(hers))
    end(marta)
    assert end(signed_in_as(L), "undo") == 302
    assert taken() == [("hold", "writer")]


def test_the_same_measure_is_not_ended_twice(hers: Comment) -> None:
    client = signed_in_as(M)
    client.post(page_of(hers), measure(hers))
    end(client)
    assert end(client) == 302
    assert "A colleague has changed this" in client.get(page_of(hers)).content.decode()


def test_a_measure_does_not_end_by_opening_an_address(hers: Comment) -> None:
    client = signed_in_as(L)
    client.post(page_of(hers), measure(hers))
    pk = AuthorMeasure.objects.get().pk
    assert client.get(f"/en/admin/measures/{pk}/end/").status_code == 405
    assert taken()


def test_the_card_leads_to_the_author_and_tells_of_measures_and_notes(hers: Comment) -> None:
    client = signed_in_as(L)
    client.post(page_of(hers), measure(hers))
    notes.note_on_author(author_key=hers.author_key, text="Читаймо уважно.", by=_user())
    for page in (QUEUE, card_page(hers)):
        shown = client.get(page).content.decode()
        assert f'href="{page_of(hers)}?comment={hers.pk}"' in shown
        assert "held author until" in shown
        assert "1 note<" in shown


def test_the_browser_of_the_comment_that_one_comes_from_is_chosen(hers: Comment) -> None:
    make_comment(author_email=EMAIL, secret="of another browser")
    shown = signed_in_as(M).get(f"{page_of(hers)}?comment={hers.pk}").content.decode()
    assert _is_chosen(shown, hers)


@pytest.mark.parametrize("scope", ["writer", "author", "network"])
@pytest.mark.parametrize("since", [1, 26])
def test_a_measure_is_taken_though_the_author_has_written_more_meanwhile(
    hers: Comment, scope: str, since: int
) -> None:
    sent = measure(hers, "hold", scope)
    for _ in range(since):
        make_comment(**HERS)
    assert signed_in_as(L).post(page_of(hers), sent).status_code == 302
    assert taken() == [("hold", scope)]


def test_a_browser_is_named_by_its_comment_though_others_were_used_since(hers: Comment) -> None:
    sent = measure(hers, "ban")
    for number in range(26):
        make_comment(author_email=EMAIL, secret=f"browser {number}")
    assert signed_in_as(L).post(page_of(hers), {**sent, "reason": ""}).status_code == 200
    assert signed_in_as(L, "larysa").post(page_of(hers), sent).status_code == 302
    assert AuthorMeasure.objects.get().key == hers.writer_key
    shown = signed_in_as(M).get(f"{page_of(hers)}?comment={hers.pk}").content.decode()
    assert _is_chosen(shown, hers)


def test_a_refused_form_keeps_the_browser_though_the_author_has_written_more(hers: Comment) -> None:
    make_comment(**HERS)
    answer = signed_in_as(L).post(page_of(hers), measure(hers, reason=""))
    assert _is_chosen(answer.content.decode(), hers)


@pytest.mark.parametrize("scope", ["writer", "author", "network"])
def test_nobody_else_is_named_by_a_form(hers: Comment, scope: str) -> None:
    other = make_comment(secret="his", address="198.51.100.9")
    answer = signed_in_as(L).post(page_of(hers), measure(other, "hold", scope))
    assert "Select a valid choice" in answer.content.decode()
    assert not taken()


def _is_chosen(page: str, comment: Comment) -> bool:
    radio = page.partition(f'value="writer-{comment.pk}"')[2].partition(">")[0]
    return "checked" in radio


def test_the_page_names_how_many_others_share_a_network(hers: Comment) -> None:
    make_comment(address=ADDRESS, secret="his")
    make_comment(address="198.51.100.9", secret="far")
    shown = signed_in_as(L).get(page_of(hers)).content.decode()
    assert "1 other author wrote from it" in shown


def test_a_queue_of_any_length_takes_the_same_number_of_queries(hers: Comment) -> None:
    client = signed_in_as(L)
    client.post(page_of(hers), measure(hers))
    with CaptureQueriesContext(connection) as with_one:
        client.get(QUEUE)
    for _ in range(5):
        comment = make_comment(status=Status.HELD, secret="one")
        client.post(page_of(comment), measure(comment))
    with CaptureQueriesContext(connection) as with_six:
        client.get(QUEUE)
    assert len(with_six) == len(with_one)
