"""A real WordPress with its Akismet plugin, MariaDB on a socket and PHP's own web server."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from django.conf import settings

from tests.config.running import free_port
from tests.processes import wait_until

PACKAGE = Path("/usr/share/wordpress")
PROGRAMS = ("mariadbd", "mariadb-install-db", "mariadb", "php")
_PATH = os.environ["PATH"] + ":/usr/sbin"
# Nothing has to survive a crash.
_HASTE = (
    "--innodb-flush-log-at-trx-commit=0",
    "--innodb-doublewrite=0",
    "--innodb-flush-method=nosync",
    "--innodb-buffer-pool-size=16M",
    "--sync-frm=0",
)
PLUGIN = settings.BASE_DIR / "docs/deploy/wordpress/comment-checks.php"
# Three comments of a test follow each other within 15 s.
_NO_FLOOD = "<?php add_filter( 'comment_flood_filter', '__return_false', 99 );"
_CONFIG = """<?php
define( 'DB_NAME', 'wordpress' );
define( 'DB_USER', 'root' );
define( 'DB_PASSWORD', '' );
define( 'DB_HOST', 'localhost:{socket}' );
define( 'DB_CHARSET', 'utf8mb4' );
define( 'AUTH_KEY', 'of the tests' );
define( 'DISABLE_WP_CRON', true );
define( 'COMMENT_CHECKS_URL', '{service}' );
define( 'COMMENT_CHECKS_KEY', '{key}' );
$table_prefix = 'wp_';
defined( 'ABSPATH' ) || define( 'ABSPATH', __DIR__ . '/' );
require_once ABSPATH . 'wp-settings.php';
"""
_INSTALL = """<?php
define( 'WP_INSTALLING', true );
$_SERVER['HTTP_HOST'] = '{host}';
require '{root}/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/plugin.php';
wp_install( 'Blog', 'editor', 'editor@example.org', true, '', 'of the tests' );
update_option( 'active_plugins', array( 'akismet/akismet.php' ) );
update_option( 'siteurl', 'http://{host}' );
update_option( 'home', 'http://{host}' );
update_option( 'comment_previously_approved', 0 );
"""


def missing() -> str:
    """Return what has to be installed, or ""."""
    lacks = [name for name in PROGRAMS if not shutil.which(name, path=_PATH)]
    if not (PACKAGE / "wp-content/plugins/akismet").is_dir():
        lacks.append("wordpress")
    needs = "wordpress, mariadb-server-core, mariadb-client-core, php-cli and php-mysql"
    return f"no {', '.join(lacks)}: install {needs}" if lacks else ""


class WordPress:
    """A blog with one post, whose comments are published unless something objects."""

    def __init__(self, root: Path, socket: Path, host: str) -> None:
        self.root, self.socket, self.host = root, socket, host
        self.editor = httpx.Client(base_url=f"http://{host}", timeout=30)

    def point_at(self, service: str, key: str) -> None:
        """Send its checks to this address."""
        words = _CONFIG.format(socket=self.socket, service=service, key=key)
        (self.root / "wp-config.php").write_text(words)

    def comment(self, text: str, name: str = "Олена") -> str:
        """Send a comment through the form; return its status: 1, 0 (held), spam."""
        sent = {"comment": text, "author": name, "email": "a@example.org", "comment_post_ID": "1"}
        answer = httpx.post(f"http://{self.host}/wp-comments-post.php", data=sent, timeout=30)
        assert answer.status_code == 302, answer.text[:300]
        return self.ask("SELECT comment_approved FROM wp_comments ORDER BY comment_ID DESC LIMIT 1")

    def mark(self, action: str) -> None:
        """Press "Spam" or "Not spam" at the latest comment, as its editor."""
        self._sign_in()
        shown = "spam" if action == "unspamcomment" else "all"
        page = self.editor.get("/wp-admin/edit-comments.php", params={"comment_status": shown}).text
        number = self.ask("SELECT MAX(comment_ID) FROM wp_comments")
        nonce = re.search(rf"c={number}&[^\"']*action={action}&[^\"']*_wpnonce=(\w+)", page)
        assert nonce, page[:500]
        asked = {"c": number, "action": action, "_wpnonce": nonce[1]}
        assert self.editor.get("/wp-admin/comment.php", params=asked).status_code == 302

    def ask(self, statement: str) -> str:
        command = ["mariadb", f"--socket={self.socket}", "-N", "wordpress", "-e", statement]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    def run(self, script: str) -> str:
        """Run PHP inside WordPress and return what it prints."""
        words = f"$_SERVER['HTTP_HOST'] = '{self.host}'; require '{self.root}/wp-load.php'; "
        command = ["php", "-r", words + script]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def _sign_in(self) -> None:
        if not self.editor.cookies:
            self.editor.cookies.set("wordpress_test_cookie", "WP%20Cookie%20check", "127.0.0.1")
            sent = {"log": "editor", "pwd": "of the tests", "testcookie": "1"}
            assert self.editor.post("/wp-login.php", data=sent).status_code == 302


@contextmanager
def running(folder: Path) -> Iterator[WordPress]:
    """Start the database and the web server of a new blog."""
    root, host = folder / "blog", f"127.0.0.1:{free_port()}"
    leave_out = shutil.ignore_patterns("languages")
    shutil.copytree(PACKAGE, root, ignore=leave_out)
    plugins = root / "wp-content/mu-plugins"
    plugins.mkdir()
    shutil.copy(PLUGIN, plugins)
    (plugins / "no-flood.php").write_text(_NO_FLOOD)
    with _database(folder) as socket:
        blog = WordPress(root, socket, host)
        blog.point_at("http://127.0.0.1:9", "abcdefghijkl")
        script = folder / "install.php"
        script.write_text(_INSTALL.format(host=host, root=root))
        subprocess.run(["php", str(script)], check=True, capture_output=True, timeout=60)
        server = ["php", "-d", "opcache.enable_cli=1", "-S", host, "-t", str(root)]
        with _started(server, folder / "php.log"):
            wait_until(lambda: _answers(host), what="PHP's start")
            yield blog


@contextmanager
def _database(folder: Path) -> Iterator[Path]:
    data, socket = folder / "data", folder / "db.sock"
    options = ["--no-defaults", f"--datadir={data}", *_HASTE]
    if os.getuid() == 0:
        options.append("--user=root")
    install = ["mariadb-install-db", *options, "--auth-root-authentication-method=normal"]
    subprocess.run([*install, "--skip-test-db"], check=True, capture_output=True)
    server = shutil.which("mariadbd", path=_PATH) or "mariadbd"
    started = [server, *options, f"--socket={socket}", "--skip-networking"]
    with _started(started, folder / "mariadb.log"):
        create = ["mariadb", f"--socket={socket}", "-u", "root", "-e", "CREATE DATABASE wordpress"]
        wait_until(
            lambda: subprocess.run(create, capture_output=True).returncode == 0,
            seconds=30,
            what="MariaDB's start",
        )
        yield socket


@contextmanager
def _started(command: list[str], log: Path) -> Iterator[None]:
    with log.open("wb") as file:
        process = subprocess.Popen(command, stdout=file, stderr=file)
    try:
        yield
    finally:
        process.terminate()
        process.wait(20)


def _answers(host: str) -> bool:
    try:
        return httpx.get(f"http://{host}/wp-login.php", timeout=10).status_code == 200
    except httpx.TransportError:
        return False
