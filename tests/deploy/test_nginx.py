"""The nginx snippet caches lists for seconds, and nothing that is personal."""

import http.client
import json
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from comments.models import DEFAULT_KEY, Article, Comment
from moderation.policy.verdict import Outcome, Reason
from tests.comments.reception.rest import GOOD
from tests.config.web import web_server
from tests.deploy.nginx import checked, nginx, program
from tests.makers import decide, make_article, make_comment
from tests.processes import Broker

pytestmark = pytest.mark.skipif(not program(), reason="nginx is not installed")

TOKEN = "a-token-of-more-than-twenty-characters"
# The header says three seconds. nginx counts whole seconds, which may add one at either end.
BOUND = 5.0
Answer = tuple[int, dict[str, str], bytes]


@pytest.fixture(scope="module")
def port(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    folder = tmp_path_factory.mktemp("web")
    with web_server(folder, METRICS_TOKEN=TOKEN) as web, nginx(web.port) as found:
        yield found


@pytest.fixture
def article(transactional_db: None, broker: Broker) -> Article:
    return make_article()


def ask(port: int, path: str, body: object = None, **headers: str) -> Answer:
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        sent = None if body is None else json.dumps(body).encode()
        kind = {"Host": "localhost", "Content-Type": "application/json"}
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        link.request("GET" if body is None else "POST", path, sent, {**kind, **headers})
        answer = link.getresponse()
        return answer.status, dict(answer.headers), answer.read()
    finally:
        link.close()


def list_of(article: Article) -> str:
    return f"/api/v1/articles/{article.key}/comments/"


def shown(port: int, article: Article) -> list[int]:
    return [row["id"] for row in json.loads(ask(port, list_of(article))[2])["results"]]


def seconds_until(port: int, article: Article, wanted: list[int]) -> float:
    """Return how long it takes until the list is this one, requested ten times per second."""
    begun = time.monotonic()
    while shown(port, article) != wanted:
        assert time.monotonic() - begun < 20
        time.sleep(0.1)
    return time.monotonic() - begun


def test_nginx_accepts_the_configuration(tmp_path: Path) -> None:
    done = checked(tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_recently_requested_list_comes_from_the_cache(port: int, article: Article) -> None:
    comment = make_comment(article)
    first = ask(port, list_of(article), Accept_Language="uk")
    second = ask(port, list_of(article), Accept_Language="en", Cookie="csrftoken=x")
    assert [each[1]["X-Cache"] for each in (first, second)] == ["MISS", "HIT"]
    assert second[2] == first[2]
    assert [row["id"] for row in json.loads(second[2])["results"]] == [comment.pk]


def test_the_lists_of_every_site_are_cached(port: int, article: Article) -> None:
    path = f"/api/v1/sites/{DEFAULT_KEY}/articles/{article.key}/comments/"
    assert [ask(port, path)[1]["X-Cache"] for _ in range(2)] == ["MISS", "HIT"]


def test_a_conditional_request_is_answered_by_the_cache_without_a_body(
    port: int, article: Article
) -> None:
    make_comment(article)
    _, headers, _ = ask(port, list_of(article))
    status, again, body = ask(port, list_of(article), If_None_Match=headers["ETag"])
    assert (status, body, again["X-Cache"]) == (304, b"", "HIT")


def test_pages_and_hosts_are_cached_separately(port: int, article: Article) -> None:
    for _ in range(21):
        make_comment(article)
    page = json.loads(ask(port, list_of(article))[2])
    assert page["next"].startswith("http://localhost/")
    elsewhere = json.loads(ask(port, list_of(article), Host="127.0.0.1")[2])
    assert elsewhere["next"].startswith("http://127.0.0.1/")
    following = urlsplit(page["next"])
    rest = json.loads(ask(port, f"{following.path}?{following.query}")[2])
    assert len({row["id"] for row in [*page["results"], *rest["results"]]}) == 21


def test_a_removed_comment_disappears_from_the_cache_within_seconds(
    port: int, article: Article
) -> None:
    kept, taken_down = make_comment(article), make_comment(article)
    for _ in range(2):
        assert shown(port, article) == [taken_down.pk, kept.pk]
    decide(taken_down, Outcome.REJECT, Reason.TOXICITY)
    assert seconds_until(port, article, [kept.pk]) < BOUND


def test_an_old_list_is_not_served_after_a_pause(port: int, article: Article) -> None:
    comment = make_comment(article)
    assert shown(port, article) == [comment.pk]
    decide(comment, Outcome.REJECT, Reason.TOXICITY)
    time.sleep(BOUND)
    assert shown(port, article) == []


def test_no_personal_answer_comes_from_the_cache(port: int, article: Article) -> None:
    status, headers, body = ask(port, list_of(article), GOOD)
    assert (status, headers.get("X-Cache")) == (202, None)
    address = urlsplit(json.loads(body)["status_url"]).path
    assert json.loads(ask(port, address)[2])["status"] == "pending"
    comment = Comment.objects.get(pk=json.loads(body)["id"])
    decide(comment, Outcome.PUBLISH, Reason.CLEAN)
    assert json.loads(ask(port, address)[2])["status"] == "published"
    for path in (address, f"/uk/articles/{article.key}/", "/uk/admin/login/", "/api/v1/challenge/"):
        assert "X-Cache" not in ask(port, path)[1]


def test_errors_are_not_cached(port: int, article: Article) -> None:
    for _ in range(2):
        status, headers, _ = ask(port, f"{list_of(article)}?parent=x")
        assert (status, headers["X-Cache"]) == (400, "MISS")


@pytest.mark.parametrize("path", ["/metrics", "/readyz"])
def test_the_operators_pages_are_not_public(port: int, path: str) -> None:
    assert ask(port, path, Authorization=f"Bearer {TOKEN}")[0] == 404


def test_a_request_that_is_too_large_is_not_passed_on(port: int, article: Article) -> None:
    status, _, body = ask(port, list_of(article), {"text": "x" * 1_100_000})
    assert status == 413
    assert b"nginx" in body
