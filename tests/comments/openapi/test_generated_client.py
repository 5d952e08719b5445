"""A client generated from the committed document walks a whole journey, with types."""

import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from comments.models import KeyScope, Site, SiteKey
from config.wsgi import application
from moderation.services import moderate
from tests.openapi import FILE

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
PACKAGE = "generated_comments_client"
EMAIL = "olena@example.org"
KEY = "mist-cherez-tykhu"


class Journey:
    """The generated package with a client for a reader and one for the site's program."""

    def __init__(self, package: str, site_key: str) -> None:
        self.package = package
        self.models = importlib.import_module(f"{package}.models")
        client = importlib.import_module(f"{package}.client")
        args = {"transport": httpx.WSGITransport(app=application)}  # type: ignore[arg-type]
        address = "http://localhost"
        self.reader = client.Client(base_url=address, httpx_args=args)
        self.program = client.AuthenticatedClient(base_url=address, token=site_key, httpx_args=args)

    def call(self, path: str, client: Any = None, **given: Any) -> Any:
        """Call an operation by its module, such as "articles.article"."""
        module = importlib.import_module(f"{self.package}.api.{path}")
        return module.sync(client=client or self.reader, **given)

    def comment(self, text: str) -> Any:
        body = self.models.SubmissionRequest(
            author_name="Олена", author_email=EMAIL, text=text, author_secret="s" * 40
        )
        return self.call("articles.submit_comment", key=KEY, body=body, idempotency_key="journey")


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("client")
    config = folder / "config.yaml"
    config.write_text("post_hooks: []\n")
    command = [sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none"]
    command += ["--path", str(FILE), "--output-path", str(folder / PACKAGE)]
    made = subprocess.run(
        [*command, "--config", str(config), "--fail-on-warning"], capture_output=True, text=True
    )
    assert made.returncode == 0, made.stdout + made.stderr
    (folder / "py.typed").touch()
    sys.path.insert(0, str(folder))
    yield PACKAGE
    sys.path.remove(str(folder))
    for name in [each for each in sys.modules if each.partition(".")[0] == PACKAGE]:
        del sys.modules[name]


@pytest.fixture
def journey(package: str, settings: Any) -> Iterator[Journey]:
    settings.CORS_ALLOWED_ORIGINS = ["https://news.example"]
    site_key = SiteKey.objects.add(Site.objects.default(), "newsroom app", KeyScope.DECIDE)
    # As the test client does: the connection is the test's.
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield Journey(package, site_key)
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


def test_every_operation_of_the_document_has_a_function(package: str) -> None:
    folder = Path(importlib.import_module(package).__file__ or "").parent
    functions = {each.stem for each in folder.glob("api/*/*.py")} - {"__init__"}
    document = FILE.read_text(encoding="utf-8")
    assert len(functions) >= 17
    assert all(f'"operationId": "{name}"' in document for name in functions)


def test_a_reader_and_a_program_walk_the_whole_journey(journey: Journey) -> None:
    about = journey.models.ArticleRequest(url="https://news.example/mist", title="Міст закриють")
    article = journey.call("articles.register_article", journey.program, key=KEY, body=about)
    assert (article.key, article.published_count, article.is_closed) == (KEY, 0, False)
    number = comment_and_follow(journey)
    read(journey, number)
    report = report_comment(journey, number)
    take_down(journey, number)
    token = report.status_url.rstrip("/").rpartition("/")[2]
    assert journey.call("reports.report_status", token=token).outcome.value == "upheld"
    look_back(journey, number)


def comment_and_follow(journey: Journey) -> int:
    text = "Дякую за новину, давно чекали на ремонт."
    assert journey.call("challenge.new_challenge").proof_bits == 0
    sent = journey.comment(text)
    assert (sent.status.value, bool(sent.message)) == ("pending", True)
    assert journey.comment(text) == sent
    moderate(comment_id=sent.id)
    token = sent.status_url.rstrip("/").rpartition("/")[2]
    status = journey.call("submissions.submission_status", token=token)
    assert (status.status.value, status.reason) == ("published", "clean")
    return int(sent.id)


def read(journey: Journey, number: int) -> None:
    newest = journey.models.ListCommentsOrder.NEWEST
    page = journey.call("articles.list_comments", key=KEY, order=newest)
    assert [each.id for each in page.results] == [number]
    alone = journey.call("articles.comment", key=KEY, number=number)
    assert alone.text == page.results[0].text
    counts = journey.call("counts.counts", keys=[KEY, "none"]).counts
    assert counts.to_dict() == {KEY: 1, "none": 0}


def report_comment(journey: Journey, number: int) -> Any:
    reason = journey.models.ReasonEnum.INSULT
    body = journey.models.ReportRequest(reason=reason, author_secret="r" * 40)
    report = journey.call("articles.report_comment", key=KEY, number=number, body=body)
    assert report.outcome.value == "open"
    return report


def take_down(journey: Journey, number: int) -> None:
    models, program = journey.models, journey.program
    seen = journey.call("comments.any_comment", program, number=number)
    assert (seen.reports, seen.status.value) == (1, "published")
    body = models.NewDecisionRequest(
        outcome=models.OutcomeEnum.REJECT, reason="off_topic", version=seen.version
    )
    decision = journey.call("comments.decide", program, number=number, body=body)
    assert (decision.by, decision.program) == ("program", "newsroom app")
    late = journey.call("comments.decide", program, number=number, body=body)
    assert late.type_ == "urn:comments:problem:changed"


def look_back(journey: Journey, number: int) -> None:
    call, program = journey.call, journey.program
    assert call("queue.queue", program).results == []
    log = call("decisions.decisions", program, comment=number).results
    assert [each.outcome.value for each in log] == ["reject", "publish"]
    assert call("policy.policy", program).rejection_reasons[0].value == "spam"
    events = call("events.events", program)
    assert [each.kind for each in events.results][:2] == ["submitted", "decided"]
    assert call("events.events", program, after=events.cursor).results == []


def test_errors_are_typed_too(journey: Journey) -> None:
    body = journey.models.SubmissionRequest(author_name="", author_email="x", text="")
    problem = journey.call("articles.submit_comment", key=KEY, body=body, accept_language="en")
    assert problem.status == 400
    assert {each.pointer for each in problem.errors} >= {"#/author_name", "#/text"}
    assert journey.call("articles.comment", key=KEY, number=1).type_.endswith(":no-article")
    assert journey.call("queue.queue").type_.endswith(":not-authenticated")
