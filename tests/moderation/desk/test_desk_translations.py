"""The desk in Ukrainian: correct grammatical cases, percentages, better translations of Django."""

import re
from pathlib import Path

import django
import pytest
import rest_framework
from babel.messages.pofile import read_po
from django.conf import settings
from django.test import Client

from comments.models import Status
from moderation.accounts.models import User
from moderation.accounts.roles import Role
from moderation.models import Decision
from tests.makers import make_article, make_comment, set_policy
from tests.moderation.desk.desks import signed_in_as, signed_in_as_superuser

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
DESK = "/uk/admin/"


@pytest.fixture
def superuser() -> Client:
    return signed_in_as_superuser("uk")


def heading(client: Client, page: str) -> tuple[str, str]:
    """Return the title of the window without the desk's name, and the heading of the page."""
    shown = client.get(DESK + page).content.decode()
    title = re.search(r"<title>(.*?) \| Модерація коментарів</title>", shown)
    heading = re.search(r"<h1>(.*?)</h1>", shown)
    assert title, page
    assert heading, page
    return title[1], heading[1]


@pytest.mark.parametrize(
    ("page", "name"),
    [
        ("queue/", "Коментарі в черзі"),
        ("comments/", "Коментарі"),
        ("moderation/decision/", "Журнал рішень"),
        ("moderation/privacyentry/", "Журнал доступу до особистих даних"),
        ("moderation/sitepolicy/add/", "Правила сайту"),
        ("comments/article/", "Статті"),
        ("comments/article/add/", "Додати: стаття"),
        ("accounts/user/", "Користувачі"),
        ("accounts/user/add/", "Додати: користувач"),
        ("moderation/", "Розділ «Модерація»"),
        ("password_change/", "Зміна пароля"),
    ],
)
def test_a_lists_title_names_its_content(superuser: Client, page: str, name: str) -> None:
    assert heading(superuser, page) == (name, name)


def test_an_objects_page_is_titled_by_its_kind_and_name(superuser: Client) -> None:
    article = make_article(title="Міст")
    title, name = heading(superuser, f"comments/article/{article.pk}/change/")
    assert (title, name) == ("Міст | Змінити: стаття", "Змінити: стаття")


def test_the_policy_opens_without_a_list(superuser: Client) -> None:
    pages = f"{DESK}moderation/sitepolicy/"
    assert superuser.get(pages).headers["Location"] == f"{pages}add/"
    policy = set_policy()
    assert superuser.get(pages).headers["Location"] == f"{pages}{policy.pk}/change/"


def test_the_sign_in_page_has_a_heading() -> None:
    assert heading(Client(), "login/") == ("Увійти", "Увійти")


def test_texts_whose_translation_we_replace_still_exist_in_the_libraries() -> None:
    base = Path(django.__file__).parent
    known = set()
    for app in ("contrib/admin", "contrib/auth"):
        with (base / app / "locale/uk/LC_MESSAGES/django.po").open(encoding="utf-8") as file:
            known |= {entry.id for entry in read_po(file)}
    ours = Path(settings.BASE_DIR) / "config/locale/uk/LC_MESSAGES/django.po"
    with ours.open(encoding="utf-8") as file:
        own = {str(entry.id) for entry in read_po(file)} - known
    # REST framework is installed without its catalogues; one of its texts is Django's.
    read = [*Path(rest_framework.__file__).parent.glob("*.py"), base / "core" / "validators.py"]
    source = "".join(path.read_text() for path in read)
    assert [each for each in own if each not in source] == []


def test_no_count_is_followed_by_a_name_that_would_have_to_agree(superuser: Client) -> None:
    make_article()
    make_article()
    assert "Усього: 2" in superuser.get(f"{DESK}comments/article/").content.decode()
    found = superuser.get(f"{DESK}comments/article/?q=нема").content.decode()
    assert "Знайдено: 0" in found
    assert "Показати всі" in found


def test_the_log_shows_scores_in_percent(superuser: Client) -> None:
    comment = make_comment(status=Status.HELD)
    scored = Decision(
        comment=comment,
        outcome="hold",
        reason="spam",
        revision=comment.revisions.get(),
        actor_kind="policy",
    )
    scored.scores = {"spam": 0.163, "toxicity": 0.02}
    scored.save()
    page = superuser.get(f"{DESK}moderation/decision/").content.decode()
    assert "спам 16%, образа 2%" in page
    assert '<td class="log-scores log-no-scores">—</td>' in page
    assert "0.16" not in page


def test_a_decision_redirects_to_its_comment(superuser: Client) -> None:
    decision = make_comment(status=Status.HELD).decisions.get()
    answer = superuser.get(f"{DESK}moderation/decision/{decision.pk}/change/")
    assert answer["Location"] == f"{DESK}comments/{decision.comment_id}/"
    assert superuser.get(f"{DESK}moderation/decision/0/change/").status_code == 404


def test_a_threshold_is_entered_in_percent_and_stored_as_a_fraction() -> None:
    policy = set_policy(toxicity_hold_at=0.655)
    lead = signed_in_as(Role.LEAD)
    address = f"{DESK}moderation/sitepolicy/{policy.pk}/change/"
    assert 'value="65.5"' in lead.get(address).content.decode()
    typed = {"toxicity_hold_at": "70", "spam_hold_at": "80.5", "max_links": 2, "trusted_after": 0}
    assert lead.post(address, typed).status_code == 302
    policy.refresh_from_db()
    assert policy.thresholds == {"toxicity": {"hold_at": 0.7}, "spam": {"hold_at": 0.805}}
    assert lead.post(address, {**typed, "spam_hold_at": "101"}).status_code == 200


def test_a_read_only_policy_is_shown_in_percent_too() -> None:
    policy = set_policy(toxicity_hold_at=0.7)
    page = signed_in_as(Role.AUDITOR).get(f"{DESK}moderation/sitepolicy/{policy.pk}/change/")
    assert page.status_code == 200
    assert "70%" in page.content.decode()
    assert "0,7" not in page.content.decode()


@pytest.mark.parametrize("language", ["en", "uk"])
def test_a_page_is_in_one_language(superuser: Client, language: str) -> None:
    marta = User.objects.create_user("marta", password="довга фраза 15")
    page = superuser.get(f"/{language}/admin/accounts/user/{marta.pk}/password/").content.decode()
    known = {"en": "Without a password this person", "uk": "Без пароля ця людина"}
    assert {code for code, words in known.items() if words in page} == {language}
    assert "Якщо вимкнути" not in page
    assert "will be lost" not in page or language == "en"


@pytest.mark.parametrize("language", ["uk", "en"])
def test_the_queue_comes_first_in_every_language(superuser: Client, language: str) -> None:
    page = superuser.get(f"/{language}/admin/").content.decode()
    listed = re.findall(r'<tr class="model-(\w+)', page)
    assert listed[:4] == ["queue", "campaignlist", "reported", "rejected"]
    assert listed.index("allcomments") < listed.index("user")


def test_names_are_only_used_where_they_need_no_declension(superuser: Client) -> None:
    parent = make_comment(author_name="Наталія Гнатів", text="Скільки в автобусі місць?")
    make_comment(parent.article, Status.HELD, parent=parent)
    page = superuser.get(f"{DESK}queue/list/").content.decode()
    assert "відповідь на коментар «Скільки в автобусі місць?» (Наталія Гнатів)" in page
