"""Alert rules and dashboard use existing metrics only, and each alert has its own cause."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.utils import timezone
from prometheus_client import Counter, Histogram

from config import metrics
from config.operations.prometheus import WaitingCollector
from moderation.models import Heartbeat
from tests.benchmarks.sides import ROOT

FOLDER = ROOT / "docs/deploy"
ALERTS = FOLDER / "prometheus/peredmova-alerts.yml"
DASHBOARD = FOLDER / "grafana/peredmova.json"
FIGURE = re.compile(r"\bcomments_\w+")
PARTS = re.compile(r"_(total|bucket|count|sum)$")
needs_promtool = pytest.mark.skipif(
    not shutil.which("promtool"), reason="promtool (Debian: prometheus) is not installed"
)
QUIET_DAY = {
    'up{job="peredmova"}': "1x1600",
    "comments_pending_length": "0x1600",
    "comments_pending_oldest_seconds": "0x1600",
    "comments_queue_oldest_seconds": "600x1600",
    "comments_worker_silent_seconds": "20x1600",
    'comments_accepted_total{kind="comment"}': "0+3x1600",
    'comments_decided_total{outcome="publish",reason="clean",by="policy"}': "0+3x1600",
    'comments_scoring_seconds_count{result="scored"}': "0+3x1600",
    'comments_throttled_total{limit="address"}': "0+3x1600",
    'comments_sign_ins_total{result="wrong"}': "0+1x1600",
    'comments_mail_attempts_total{result="sent"}': "0+3x1600",
    'comments_webhook_attempts_total{result="delivered"}': "0+3x1600",
}
# The metrics that differ from a quiet day (None: absent) when each alert is to be raised.
CAUSES: dict[str, dict[str, str | None]] = {
    "PeredmovaDown": {'up{job="peredmova"}': "0x1600"},
    "PeredmovaDatabaseOut": {
        "comments_pending_length": None,
        "comments_pending_oldest_seconds": None,
        "comments_queue_oldest_seconds": None,
        "comments_worker_silent_seconds": None,
    },
    "PeredmovaWorkerSilent": {"comments_worker_silent_seconds": "0+60x1600"},
    "PeredmovaPendingTooLong": {"comments_pending_oldest_seconds": "0+60x1600"},
    "PeredmovaScoringFails": {'comments_scoring_seconds_count{result="failed"}': "0+1x1600"},
    "PeredmovaHeldUnscored": {
        'comments_decided_total{outcome="hold",reason="unscored",by="system"}': "0+1x1600"
    },
    "PeredmovaSweepRescues": {'comments_rescued_total{outcome="publish"}': "0+1x1600"},
    "PeredmovaQueueOld": {"comments_queue_oldest_seconds": "30000x1600"},
    "PeredmovaNoComments": {'comments_accepted_total{kind="comment"}': "0+3x500 1500x1100"},
    "PeredmovaThrottling": {'comments_throttled_total{limit="address"}': "0+100x1600"},
    "PeredmovaPasswordGuessing": {'comments_sign_ins_total{result="refused"}': "0+5x1600"},
    "PeredmovaMailServerFails": {'comments_mail_attempts_total{result="failed"}': "0+1x1600"},
    "PeredmovaWebhookGivenUp": {'comments_webhook_attempts_total{result="failed"}': "0+1x1600"},
}
# A worker that never started is silent as well.
NEVER: dict[str, str | None] = {"comments_worker_silent_seconds": None}


def rules() -> list[dict[str, Any]]:
    groups = yaml.safe_load(ALERTS.read_text())["groups"]
    return [rule for group in groups for rule in group["rules"]]


def queries() -> Iterator[str]:
    for panel in json.loads(DASHBOARD.read_text())["panels"]:
        yield from (target["expr"] for target in panel["targets"])


def promtool(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["promtool", *arguments], capture_output=True, text=True, timeout=60)


def with_instance(series: str) -> str:
    name, _, labels = series.partition("{")
    return f'{name}{{instance="a",{labels or "}"}'.replace(",}", "}")


def raised(folder: Path, changed: dict[str, str | None], minute: int) -> set[str]:
    """Return the alerts that fire in that minute of such a day."""
    series = {name: values for name, values in {**QUIET_DAY, **changed}.items() if values}
    day = {
        "interval": "1m",
        "input_series": [{"series": with_instance(s), "values": v} for s, v in series.items()],
        # Expect nothing of each alert: promtool then lists those that fire.
        "alert_rule_test": [
            {"eval_time": f"{minute}m", "alertname": rule["alert"]} for rule in rules()
        ],
    }
    file = folder / "day.yml"
    tests = {"rule_files": [str(ALERTS)], "evaluation_interval": "10m", "tests": [day]}
    file.write_text(yaml.safe_dump(tests))
    return set(re.findall(r'alertname="(\w+)"', promtool("test", "rules", str(file)).stderr))


@needs_promtool
def test_a_quiet_day_raises_no_alert(tmp_path: Path) -> None:
    assert raised(tmp_path, {}, 1550) == set()


@needs_promtool
@pytest.mark.parametrize("alert", CAUSES)
def test_each_alert_is_raised_by_its_cause_only(tmp_path: Path, alert: str) -> None:
    assert raised(tmp_path, CAUSES[alert], 1550) == {alert}


@needs_promtool
def test_a_worker_that_never_started_counts_as_silent(tmp_path: Path) -> None:
    assert raised(tmp_path, NEVER, 1550) == {"PeredmovaWorkerSilent"}


def test_every_alert_has_a_cause_in_these_tests() -> None:
    assert [rule["alert"] for rule in rules()] == list(CAUSES)


@needs_promtool
def test_prometheus_accepts_the_rules_the_configuration_and_the_queries(tmp_path: Path) -> None:
    for name in ("prometheus.yml", ALERTS.name):
        (tmp_path / name).write_text((ALERTS.parent / name).read_text())
    written = (tmp_path / "prometheus.yml").read_text()
    token = "/etc/prometheus/peredmova.token"
    assert token in written
    (tmp_path / "token").write_text("a token")
    (tmp_path / "prometheus.yml").write_text(written.replace(token, str(tmp_path / "token")))
    plain = [
        re.sub(r"\$__rate_interval", "5m", query).replace("$instance", ".*") for query in queries()
    ]
    recorded = [{"record": f"panel:{place}", "expr": each} for place, each in enumerate(plain)]
    panels = {"groups": [{"name": "dashboard", "rules": recorded}]}
    (tmp_path / "panels.yml").write_text(yaml.safe_dump(panels))
    for arguments in (
        ("check", "config", str(tmp_path / "prometheus.yml")),
        ("check", "rules", str(tmp_path / "panels.yml")),
    ):
        done = promtool(*arguments)
        assert done.returncode == 0, done.stderr


@pytest.mark.django_db
def test_every_metric_in_rules_and_dashboard_exists() -> None:
    Heartbeat.objects.create(worker="celery@here", seen_at=timezone.now())
    counted = [each for each in vars(metrics).values() if isinstance(each, Counter | Histogram)]
    exported = [*chain(*(each.describe() for each in counted)), *WaitingCollector().collect()]
    used = FIGURE.findall(ALERTS.read_text() + DASHBOARD.read_text())
    assert len(set(used)) > 10
    assert {PARTS.sub("", name) for name in used} - {each.name for each in exported} == set()


def test_the_dashboard_can_be_imported_anywhere() -> None:
    """No data source and no panel id of the installation where it was made."""
    dashboard = json.loads(DASHBOARD.read_text())
    assert {json.dumps(panel["datasource"]) for panel in dashboard["panels"]} == {
        '{"type": "prometheus", "uid": "${datasource}"}'
    }
    numbers = [panel["id"] for panel in dashboard["panels"]]
    assert len(set(numbers)) == len(numbers)
    assert "id" not in dashboard
