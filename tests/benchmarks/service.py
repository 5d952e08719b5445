"""The race of the service with Isso: the same clients, alternating rounds."""

import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from tqdm import tqdm

from tests.benchmarks.classifier import Figures
from tests.benchmarks.load import Load, Pace, Requests, load, request
from tests.benchmarks.programs import ISSO
from tests.benchmarks.servers import ORIGIN, Server, free_port, fresh_service, headers_of, isso
from tests.benchmarks.sides import SideError
from tests.benchmarks.table import Goal, Row
from tests.deploy import nginx

ROUNDS = 5
SECONDS = 5.0
CLIENTS = 16
THREAD = 1000
# Isso's SQLite is sometimes locked; refused requests count for neither side.
TOLERATED = 0.01
# The distance between the numbers of two rounds: more than a round can post.
ROUND_DISTANCE = 100_000
POSTED_TO = "mist-cherez-tykhu"
READ = "biblioteka-na-mlynarskii"
# Enough words that no two texts are variants of one, which would be a campaign.
_LIST = """
абрикос авжеж адреса аптека базар балкон берег беседа бібліотека борщ бульвар вагон вечір вибори
вистава відповідь вікно вітер вода ворота врожай вулиця газета гараж гірка глядач година голова
город горобець гроші громада губернія гуртожиток дах двір депутат дерево дитина диван директор
доба дошка дорога дощ драбина друкарня дядько екзамен ескалатор ефір жайворонок жарт жінка журнал
завод загадка закон зарплата збори звук зима злива знайомий зошит зупинка іграшка ідея інженер
історія каса кава каштан квартира квиток кіоск кіно клумба книгарня ковдра колія колодязь комора
конверт кордон крамниця кут ліжко лікар лимон листопад літак логіка майстер мама мапа мед мережа
метро митниця міст молоко море мороз музей набережна назва неділя ніч новина образ огірок одяг
озеро олівець опалення острів падолист парк паркан пасажир перехрестя пенсія питання підвал площа
погода поїзд пошта правило праця пристань провулок радник район ранок ремонт рибалка річка робота
"""
_WORDS = _LIST.split()


def text(number: int) -> str:
    """Return about 150 characters that no other comment has."""
    choice = random.Random(number)
    return f"{' '.join(choice.choice(_WORDS) for _ in range(20))} {number}".capitalize()


def ours_posts(key: str, start: int = 0) -> Requests:
    """Requests for our REST endpoint, numbered from `start`."""

    def one(number: int) -> bytes:
        number += start
        body = {
            "text": text(number),
            "author_name": f"Читач {number}",
            "author_email": f"reader{number}@example.org",
        }
        return request("POST", comments_of(key), json.dumps(body).encode())

    return one


def theirs_posts(start: int = 0, thread: str = "") -> Requests:
    """The same comments for Isso, spread over twenty threads or one."""

    def one(number: int) -> bytes:
        number += start
        body = {
            "text": text(number),
            "author": f"Читач {number}",
            "email": f"reader{number}@example.org",
            "title": "Стаття",
        }
        uri = quote(thread or f"/article-{number % 20}", safe="")
        return request("POST", f"/new?uri={uri}", json.dumps(body).encode(), Origin=ORIGIN)

    return one


def comments_of(key: str) -> str:
    return f"/api/v1/articles/{key}/comments/"


def without_errors(found: Load, most: float = 0) -> Load:
    """Run the load; SideError if more than this share was refused: it would be meaningless."""
    refused = sum(n for status, n in found.statuses.items() if status >= 400)
    if not found.times or refused > most * len(found.times):
        raise SideError(f"answers by status: {dict(found.statuses)}")
    return found


def fill(server: Server, requests: Requests) -> None:
    """Post a thread of a thousand comments, as readers do."""
    without_errors(load(server.port, requests, Pace(clients=8, count=THREAD)), TOLERATED)


def post(server: Server, figures: Figures, requests: Requests) -> None:
    pace = Pace(clients=CLIENTS, seconds=SECONDS)
    found = without_errors(load(server.port, requests, pace), TOLERATED)
    figures.add("accepted", found.rate)
    figures.add("p95", found.quantile(0.95))


def read(port: int, sent: bytes) -> float:
    """Return how many times per second a page is answered."""
    pace = Pace(clients=CLIENTS, seconds=SECONDS / 2)
    return without_errors(load(port, lambda _: sent, pace)).rate


@contextmanager
def cache(server: Server) -> Iterator[int | None]:
    """The port of nginx before our server, set up as in docs/deploy; None if there is no nginx."""
    if not nginx.program():
        yield None
        return
    with nginx.nginx(server.port) as port:
        yield port


def our_round(server: Server, front: int | None, figures: Figures, start: int) -> None:
    post(server, figures, ours_posts(POSTED_TO, start))
    figures.add("drain", server.drain())
    path = f"{comments_of(READ)}?limit=20"
    headers = dict(headers_of(server.port, path) or {})
    page = request("GET", path)
    figures.add("page", read(server.port, page))
    unchanged = request("GET", path, If_None_Match=headers["ETag"])
    figures.add("unchanged", read(server.port, unchanged))
    if front:
        figures.add("cached", read(front, page))


def their_round(server: Server, figures: Figures, start: int) -> None:
    post(server, figures, theirs_posts(start))
    pages = read(server.port, request("GET", "/?uri=%2Fthread&limit=20"))
    figures.add("page", pages)
    figures.add("unchanged", pages)


def rows(ours: Figures, theirs: Figures) -> Iterator[Row]:
    """Yield the table."""

    def row(what: str, unit: str, name: str, goal: Goal) -> Row:
        return Row(what, unit, ours.rounds[name], theirs.rounds[name], goal)

    def faster(limit: float) -> Goal:
        return Goal(limit, at_least=True, of_ratio=True)

    yield row(f"POST accepted, {CLIENTS} clients", "/s", "accepted", faster(1.5))
    yield row("POST accepted, p95", "ms", "p95", Goal(1, of_ratio=True))
    yield row("all decided after the last one", "s", "drain", Goal(2))
    yield row("first page of a thread of 1,000", "/s", "page", faster(10))
    yield row("the same, unchanged (ETag)", "/s", "unchanged", faster(20))
    # Ours only: what docs/deploy/nginx.conf adds to the row before the last.
    yield Row("the same, from nginx before it", "/s", ours.rounds["cached"])


def bench(data: Path) -> tuple[str, list[Row]]:
    """Return a heading that says what was compared, and the rows."""
    ours, theirs = Figures(), Figures()
    with (
        fresh_service(free_port()) as our_server,
        cache(our_server) as front,
        isso(free_port()) as their_server,
    ):
        fill(our_server, ours_posts(READ))
        fill(their_server, theirs_posts(thread="/thread"))
        our_server.drain()
        for number in tqdm(range(1, ROUNDS + 1), desc="rounds", leave=False):
            our_round(our_server, front, ours, number * ROUND_DISTANCE)
            their_round(their_server, theirs, number * ROUND_DISTANCE)
    heading = (
        f"The service, with every comment scored and decided, compared with {ISSO.name}, which "
        "scores none."
        f"\nBoth with two gunicorn workers and SQLite on the same machine, alternating, "
        f"{ROUNDS} rounds of {SECONDS:.0f} s: median (lowest-highest)."
    )
    return heading, list(rows(ours, theirs))
