"""The readers: they post by form and REST, and remember which comments were accepted."""

import http.client
import json
import random
import re
import socket
import threading
import time
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode

from tests.chaos.plan import NO_FAULT

TIMEOUT = 60.0
ARTICLES = ("mist-cherez-tykhu", "biblioteka-na-mlynarskii", "pekarnia-na-sadovii")
SENTENCES = (
    "Дякую редакції, давно чекали на таку новину.",
    "Чи відомо вже, коли почнуть і хто виконавець?",
    "Живу поруч, тож підтверджую: так усе й було.",
    "Не згоден з автором, бо гроші варто було дати на школу.",
    "Спасибо, очень подробно и без лишних слов.",
    "Nice to see this reported at last.",
    "Та вони там у міськраді всі ледарі й брехуни, годі їм вірити!",
    "Закрий рота, дурню, тебе ніхто не питав.",
    "Заробіток від 5000 грн на день без вкладень, пишіть https://zarobitok.example",
)


@dataclass(frozen=True)
class Marks:
    """The marks in every e-mail, text and address of a run, which occur nowhere else."""

    run: str

    @property
    def email(self) -> str:
        return f"lyst{self.run}x"

    @property
    def text(self) -> str:
        return f"slovo{self.run}x"

    @property
    def address(self) -> str:
        """The readers' addresses: all of 127.0.0.0/8 is this machine."""
        return "127.83."


@dataclass(frozen=True)
class Acknowledged:
    """A comment that the service has accepted."""

    id: int
    text: str
    by_form: bool


@dataclass(frozen=True)
class Attempt:
    """The result of a request: the fault at that time, its duration and its answer."""

    fault: str
    seconds: float
    answer: str
    acknowledged: Acknowledged | None = None


class RefusedError(Exception):
    """The service did not accept the comment; the message is its answer."""


class _HiddenFields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = dict(attrs)
        if tag == "input" and facts.get("type") == "hidden" and facts.get("name"):
            self.found[str(facts["name"])] = facts.get("value") or ""


class Reader:
    """A browser or frontend with its own address."""

    def __init__(self, number: int, port: int, marks: Marks, seed: int) -> None:
        self.choose = random.Random(f"{seed} {number}")
        self.address = f"{marks.address}{number // 250}.{number % 250 + 1}"
        self.port = port
        self.marks = marks
        self.article = ARTICLES[number % len(ARTICLES)]
        self.fields: dict[str, str] = {}
        self.cookies = ""

    def post(self, number: int) -> Acknowledged:
        """Post one comment; raises RefusedError if it was not accepted."""
        draft = {
            "author_name": f"Читач {number % 97}",
            "author_email": f"{self.marks.email}{number % 397}@example.org",
            "text": f"{self.choose.choice(SENTENCES)} {self.marks.text}{number}.",
        }
        by_form = self.choose.random() < 0.5
        try:
            return self._by_form(draft) if by_form else self._by_rest(draft)
        except (OSError, http.client.HTTPException) as error:
            raise RefusedError(type(error).__name__) from error

    def _by_rest(self, draft: dict[str, str]) -> Acknowledged:
        path = f"/api/v1/articles/{self.article}/comments/"
        answer, body = self._ask(path, json.dumps(draft), "application/json")
        if answer.status != 202:
            raise RefusedError(kind(answer, body))
        return Acknowledged(json.loads(body)["id"], draft["text"], by_form=False)

    def _by_form(self, draft: dict[str, str]) -> Acknowledged:
        path = f"/uk/articles/{self.article}/"
        if not self.fields:
            self._open(path)
        body = urlencode({**self.fields, **draft})
        answer, page = self._ask(path, body, "application/x-www-form-urlencoded")
        accepted = re.search(r"#comment-(\d+)$", answer.getheader("Location") or "")
        if answer.status != 302 or not accepted:
            self.fields = {}
            raise RefusedError(kind(answer, page))
        return Acknowledged(int(accepted[1]), draft["text"], by_form=True)

    def _open(self, path: str) -> None:
        """Read the page with the form, its hidden fields and cookies."""
        answer, page = self._ask(path)
        if answer.status != 200:
            raise RefusedError(kind(answer, page))
        hidden = _HiddenFields()
        hidden.feed(page.decode())
        set_cookies = answer.headers.get_all("Set-Cookie") or []
        self.cookies = "; ".join(cookie.partition(";")[0] for cookie in set_cookies)
        self.fields = hidden.found

    def _ask(
        self, path: str, body: str | None = None, content: str = ""
    ) -> tuple[http.client.HTTPResponse, bytes]:
        headers = {"Content-Type": content} if body else {}
        if self.cookies:
            headers["Cookie"] = self.cookies
        link = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=TIMEOUT, source_address=(self.address, 0)
        )
        try:
            link.request("POST" if body else "GET", path, body and body.encode(), headers)
            answer = link.getresponse()
            return answer, answer.read()
        finally:
            link.close()


def kind(answer: http.client.HTTPResponse, body: bytes) -> str:
    """Describe a refusal by its status and, if no reader should see it, by its content."""
    crashed = b"Traceback" in body
    return f"{answer.status}{' with a traceback' if crashed else ''}"


def has_loopback_addresses() -> bool:
    """Return whether this machine can send from 127.83.0.1; Linux can."""
    with socket.socket() as probe:
        try:
            probe.bind(("127.83.0.1", 0))
        except OSError:
            return False
    return True


@dataclass
class Record:
    """What the readers have recorded, shared by their threads."""

    wanted: int
    attempts: list[Attempt] = field(default_factory=list)
    accepted: int = 0
    begun: int = 0
    fault: str = NO_FAULT
    progress: float = 0.0
    over: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    def next_number(self) -> int | None:
        """Return the next comment's number once it is due; None at the end."""
        while not self.over and self.accepted < self.wanted:
            with self.lock:
                if self.accepted < self.wanted * self.progress:
                    self.begun += 1
                    return self.begun
            time.sleep(0.005)
        return None

    def add(self, attempt: Attempt) -> None:
        with self.lock:
            self.attempts.append(attempt)
            self.accepted += attempt.acknowledged is not None


def read_and_post(reader: Reader, record: Record) -> None:
    """Post until enough are accepted; a refused comment is never sent again unchanged."""
    while (number := record.next_number()) is not None:
        fault, begun = record.fault, time.monotonic()
        try:
            acknowledged, answer = reader.post(number), "accepted"
        except RefusedError as error:
            acknowledged, answer = None, str(error)
        # A request that was begun without a fault and met one counts for that fault.
        record.add(
            Attempt(worse(fault, record.fault), time.monotonic() - begun, answer, acknowledged)
        )
        if acknowledged is None:
            time.sleep(0.1)


def worse(before: str, after: str) -> str:
    return after if before == NO_FAULT else before
