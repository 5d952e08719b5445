"""What browsers and search engines ask every site for, without being told of it by a page."""

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from moderation.accounts.roles import Role
from tests.moderation.desk.desks import signed_in_as

ICON = "comments/icon.svg"


def test_the_usual_address_of_an_icon_leads_to_the_icon(client: Client) -> None:
    answer = client.get("/favicon.ico")
    assert answer.status_code == 302
    assert answer["Location"].endswith(ICON)
    assert "public" in answer["Cache-Control"]
    assert finders.find(ICON)


def test_search_engines_are_asked_to_leave_the_desk_alone(client: Client) -> None:
    answer = client.get("/robots.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    rules = answer.content.decode().splitlines()
    assert rules == ["User-agent: *", "Disallow: /uk/admin/", "Disallow: /en/admin/"]
    assert "public" in answer["Cache-Control"]


@pytest.mark.django_db
def test_the_desk_has_the_icon_too() -> None:
    page = signed_in_as(Role.MODERATOR).get("/en/admin/").content.decode()
    assert f'<link rel="icon" href="/static/{ICON}"' in page
    signed_out = Client().get("/en/admin/login/").content.decode()
    assert ICON in signed_out
