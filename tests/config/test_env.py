"""Settings are parsed as the operator meant them, or refused with their name."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env
from config.env import (
    broker,
    database,
    model_folder,
    networks,
    origins,
    port,
    rates,
    several,
    token,
)
from moderation.classifier.store import INFO_FILE, SHIPPED


def test_several_rates_are_accepted_and_off_means_none() -> None:
    assert [(r.amount, r.get_expiry()) for r in rates("R", "20/minute;200/hour")] == [
        (20, 60),
        (200, 3600),
    ]
    assert rates("R", "off") == []


@pytest.mark.parametrize("text", ["", "many", "20", "20/fortnight", "0"])
def test_an_invalid_rate_is_reported_with_its_setting(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^THROTTLE_SITE"):
        rates("THROTTLE_SITE", text)


@pytest.mark.parametrize("text", ["proxy.example.org", "10.0.0.1/8", "10.0.0.0/40"])
def test_an_invalid_network_is_reported_with_its_setting(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^TRUSTED_PROXIES"):
        networks("TRUSTED_PROXIES", f"::1, {text}")


def test_a_list_may_have_spaces_and_an_extra_comma() -> None:
    assert several("ALLOWED_HOSTS", "a.example, b.example,,") == ["a.example", "b.example"]
    assert origins("O", "https://a.example, http://b.example:8000") == [
        "https://a.example",
        "http://b.example:8000",
    ]


POSTGRES = {"ENGINE": "django.db.backends.postgresql", "USER": "", "PASSWORD": "", "PORT": ""}
SQLITE = {"ENGINE": "django.db.backends.sqlite3"}


@pytest.mark.parametrize(
    ("url", "entry"),
    [
        (
            "postgres://joe:w%40rd@db.example.org:5432/comments?sslmode=require",
            {
                **POSTGRES,
                "NAME": "comments",
                "USER": "joe",
                "PASSWORD": "w@rd",
                "HOST": "db.example.org",
                "PORT": "5432",
                "OPTIONS": {"sslmode": "require"},
            },
        ),
        (
            "postgresql:///comments?host=/run/postgresql",
            {**POSTGRES, "NAME": "comments", "HOST": "/run/postgresql", "OPTIONS": {}},
        ),
        (
            "postgres://one:1,two:2/comments",
            {**POSTGRES, "NAME": "comments", "HOST": "one,two", "PORT": "1,2", "OPTIONS": {}},
        ),
        ("sqlite:////srv/a%20b.sqlite3", {**SQLITE, "NAME": "/srv/a b.sqlite3"}),
        ("sqlite:///here.sqlite3", {**SQLITE, "NAME": "here.sqlite3"}),
        ("sqlite://:memory:", {**SQLITE, "NAME": ":memory:"}),
    ],
)
def test_all_parts_of_a_database_url_are_read(url: str, entry: dict[str, Any]) -> None:
    assert database("DATABASE_URL", url) == entry


@pytest.mark.parametrize(
    "url", ["mysql://joe:s3cret@db/x", "db.sqlite3", "postgres://joe:s3cret word@db/x y"]
)
def test_an_unknown_kind_of_database_is_refused_without_showing_its_password(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^DATABASE_URL must be") as refusal:
        database("DATABASE_URL", url)
    assert "s3cret" not in str(refusal.value)
    assert refusal.value.__suppress_context__


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("ALLOWED_HOST", "ALLOWED_HOSTS"),
        ("DATABASE_URI", "DATABASE_URL"),
        ("allowed_hosts", "ALLOWED_HOSTS"),
        ("TROTTLE_SITE", "THROTTLE_SITE"),
    ],
)
def test_a_misspelt_name_is_detected(
    monkeypatch: pytest.MonkeyPatch, name: str, meant: str
) -> None:
    monkeypatch.setenv(name, "x")
    assert env.misspelt() == {name: meant}


@pytest.mark.parametrize("name", ["HOSTNAME", "TEST_DATABASE_URL", "LOGNAME", "CELERY_BROKER_URL"])
def test_other_programs_variables_are_ignored(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "x")
    assert env.misspelt() == {}


@pytest.mark.parametrize(
    ("read", "sound"),
    [
        (broker, ""),
        (broker, "redis://:word@cache.example.org:6379/0"),
        (broker, "redis+socket:///run/comments/broker.sock"),
        (origins, ""),
        (origins, "https://news.example.org,http://localhost:8000,https://*.example.org"),
        (token, ""),
        (token, "a-token-of-twenty-one"),
        (model_folder, ""),
        (model_folder, str(SHIPPED)),
    ],
)
def test_a_valid_value_is_accepted(read: Callable[..., Any], sound: Any) -> None:
    assert read("NAME", sound) == (several("NAME", sound) if read is origins else sound)


@pytest.mark.parametrize(
    ("read", "wrong"),
    [
        (broker, "localhost:6379"),
        (broker, "cache.example.org"),
        (broker, "http://cache.example.org"),
        (broker, "redis://"),
        (broker, "redis://host:port/0"),
        (origins, "comments.example.org"),
        (origins, "https://good.example.org,foo"),
        (origins, "https://example.org/path"),
        (origins, "https://example.org/"),
        (origins, "https://img.example.org; script-src *"),
        (origins, "*"),
        (port, "http"),
        (port, "70000"),
        (token, "short"),
        (model_folder, "/nowhere/at/all"),
        (model_folder, "/tmp"),
    ],
)
def test_an_invalid_value_is_reported_with_its_setting(
    read: Callable[..., Any], wrong: Any
) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^THE_NAME[: ]") as raised:
        read("THE_NAME", wrong)
    assert "\n" not in str(raised.value)


def test_no_error_shows_a_password_or_token() -> None:
    with pytest.raises(ImproperlyConfigured) as raised:
        broker("REDIS_URL", "joe:s3cret@cache.example.org")
    assert "s3cret" not in str(raised.value)
    with pytest.raises(ImproperlyConfigured) as raised:
        token("METRICS_TOKEN", "s3cret")
    assert "s3cret" not in str(raised.value)


def test_a_model_folder_is_recognised_by_its_info_file(tmp_path: Path) -> None:
    (tmp_path / INFO_FILE).write_text("{}")
    assert model_folder("MODEL_DIR", str(tmp_path)) == str(tmp_path)
