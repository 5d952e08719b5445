"""The contents of compose.yaml and .env.example, and the results of make-secrets.sh."""

import re
import shutil
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from cryptography.fernet import Fernet

from config import env
from tests.benchmarks.sides import ROOT

OURS = {"web", "worker", "migrate"}
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
EXAMPLE = (ROOT / ".env.example").read_text()
SCRIPT = ROOT / "docs/deploy/make-secrets.sh"


def made(folder: Path, *arguments: str) -> dict[str, str]:
    """The secrets that the script generates in a folder."""
    command = ["sh", str(SCRIPT), str(folder), *arguments]
    subprocess.run(command, check=True, capture_output=True, timeout=20)
    return {path.name: path.read_text() for path in folder.iterdir()}


def compose_answers() -> bool:
    docker = shutil.which("docker")
    if not docker:
        return False
    return subprocess.run([docker, "compose", "version"], capture_output=True).returncode == 0


@pytest.mark.skipif(not compose_answers(), reason="docker compose is not installed")
def test_compose_accepts_the_file() -> None:
    command = ["docker", "compose", "--file", str(ROOT / "compose.yaml"), "config", "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", SERVICES)
def test_a_container_has_no_more_rights_than_it_needs(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    # Ours run as the Dockerfile's user, which has a number, so no name has to be looked up.
    image_user = "USER 10001:10001" in (ROOT / "Dockerfile").read_text()
    assert image_user if name in OURS else service["user"] not in {"root", "0"}


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"migrate"}))
def test_every_service_that_keeps_running_has_a_health_check(name: str) -> None:
    assert "healthcheck" in SERVICES[name] or "HEALTHCHECK" in (ROOT / "Dockerfile").read_text()
    assert SERVICES[name]["restart"] == "unless-stopped"


def test_only_the_web_server_is_published_and_only_on_this_machine() -> None:
    ports = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert ports == {"web": ["127.0.0.1:${PORT:-8000}:8000"]}


def test_containers_get_secrets_as_files_only() -> None:
    for name, service in SERVICES.items():
        given = service.get("environment", {})
        assert not set(env.secrets) - {"REDIS_URL"} & set(given)
        files = {value for key, value in given.items() if key.endswith("_FILE")}
        assert files == {f"/run/secrets/{secret}" for secret in service.get("secrets", [])}, name
    assert set(COMPOSE["secrets"]) == {
        secret for service in SERVICES.values() for secret in service.get("secrets", [])
    }


def test_the_generated_secrets_are_random_and_pass_the_settings_checks(tmp_path: Path) -> None:
    first, second = made(tmp_path / "first"), made(tmp_path / "second", "database.example.org")
    assert set(first) == set(COMPOSE["secrets"])
    assert not {*first.values()} & {*second.values()}
    assert len(first["secret_key"].strip()) >= 50
    Fernet(first["contact_keys"].strip())
    password = first["database_password"].strip()
    assert first["database_url"] == f"postgres://peredmova:{password}@postgres/peredmova\n"
    assert "@database.example.org/" in second["database_url"]


def test_the_secrets_are_readable_by_their_owner_and_generated_once(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    first = made(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert made(folder) == first


def test_no_secret_is_copied_into_an_image_or_a_commit() -> None:
    ignored = (ROOT / ".gitignore").read_text().splitlines()
    assert {"/secrets/", "/.env"} <= set(ignored)
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    allowed = {line.removeprefix("!") for line in lines if line.startswith("!")}
    assert "*" in lines
    assert not allowed & {"secrets", ".env", "var", "."}


def test_the_example_names_existing_settings() -> None:
    documented = (ROOT / "docs/settings.md").read_text()
    named = re.findall(r"^#?([A-Z_]+)=", EXAMPLE, re.MULTILINE)
    assert len(named) > 10
    composed = (ROOT / "compose.yaml").read_text()
    unknown = [
        name
        for name in named
        if f"`{name.removesuffix('_FILE')}`" not in documented and f"${{{name}" not in composed
    ]
    assert unknown == []


def test_every_secret_can_be_a_file_as_the_documents_say() -> None:
    documented = (ROOT / "docs/settings.md").read_text()
    assert [name for name in env.secrets if f"`{name}_FILE`" not in documented] == []
