"""Leads correct articles in the admin; only superusers change sites."""

import pytest
from django.test import Client

from comments.models import Article, Site
from moderation.accounts.models import User
from moderation.accounts.roles import Role, make_member
from tests.makers import make_article

pytestmark = pytest.mark.django_db
WHEN = {"published_at_0": "2026-11-28", "published_at_1": "08:00:00"}
FORM = {
    "url": "https://news.example/mist",
    "title": "Міст закрито",
    "section": "Місто",
    "closes_at_0": "2026-12-12",
    "closes_at_1": "08:00:00",
    **WHEN,
}


def signed_in(role: Role) -> Client:
    client = Client()
    client.force_login(make_member(role, role)[0])
    return client


def test_a_lead_corrects_an_article_and_sets_when_it_closes(client: Client) -> None:
    article = make_article(key="mist")
    lead = signed_in(Role.LEAD)
    shown = lead.get(f"/uk/admin/comments/article/{article.pk}/change/").content.decode()
    assert "Body" not in shown
    answer = lead.post(f"/uk/admin/comments/article/{article.pk}/change/", FORM)
    assert answer.status_code == 302
    article.refresh_from_db()
    assert (article.url, article.title, article.key) == (FORM["url"], FORM["title"], "mist")
    assert article.closes_at is not None


def test_a_lead_adds_an_article(client: Client) -> None:
    lead = signed_in(Role.LEAD)
    assert lead.post("/uk/admin/comments/article/add/", {**FORM, "key": "a b"}).status_code == 200
    assert lead.post("/uk/admin/comments/article/add/", {**FORM, "key": "mist"}).status_code == 302
    assert (Article.objects.get().key, Article.objects.get().site_id) == ("mist", "main")


def test_a_key_that_already_exists_is_reported(client: Client) -> None:
    make_article(key="mist")
    answer = signed_in(Role.LEAD).post("/uk/admin/comments/article/add/", {**FORM, "key": "mist"})
    assert answer.status_code == 200
    assert Article.objects.count() == 1


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.AUDITOR])
def test_nobody_else_can_change_an_article(client: Client, role: Role) -> None:
    article = make_article()
    answer = signed_in(role).post(f"/uk/admin/comments/article/{article.pk}/change/", FORM)
    assert answer.status_code == 403


def test_only_superusers_can_change_sites(client: Client) -> None:
    Site.objects.default()
    assert signed_in(Role.LEAD).get("/uk/admin/comments/site/").status_code == 403
    client.force_login(User.objects.create_superuser("root"))
    form = {"key": "second", "name": "Друга", "origins": "second.example"}
    refused = client.post("/uk/admin/comments/site/add/", form).content.decode()
    assert "second.example – це не адреса" in refused
    form["origins"] = "https://second.example\nhttps://*.second.example"
    assert client.post("/uk/admin/comments/site/add/", form).status_code == 302
    assert Site.objects.get(pk="second").allows("https://www.second.example/a")
