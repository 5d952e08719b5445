"""Clients of Akismet that others wrote, pointed here by their own settings."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import akismet
import httpx
import pytest
from akismet import CheckResponse, SyncClient
from pytest_django.live_server_helper import LiveServer

from comments.models import CheckedText, Label
from tests.comments.protocols.npm_clients import run_node
from tests.comments.protocols.texts import CLEAN, DOUBTFUL, SPAM

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.one_database,
    pytest.mark.usefixtures("_second_judge_has_time"),
]
BLOG = "https://blog.example"
# No host name of the tests has an address: every one is this machine.
_LOCAL = """
const dns = require('dns');
const lookup = dns.lookup;
dns.lookup = (name, options, done) => lookup('127.0.0.1', options, done);
"""
_AKISMET_API = """
const { AkismetClient } = require('akismet-api');
const { KEY, HOST, CLEAN, SPAM } = process.env;
const make = key => new AkismetClient({ key, blog: 'https://blog.example', host: HOST,
  protocol: 'http' });
const sent = content => ({ ip: '203.0.113.9', name: 'Олена', content });
(async () => {
  const client = make(KEY);
  const found = {
    valid: await client.verifyKey(),
    wrong: await make('000000000000').verifyKey(),
    clean: await client.checkSpam(sent(CLEAN)),
    spam: await client.checkSpam(sent(SPAM)),
    refused: await make('000000000000').checkSpam(sent(CLEAN)).catch(error => error.message),
  };
  await client.submitHam(sent(SPAM));
  await client.submitSpam(sent(CLEAN));
  console.log(JSON.stringify(found));
})();
"""
_CEDX = """
(async () => {
  const { Author, Blog, Client, Comment } = await import('@cedx/akismet');
  const { KEY, URL, CLEAN, SPAM, DOUBTFUL } = process.env;
  const blog = new Blog({ url: 'https://blog.example', charset: 'utf-8', languages: ['uk'] });
  const client = new Client(KEY, blog, { baseUrl: URL });
  const author = new Author({ ipAddress: '203.0.113.9', name: 'Олена', userAgent: 'x' });
  const check = content => client.checkComment(new Comment({ author, content }));
  const found = { valid: await client.verifyKey() };
  for (const [name, text] of Object.entries({ CLEAN, SPAM, DOUBTFUL }))
    found[name.toLowerCase()] = await check(text);
  await client.submitSpam(new Comment({ author, content: CLEAN }));
  const noAddress = new Comment({ author: new Author({ ipAddress: '' }), content: CLEAN });
  found.fault = await client.checkComment(noAddress).catch(error => error.message);
  console.log(JSON.stringify(found));
})();
"""


@pytest.fixture
def key(check_key: Callable[..., str]) -> str:
    return check_key(text_kept_days=30)


class _ToUs(httpx.HTTPTransport):
    """Sends every request to this service instead."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self._to = urlsplit(address)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.url = request.url.copy_with(
            scheme="http", host=self._to.hostname, port=self._to.port
        )
        request.headers["Host"] = self._to.netloc
        return super().handle_request(request)


def python_client(live_server: LiveServer, key: str) -> SyncClient:
    headers = {"User-Agent": akismet.USER_AGENT}
    http = httpx.Client(transport=_ToUs(live_server.url), headers=headers, timeout=20)
    return SyncClient.validated_client(config=akismet.Config(key=key, url=BLOG), http_client=http)


def test_the_python_client_verifies_checks_corrects_and_reads_usage(
    live_server: LiveServer, key: str
) -> None:
    client = python_client(live_server, key)
    sent: Any = {"comment_author": "Олена", "user_ip": "203.0.113.9"}
    found = [client.comment_check(comment_content=text, **sent) for text in (CLEAN, SPAM, DOUBTFUL)]
    assert found[0] == CheckResponse.HAM
    assert found[1] in {CheckResponse.SPAM, CheckResponse.DISCARD}
    assert found[2] == CheckResponse.SPAM
    assert client.submit_spam(comment_content=CLEAN, **sent)
    assert client.submit_ham(comment_content=SPAM, **sent)
    assert labels() == {CLEAN: Label.SPAM, SPAM: Label.HAM, DOUBTFUL: ""}
    assert client.usage_limit()["usage"] == 3


def test_the_python_client_refuses_an_unknown_key(live_server: LiveServer) -> None:
    with pytest.raises(akismet.APIKeyError):
        python_client(live_server, "000000000000")


def test_a_client_from_npm_asks_with_its_key_in_the_host_name(
    live_server: LiveServer, key: str, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = [".comments.example", "localhost"]
    host = f"comments.example:{urlsplit(live_server.url).port}"
    script = _LOCAL + _AKISMET_API
    found = run_node(script, KEY=key, HOST=host, CLEAN=CLEAN, SPAM=SPAM)
    assert found.pop("refused") == "Invalid API key"
    assert found == {"valid": True, "wrong": False, "clean": False, "spam": True}
    assert labels() == {CLEAN: Label.SPAM, SPAM: Label.HAM}


def test_another_client_from_npm_that_stops_at_any_fault_has_none(
    live_server: LiveServer, key: str
) -> None:
    texts = {"CLEAN": CLEAN, "SPAM": SPAM, "DOUBTFUL": DOUBTFUL}
    found = run_node(_CEDX, KEY=key, URL=live_server.url, **texts)
    assert found.pop("fault") == 'Empty "user_ip" value'
    ham, spam, pervasive = 0, 1, 2
    assert found.pop("spam") in {spam, pervasive}
    assert found == {"valid": True, "clean": ham, "doubtful": spam}
    assert labels()[CLEAN] == Label.SPAM


def labels() -> dict[str, str]:
    return dict(CheckedText.objects.values_list("text", "label"))
