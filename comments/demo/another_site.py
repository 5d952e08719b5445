"""A site of its own that embeds a discussion of the demo: `another_site.py PORT SERVICE`.

Run as a script that imports only the standard library, so that it takes little memory. The page
has the discussion as HTML too, so that it can be read and answered without JavaScript.
"""

import sys
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import urlopen

HOST = "127.0.0.1"
KEY = "mist-cherez-tykhu"
PAGES = Path(__file__).parent / "pages"
TIMEOUT = 3
POLICY = (
    "default-src 'none'; style-src 'self'; img-src data:; "
    "script-src {0}; connect-src {0}; form-action {0}"
)


class Page(BaseHTTPRequestHandler):
    """Answers with the page, or with its styles."""

    service = ""
    # Browsers keep connections open, which must not keep anything else waiting.
    timeout = 30

    def do_GET(self) -> None:
        if self.path == "/":
            self._send((PAGES / "another_site.html").read_text(), "text/html")
        elif self.path == "/style.css":
            self._send((PAGES / "another_site.css").read_text(), "text/css")
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    def _send(self, text: str, kind: str) -> None:
        if kind == "text/html":
            discussion = _discussion(self.service, f"http://{self.headers['Host']}/")
            text = text.replace("SERVICE", self.service).replace("DISCUSSION", discussion)
        body = text.encode()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY.format(self.service))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        pass


def _discussion(service: str, page: str) -> str:
    """Return the discussion as HTML; "" if the service does not answer: the script asks again."""
    query = urlencode({"lang": "uk", "url": page, "title": "Міст закривають"})
    try:
        address = f"{service}/api/v1/articles/{KEY}/comments/html/?{query}"
        with urlopen(address, timeout=TIMEOUT) as answer:  # noqa: S310
            return str(answer.read().decode())
    except (URLError, TimeoutError):
        return ""


def main() -> None:
    port, Page.service = int(sys.argv[1]), sys.argv[2]
    ThreadingHTTPServer((HOST, port), Page).serve_forever()


if __name__ == "__main__":
    main()
