"""A preview on this machine: the site from memory, each page drawn when asked for, reloaded when a file changes."""

from __future__ import annotations

import datetime
import mimetypes
import socket
from collections.abc import Callable, Container, Iterable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qs, unquote, urlsplit

from idesluss.preview import Preview, Told
from idesluss.watching import watch

LIVE = b"""\
(async () => {
  let known = null;
  for (;;) {
    try {
      const answer = await fetch('/-/changes' + (known === null ? '' : '?since=' + known));
      const version = await answer.text();
      if (known !== null && version !== known) { location.reload(); return; }
      known = version;
    } catch { await new Promise((resolve) => setTimeout(resolve, 1000)); }
  }
})();
"""
EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 - asked for by name
"""Hosts that stand for all addresses of the machine."""
INJECTED = b'<script src="/-/live.js" defer></script></body>'


def file_of(path: str) -> str:
    """The file of the site that an address leads to: "/ideer/x/" is "ideer/x/index.html"."""
    clean = unquote(urlsplit(path).path).lstrip("/")
    return f"{clean}index.html" if not clean or clean.endswith("/") else clean


def _is_named(asked: str, hosts: Container[str]) -> bool:
    """Whether the host that a browser asked for, with a port or without, is one of these."""
    try:
        return urlsplit(f"//{asked}").hostname in hosts
    except ValueError:
        return False


def handler(preview: Preview, hosts: frozenset[str]) -> type[BaseHTTPRequestHandler]:
    """The class that answers a browser; only to these host names, and to the address at which it was reached."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            if not _is_named(self.headers.get("Host", ""), {*hosts, self.connection.getsockname()[0]}):
                self._send(HTTPStatus.FORBIDDEN, "text/plain", b"unknown host")
            elif self.path == "/-/live.js":
                self._send(HTTPStatus.OK, "text/javascript", LIVE)
            elif self.path.startswith("/-/changes"):
                since = parse_qs(urlsplit(self.path).query).get("since", [""])[0]
                version = preview.wait(int(since)) if since.isdigit() else preview.version
                self._send(HTTPStatus.OK, "text/plain", str(version).encode())
            else:
                self._page()

        do_HEAD = do_GET  # noqa: N815 - the name is the standard library's

        def _page(self) -> None:
            path = file_of(self.path)
            data, status = preview.get(path), HTTPStatus.OK
            if data is None and preview.get(f"{path}/index.html") is not None:
                self.send_response(HTTPStatus.MOVED_PERMANENTLY)
                self.send_header("Location", f"{urlsplit(self.path).path}/")
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            if data is None:
                path, status = "404.html", HTTPStatus.NOT_FOUND
                data = preview.lost()
            kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
            if kind == "text/html":
                data = data.replace(b"</body>", INJECTED)
            self._send(status, kind, data)

        def _send(self, status: HTTPStatus, kind: str, data: bytes) -> None:
            self.send_response(status)
            text = kind.startswith("text/") or kind.endswith(("javascript", "json", "xml"))
            self.send_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
            self.send_header("Content-Length", str(len(data)))
            self.send_header("Cache-Control", "no-store")
            self.send_header("X-Content-Type-Options", "nosniff")
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(data)

        def log_message(self, *_: Any) -> None:
            """Say nothing of each request."""

    return Handler


class _SixServer(ThreadingHTTPServer):
    """One that answers on an address of IPv6."""

    address_family = socket.AF_INET6


def serve(
    root: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    audience: Literal["public", "internal"] = "public",
    now: datetime.date | None = None,
    jobs: int | None = None,
    told: Told,
    ready: Callable[[str], None],
    others: Iterable[str] = (),
) -> None:
    """Preview the instance until interrupted. `told` gets the problems after each change, `ready` the address once."""
    root = root.resolve()
    preview = Preview(root, audience, now, jobs, told)
    own = {socket.gethostname()} if host in EVERYWHERE else {host}
    hosts = frozenset(name.lower() for name in {*own, "localhost", "127.0.0.1", "::1", *others})
    server = (_SixServer if ":" in host else ThreadingHTTPServer)((host, port), handler(preview, hosts))
    server.daemon_threads = True
    end = watch(root, preview.docs, preview.refresh)
    shown = "localhost" if host in EVERYWHERE else f"[{host}]" if ":" in host else host
    ready(f"http://{shown}:{server.server_address[1]}/")
    try:
        server.serve_forever()
    finally:
        end()
        server.server_close()
