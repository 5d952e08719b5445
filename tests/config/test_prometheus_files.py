"""The metrics files: one per process and kind, in any container."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from prometheus_client import CollectorRegistry
from prometheus_client.multiprocess import MultiProcessCollector

from config.prometheus_files import FILE_SIZE, FOLDER, KINDS

COUNT = "from config import metrics as m; m.count_throttled('site'); m._observe('scored', 1, 0.1)"
# Run a process in new namespaces, as in a container: as process 1, on a host of that name.
CONTAINER = ["unshare", "--user", "--map-root-user", "--pid", "--uts", "--fork", "sh", "-c"]


def can_be_contained() -> bool:
    if not shutil.which("unshare"):
        return False
    return subprocess.run([*CONTAINER, "hostname web"], capture_output=True).returncode == 0


def count(folder: Path, host: str = "") -> None:
    command = [sys.executable, "-c", COUNT]
    if host:
        command = [*CONTAINER, f'hostname {host} && exec "$0" "$@"', *command]
    environment = {**os.environ, FOLDER: str(folder)}
    subprocess.run(command, cwd=settings.BASE_DIR, env=environment, check=True, timeout=30)


def test_the_library_counts_into_the_reserved_files(tmp_path: Path) -> None:
    count(tmp_path)
    made = sorted(tmp_path.iterdir())
    assert [path.name.partition("_")[0] for path in made] == sorted(KINDS)
    assert {path.stat().st_size for path in made} == {FILE_SIZE}
    assert all(path.read_bytes().strip(b"\0") for path in made)
    # The whole file existed before the first count.
    assert all(path.stat().st_blocks * 512 >= FILE_SIZE for path in made)


def test_the_library_itself_still_maps_sparse_files(tmp_path: Path) -> None:
    """Once it no longer does, the files need not be created for it."""
    code = "import prometheus_client as p; p.Counter('x', 'x', ['k'], registry=None).labels('y')"
    environment = {**os.environ, FOLDER: str(tmp_path)}
    subprocess.run([sys.executable, "-c", code], env=environment, check=True, timeout=30)
    (path,) = tmp_path.iterdir()
    assert path.stat().st_blocks * 512 < path.stat().st_size


@pytest.mark.skipif(not can_be_contained(), reason="this machine makes no namespaces")
def test_containers_that_share_a_folder_use_separate_files(tmp_path: Path) -> None:
    for host in ("web", "worker", "worker"):
        count(tmp_path, host)
    registry = CollectorRegistry()
    MultiProcessCollector(registry, str(tmp_path))
    assert len(list(tmp_path.glob("counter_*.db"))) == 2
    assert registry.get_sample_value("comments_throttled_total", {"limit": "site"}) == 3
