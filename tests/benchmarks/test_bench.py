"""The table reports goals correctly, and the benchmark runs with our side only."""

import sys
import venv
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pytest_django.live_server_helper import LiveServer

from comments.models import Comment
from tests.benchmarks import programs, report, seed, texts
from tests.benchmarks.classifier import Figures, bench, measure, rows
from tests.benchmarks.load import Load, Pace, load, request
from tests.benchmarks.report import Part
from tests.benchmarks.sides import SideError, running
from tests.benchmarks.table import Goal, Row, cells, missed, number, table

TWICE = Goal(2, at_least=True, of_ratio=True)


@pytest.mark.parametrize(
    ("row", "met"),
    [
        (Row("as fast as asked", "/s", [20, 40, 60], [10, 20, 30], TWICE), True),
        (Row("not twice as fast", "/s", [19, 40, 19], [10, 20, 10], TWICE), False),
        (Row("the limit itself is not under it", "ms", [30], [], Goal(30)), False),
        (Row("under the limit", "ms", [29.9], [], Goal(30)), True),
        (Row("no rival, no ratio", "/s", [20], [], TWICE), None),
        (Row("not measured at all", "MiB", [], [], Goal(250)), None),
        (Row("no goal", "ms", [1], [2]), None),
    ],
    ids=lambda value: value.what if isinstance(value, Row) else str(value),
)
def test_a_goal_is_met_missed_or_not_judged(row: Row, met: bool | None) -> None:
    assert row.goal_met() is met
    assert missed([row]) == ([row.what] if met is False else [])


def test_the_ratio_is_computed_per_round() -> None:
    assert Row("", "/s", [10, 90, 20], [10, 30, 10]).ratio() == 2


def test_the_table_says_whether_a_goal_was_met() -> None:
    printed = table([Row("a", "ms", [1, 2, 3], [4], Goal(5)), Row("b", "/s", [1], [1], TWICE)])
    first, second = printed.splitlines()[2:]
    assert " ".join(first.split()) == "a 2 ms (1-3) 4 ms 0.5x under 5 ms yes"
    assert " ".join(second.split()) == "b 1 /s 1 /s 1x at least 2x NO"
    assert cells(Row("c", "/s", [1], [], TWICE))[2:] == ("-", "-", "at least 2x", "not measured")


def test_figures_are_formatted_briefly() -> None:
    assert [number(value) for value in (0.1234, 9.876, 123.4, 12345.6)] == [
        "0.123",
        "9.88",
        "123",
        "12,346",
    ]


def test_texts_are_mixed_equally_long_and_the_same_each_time(tmp_path: Path) -> None:
    found, origin = texts.pool(tmp_path)
    assert (len(found), origin) == (texts.COUNT, "phrases of our own")
    assert found == texts.pool(tmp_path)[0]
    assert all(0.8 * texts.LENGTH <= len(text) <= texts.LENGTH for text in found)


def test_texts_of_dev_are_used_if_it_exists(tmp_path: Path) -> None:
    (tmp_path / "dev").mkdir()
    lines = (f'{{"text": "{name} words", "lang": "{name}"}}' for name in ("uk", "cyr", "en"))
    (tmp_path / "dev" / "a.jsonl").write_text("\n".join(lines))
    found, origin = texts.pool(tmp_path)
    assert origin == "dev"
    assert [text.split()[0] for text in found[:4]] == ["uk", "cyr", "en", "uk"]


def test_our_side_runs_alone_and_everything_but_the_ratios_is_judged(tmp_path: Path) -> None:
    sides: dict[str, Path | str] = {"ours": sys.executable, "both": sys.executable}
    found = measure(sides, texts.pool(tmp_path)[0][:8], rounds=1, seconds=0.01)
    printed = {row.what: row for row in rows(found["ours"], Figures(), found["both"])}
    assert printed["batches of 256"].goal_met() is None
    assert printed["weights on disk"].goal_met() is True
    assert all(row.ours for row in printed.values())


def test_a_side_that_cannot_be_loaded_says_why() -> None:
    with pytest.raises(SideError, match="KeyError"), running("nobody"):
        pass


def test_without_the_rival_the_benchmark_says_so_and_continues(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def offline(*command: str) -> str:
        return "no network"

    monkeypatch.setattr(programs, "_run", offline)
    monkeypatch.setattr(programs, "ROOT", tmp_path)
    monkeypatch.setattr(venv, "create", lambda *_, **__: None)
    heading, found = bench(tmp_path, rounds=1, seconds=0.01)
    assert "Theirs was not measured: alt-profanity-check could not be installed: no" in heading
    assert [row.goal_met() for row in found[:2]] == [None, None]


def test_the_page_of_figures_and_its_chart_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "PAGE", tmp_path / "figures.md")
    monkeypatch.setattr(report, "CHART", tmp_path / "figures.png")
    rows = [Row("posts", "/s", [30], [10], TWICE), Row("memory", "MiB", [250], goal=Goal(300))]
    report.write([Part("service", "Ours\ncompared with theirs.", rows)])
    page = (tmp_path / "figures.md").read_text()
    assert "## Service\n\nOurs compared with theirs.\n" in page
    assert "| posts | 30 /s | 10 /s | 3x | at least 2x | yes |" in page
    assert (tmp_path / "figures.png").read_bytes().startswith(b"\x89PNG")


def test_a_load_keeps_its_pace_and_counts_the_answers(live_server: LiveServer) -> None:
    port = int(live_server.url.rpartition(":")[2])
    sent = request("GET", "/healthz")

    def answered(pace: Pace) -> Load:
        # In another thread, because this one may be running a browser's event loop.
        with ThreadPoolExecutor(1) as client:
            return client.submit(load, port, lambda _: sent, pace).result()

    # The first request loads what the others use.
    answered(Pace(clients=1, count=1))
    found = answered(Pace(clients=3, count=20))
    assert (found.statuses, len(found.times)) == ({200: 20}, 20)
    paced = answered(Pace(clients=2, seconds=0.5, rate=20))
    assert 2 <= len(paced.times) <= 10
    assert found.rate > 2 * paced.rate


@pytest.mark.django_db(transaction=True)
def test_a_seeded_database_has_what_was_requested() -> None:
    seed.main(2 * seed.THREAD, 100)
    assert Comment.objects.filter(status="held").count() == 100
    assert Comment.objects.exclude(article__key="pattern").count() == 2 * seed.THREAD
    newest, oldest = (Comment.objects.order_by(way)[0] for way in ("-created_at", "created_at"))
    assert (newest.created_at - oldest.created_at).total_seconds() > seed.THREAD
