"""nginx with docs/deploy/nginx.conf before a web server, on its own ports and in its own folder."""

import datetime as dt
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.benchmarks.servers import free_port, headers_of, wait
from tests.benchmarks.sides import ROOT

SNIPPET = ROOT / "docs" / "deploy" / "nginx.conf"
HOST = "comments.example.org"
# What a distribution's nginx.conf has around the snippet, changed to run without root.
AROUND = """
daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/snippet.conf;
}}
"""


def program() -> str | None:
    """The nginx of this machine; Debian keeps it where only root's PATH finds it."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


def checked(folder: Path) -> subprocess.CompletedProcess[str]:
    """Return the output of `nginx -t` for the unchanged snippet, with our own certificate."""
    _certificate(folder)
    text = SNIPPET.read_text().replace(f"/etc/letsencrypt/live/{HOST}", str(folder))
    main = _written(folder, text.replace("/var/cache/peredmova", f"{folder}/cache"))
    command = [program() or "nginx", "-t", "-q", "-c", str(main)]
    return subprocess.run(command, capture_output=True, text=True, timeout=30)


@contextmanager
def nginx(web_port: int) -> Iterator[int]:
    """Run it before the web server at that port, without TLS; yield its own port."""
    port = free_port()
    text = SNIPPET.read_text().replace("127.0.0.1:8000", f"127.0.0.1:{web_port}")
    # Drop the server that redirects to HTTPS, and what only HTTPS needs.
    text = re.sub(r"server \{\n    listen 80;.*?\n\}\n", "", text, flags=re.DOTALL)
    text = re.sub(r"    (ssl_certificate|listen \[::\]).*\n", "", text)
    text = text.replace("listen 443 ssl", f"listen 127.0.0.1:{port}")
    with tempfile.TemporaryDirectory(prefix="nginx-") as name:
        folder = Path(name)
        main = _written(folder, text.replace("/var/cache/peredmova", f"{folder}/cache"))
        folder.chmod(0o755)
        process = subprocess.Popen([program() or "nginx", "-c", str(main)])
        try:
            wait(lambda: headers_of(port, "/healthz"), "nginx's start", 20)
            yield port
        finally:
            process.terminate()
            process.wait(20)


def _written(folder: Path, snippet: str) -> Path:
    (folder / "snippet.conf").write_text(snippet)
    main = folder / "nginx.conf"
    main.write_text(AROUND.format(folder=folder))
    return main


def _certificate(folder: Path) -> None:
    key, now = ec.generate_private_key(ec.SECP256R1()), dt.datetime.now(dt.UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + dt.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
