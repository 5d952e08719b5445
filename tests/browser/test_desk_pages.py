"""Every page of the desk in a real browser, for screen readers and for phones."""

import pytest
from playwright.sync_api import expect

from comments.models import Comment, Status
from moderation import notes
from moderation.accounts.models import User
from moderation.accounts.roles import Role, make_member
from moderation.author_measures import Terms, set_measure
from moderation.models import SitePolicy
from tests.browser.reading import OpenDesk, faults
from tests.makers import make_article, make_comment, set_policy

pytestmark = pytest.mark.django_db(transaction=True)
PHONE, DESKTOP = 390, 1280
FITS = "document.documentElement.scrollWidth <= innerWidth"
DESK = "/uk/admin/"


@pytest.fixture
def held(transactional_db: None) -> Comment:
    """A long comment in the queue, with a short one and a rejected one."""
    set_policy(banned_words="рядк*")
    article = make_article(title="Міст")
    make_comment(article, Status.HELD, text="Коротко.")
    make_comment(article, Status.REJECTED)
    comment = make_comment(article, Status.HELD, text="Довгий рядок за рядком.\n" * 60)
    _write_about(comment)
    return comment


def _write_about(comment: Comment) -> None:
    """A measure, a note that was edited, and a question to the leads."""
    lead = make_member("olha", Role.LEAD)[0]
    terms = Terms(kind="hold", scope="writer", reason="Сварилася у трьох темах.")
    set_measure(comment=comment, terms=terms, user=lead)
    note = notes.note_on_author(author_key=comment.author_key, text="Слово. " * 40, by=lead)
    notes.mend(note=note, text="Довгеслово" * 30, by=lead)
    notes.ask(comment=comment, text="Чи це вже образа?", by=lead, addressee=None)


def addresses(held: Comment) -> tuple[str, ...]:
    """Every page of the desk."""
    policy = SitePolicy.objects.get().pk
    return (
        "",
        "moderation/",
        "queue/",
        "queue/?q=немає",
        "queue/list/",
        "queue/list/?q=немає",
        f"comments/{held.pk}/",
        f"comments/{held.pk}/ask/",
        f"authors/{held.author_key}/",
        "questions/",
        "moderation/decision/",
        "moderation/decision/?outcome=hold&q=рядок",
        "dashboard/",
        "dashboard/?days=30",
        "rejected/",
        f"moderation/sitepolicy/{policy}/change/",
        f"moderation/sitepolicy/{policy}/history/",
        "moderation/rejectionreason/",
        "moderation/rejectionreason/add/",
        "comments/",
        f"comments/article/{held.article_id}/change/",
        "accounts/user/",
        "accounts/user/add/",
        "password_change/",
        "one-time-codes/",
        "accounts/accountentry/",
    )


def test_axe_finds_nothing_and_every_page_fits_its_width(
    open_desk: OpenDesk, held: Comment
) -> None:
    stranger = open_desk(DESKTOP)
    stranger.goto(DESK)
    assert stranger.locator("[name=password]").is_visible()
    for width in (DESKTOP, PHONE):
        stranger.set_viewport_size({"width": width, "height": 800})
        assert faults(stranger) == []
    page = open_desk(DESKTOP, User.objects.create_superuser("superuser"))
    for address in addresses(held):
        page.goto(DESK + address)
        for width in (PHONE, DESKTOP):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate(FITS), (address, width)
            assert faults(page) == [], (address, width)


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_no_cell_of_the_log_is_cut_off(open_desk: OpenDesk, held: Comment, width: int) -> None:
    page = open_desk(width, User.objects.create_superuser("superuser"))
    page.goto(DESK + "moderation/decision/")
    # On a phone, a cell without scores is left out.
    cells = page.locator(".log td:visible")
    assert cells.count() == (3 * 5 if width == DESKTOP else 3 * 4)
    for cell in cells.all():
        box = cell.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert cell.evaluate("cell => cell.scrollWidth <= cell.clientWidth + 1")


def test_what_new_words_would_have_caught_reads_well_everywhere(
    open_desk: OpenDesk, held: Comment
) -> None:
    page = open_desk(PHONE, User.objects.create_superuser("superuser"))
    page.goto(f"{DESK}moderation/sitepolicy/{SitePolicy.objects.get().pk}/change/")
    page.fill("[name=banned_words]", "рядк*\nдовг*\nо")
    page.click("[name=_save]")
    for width in (PHONE, DESKTOP):
        page.set_viewport_size({"width": width, "height": 800})
        expect(page.locator(".desk-lint mark")).to_have_count(1)
        assert page.evaluate(FITS)
        assert faults(page) == []
    page.click("[name=_save]")
    expect(page.locator(".messagelist")).to_contain_text("Правила збережено")


def test_the_dial_is_set_on_a_card_and_undone_from_its_message(
    open_desk: OpenDesk, held: Comment
) -> None:
    page = open_desk(PHONE, User.objects.create_superuser("superuser"))
    page.goto(f"{DESK}comments/{held.pk}/")
    page.click(".desk-dial summary")
    page.click(".desk-dial button[value='6']")
    for width in (PHONE, DESKTOP):
        page.set_viewport_size({"width": width, "height": 800})
        expect(page.locator(".desk-on-hold")).to_have_count(1)
        assert page.evaluate(FITS)
        assert faults(page) == []
    page.click(".messagelist a")
    assert faults(page) == []
    page.click(".desk-undo button")
    expect(page.locator(".desk-on-hold")).to_have_count(0)
