"""A real WordPress asks this service through our plugin, and never publishes what is not clean."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from comments.models import CheckedText, Label
from tests.comments.protocols.akismet import wordpress
from tests.comments.protocols.akismet.wordpress import WordPress
from tests.comments.protocols.texts import CLEAN, DOUBTFUL, SPAM

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("_second_judge_has_time"),
    pytest.mark.one_database,
    pytest.mark.skipif(bool(wordpress.missing()), reason=wordpress.missing()),
]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WordPress]:
    with wordpress.running(tmp_path_factory.mktemp("wp")) as blog:
        yield blog


@pytest.fixture
def blog(installed: WordPress, live_server: LiveServer, check_key: Callable[..., str]) -> WordPress:
    installed.point_at(live_server.url, check_key(text_kept_days=30))
    return installed


def test_its_comments_get_the_services_verdict_and_its_editors_corrections_become_labels(
    blog: WordPress,
) -> None:
    assert blog.comment(SPAM) == "spam"
    blog.mark("unspamcomment")
    assert blog.comment(DOUBTFUL) == "0"
    assert blog.comment(CLEAN) == "1"
    blog.mark("spamcomment")
    kept = dict(CheckedText.objects.values_list("text", "label"))
    assert kept == {SPAM: Label.HAM, DOUBTFUL: "", CLEAN: Label.SPAM}


def test_without_an_answer_it_holds_comments(blog: WordPress, live_server: LiveServer) -> None:
    blog.point_at("http://127.0.0.1:9", "abcdefghijkl")
    assert blog.comment(f"{CLEAN} Служба не відповідає.") == "0"
    blog.point_at(f"{live_server.url}/nowhere", "abcdefghijkl")
    assert blog.comment(f"{CLEAN} Сторінки немає.") == "0"


def test_an_unknown_key_holds_comments(blog: WordPress, live_server: LiveServer) -> None:
    blog.point_at(live_server.url, "000000000000")
    assert blog.comment(f"{CLEAN} Ключа ніхто не знає.") == "0"


def test_a_model_that_fails_holds_comments(
    blog: WordPress, settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("moderation.model_registry._loaded", {})
    settings.MODEL_DIR = str(tmp_path)
    assert blog.comment(f"{CLEAN} Модель не читається.") == "0"


def test_the_plugins_answer_holds_in_newer_versions_too(blog: WordPress) -> None:
    """They publish whatever has no guid; Debian's version does not look at it."""
    blog.point_at("http://127.0.0.1:9", "abcdefghijkl")
    ask = "$a = wp_remote_post('https://rest.akismet.com/1.1/{}', array()); echo json_encode($a);"
    held = json.loads(blog.run(ask.format("comment-check")))
    assert held["body"] not in {"true", "false"}
    assert len(held["headers"]["x-akismet-guid"]) == 32
    assert held["headers"]["x-akismet-error"] == "unavailable"
    assert "errors" in json.loads(blog.run(ask.format("submit-spam")))
