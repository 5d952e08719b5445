"""A site key allows a program what the operator chose, about its own site only."""

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from limits import parse_many

from comments.models import Article, KeyScope, Site, SiteKey
from tests.makers import make_comment

pytestmark = pytest.mark.django_db
READ = ["queue/", "comments/{}/", "decisions/", "policy/", "events/"]
Program = Callable[..., Client]


@pytest.mark.parametrize("path", READ)
def test_nothing_is_told_without_a_key(client: Client, article: Article, path: str) -> None:
    address = f"/api/v1/{path.format(make_comment(article).pk)}"
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic abc"}):
        answer = client.get(address, headers=headers)
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"] == "Bearer"
        assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("path", READ)
def test_a_key_for_articles_reads_nothing(program: Program, article: Article, path: str) -> None:
    address = f"/api/v1/{path.format(make_comment(article).pk)}"
    refused = program(KeyScope.ARTICLES).get(address)
    assert (refused.status_code, refused.json()["type"]) == (403, "urn:comments:problem:key-scope")
    answer = program(KeyScope.READ).get(address)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


def test_a_key_that_reads_decides_nothing(program: Program, article: Article) -> None:
    comment = make_comment(article)
    sent = {"outcome": "hold", "version": comment.version}
    path = f"/api/v1/comments/{comment.pk}/decisions/"
    for scope in (KeyScope.ARTICLES, KeyScope.READ):
        answer = program(scope).post(path, sent, content_type="application/json")
        assert answer.status_code == 403
    comment.refresh_from_db()
    assert comment.status == "published"


def test_each_scope_includes_those_before_it() -> None:
    assert KeyScope.DECIDE.includes(KeyScope.ARTICLES)
    assert KeyScope.READ.includes(KeyScope.READ)
    assert not KeyScope.ARTICLES.includes(KeyScope.READ)


def test_the_command_makes_keys_of_each_scope_and_the_narrowest_by_default() -> None:
    for options in ({}, {"allow": "decide"}):
        call_command(
            "add_site_key", f"app {options}", stdout=StringIO(), stderr=StringIO(), **options
        )
    assert [key.scope for key in SiteKey.objects.order_by("pk")] == ["articles", "decide"]
    with pytest.raises(CommandError):
        call_command("add_site_key", "app", "--allow", "everything")


def test_another_sites_comments_do_not_exist_for_a_program(
    program: Program, article: Article
) -> None:
    comment = make_comment(article)
    other = program(site=Site.objects.create(key="second", name="Друга"))
    assert other.get(f"/api/v1/comments/{comment.pk}/").status_code == 404
    sent = {"outcome": "hold", "version": comment.version}
    path = f"/api/v1/comments/{comment.pk}/decisions/"
    assert other.post(path, sent, content_type="application/json").status_code == 404
    assert other.get("/api/v1/decisions/").json()["results"] == []
    assert other.get("/api/v1/events/").json()["results"] == []


def test_a_revoked_key_is_refused(program: Program) -> None:
    reader = program(KeyScope.READ, name="app")
    assert reader.get("/api/v1/queue/").status_code == 200
    call_command("revoke_site_key", "app", stdout=StringIO())
    assert reader.get("/api/v1/queue/").status_code == 401


@pytest.mark.usefixtures("broker")
def test_a_program_that_asks_too_often_is_told_when_to_ask_again(
    program: Program, settings: Any
) -> None:
    settings.THROTTLES, settings.THROTTLE_SITE_KEY = True, parse_many("2/minute")
    reader, other = program(KeyScope.READ), program(KeyScope.READ, name="other")
    answers = [reader.get("/api/v1/queue/") for _ in range(3)]
    assert [each.status_code for each in answers] == [200, 200, 429]
    assert 0 < int(answers[2]["Retry-After"]) <= 60
    assert other.get("/api/v1/queue/").status_code == 200
