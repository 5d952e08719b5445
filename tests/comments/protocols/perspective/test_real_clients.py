"""Clients of Perspective that others wrote, pointed here by their own settings."""

import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.error import HTTPError

import pytest
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError
from perspective import PerspectiveAPI
from pytest_django.live_server_helper import LiveServer

from comments.models import CheckedText
from tests.comments.protocols.npm_clients import run_node

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.one_database,
    pytest.mark.usefixtures("_second_judge_has_time"),
]
INSULT = "Автор, ти тупий ідіот, закрий рота."
BODY: dict[str, Any] = {
    "comment": {"text": INSULT},
    "requestedAttributes": {"TOXICITY": {}, "SPAM": {}},
    "languages": ["uk"],
    "spanAnnotations": True,
}


@pytest.fixture
def key(check_key: Callable[..., str]) -> str:
    return check_key("client")


def toxicity(answer: Any) -> float:
    return float(answer["attributeScores"]["TOXICITY"]["summaryScore"]["value"])


def google(live_server: LiveServer, key: str) -> Any:
    """Return Google's client, made from our discovery document."""
    address = f"{live_server.url}/$discovery/rest?version=v1alpha1"
    return build(
        "commentanalyzer",
        "v1alpha1",
        developerKey=key,
        discoveryServiceUrl=address,
        static_discovery=False,
    )


@pytest.fixture
def comments(live_server: LiveServer, key: str) -> Iterator[Any]:
    with google(live_server, key) as service:
        yield service.comments()


def test_googles_python_client_asks_and_suggests(comments: Any) -> None:
    found = comments.analyze(body=BODY).execute()
    assert toxicity(found) > 0.8
    assert found["detectedLanguages"] == ["uk"]
    scores = {"TOXICITY": {"summaryScore": {"value": 1}}}
    said = {"comment": {"text": INSULT}, "attributeScores": scores, "clientToken": "comment:7"}
    assert comments.suggestscore(body=said).execute()["clientToken"] == "comment:7"
    assert CheckedText.objects.get().suggested == {"toxicity": 1.0}


def test_googles_python_client_reads_our_errors(comments: Any) -> None:
    with pytest.raises(HttpError) as refused:
        comments.analyze(body=BODY | {"requestedAttributes": {"INSULT": {}}}).execute()
    assert refused.value.reason == "Unknown requested attribute: INSULT"
    assert refused.value.error_details[0]["errorType"] == "INVALID_REQUEST"


def test_googles_python_client_hears_of_a_wrong_key_at_once(live_server: LiveServer) -> None:
    with pytest.raises(HttpError, match="API key not valid"):
        google(live_server, "abcdefgh1234")


def test_the_package_perspective_asks_and_suggests(live_server: LiveServer, key: str) -> None:
    client = PerspectiveAPI(key)
    client.api_client.url = f"{live_server.url}/v1alpha1/{{endpoint}}"
    assert client.score(INSULT, tests=["TOXICITY", "SPAM"])["TOXICITY"] > 0.8
    answer = client.suggest_score(INSULT, {"TOXICITY": {"summaryScore": {"value": 1.0}}})
    assert answer["detectedLanguages"] == ["uk"]
    with pytest.raises(HTTPError, match="400"):
        client.score(INSULT, tests=["THREAT"])


FROM_NPM = """
const axios = require("axios");
axios.interceptors.request.use((sent) => {
  sent.url = sent.url.replace("https://commentanalyzer.googleapis.com", process.env.SERVICE);
  return sent;
});
const Perspective = require("perspective-api-client");
const client = new Perspective({ apiKey: process.env.KEY });
(async () => {
  const found = await client.analyze(process.env.TEXT);
  const error = await client.analyze(process.env.TEXT, { attributes: ["insult"] }).catch((e) => e);
  console.log(JSON.stringify({ found, error: error.message }));
})();
"""


def test_the_client_from_npm_asks_and_reads_our_errors(live_server: LiveServer, key: str) -> None:
    found = run_node(FROM_NPM, SERVICE=live_server.url, KEY=key, TEXT=INSULT)
    assert toxicity(found["found"]) > 0.8
    assert found["error"] == "Unknown requested attribute: INSULT"


GOOGLES_IN_NODE = """
const { Discovery } = require("googleapis-common");
(async () => {
  const address = process.env.SERVICE + "/$discovery/rest?version=v1alpha1";
  const make = await new Discovery({}).discoverAPI(address);
  const comments = make({}).comments;
  const asked = { key: process.env.KEY, resource: JSON.parse(process.env.BODY) };
  const found = await comments.analyze(asked);
  console.log(JSON.stringify(found.data));
})();
"""


def test_googles_client_for_node_finds_the_methods(live_server: LiveServer, key: str) -> None:
    """It is how conversationai-moderator asks."""
    found = run_node(GOOGLES_IN_NODE, SERVICE=live_server.url, KEY=key, BODY=json.dumps(BODY))
    assert toxicity(found) > 0.8
