"""A web server on loopback that serves archives as badly as a test wants it to."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar


@dataclass
class Shop:
    """What is served, and how.

    Parameters
    ----------
    content : bytes
    etag, modified : str
        Sent where they are not empty.
    ranges : bool
        Whether ranges are honoured.
    cuts : list of int
        The connection breaks after so many bytes of the answer, one answer each.
    statuses : list of int
        Answers without a file, before all others.
    length : bool
        Whether the length is told.
    pause : float
        Seconds before each kilobyte.
    asked : list of dict
        The headers of each request.
    """

    content: bytes
    etag: str = '"one"'
    modified: str = ""
    ranges: bool = True
    cuts: list[int] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    length: bool = True
    pause: float = 0.0
    asked: list[dict[str, str]] = field(default_factory=list)
    url: str = ""


@contextmanager
def open_shop(shop: Shop) -> Iterator[Shop]:
    """Serve until the block ends."""

    class Handler(_Handler):
        served = shop

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    shop.url = f"http://127.0.0.1:{server.server_port}/archive"
    try:
        yield shop
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    served: ClassVar[Shop]

    def do_GET(self) -> None:
        shop = self.served
        shop.asked.append({name.lower(): value for name, value in self.headers.items()})
        if shop.statuses:
            self.send_error(shop.statuses.pop(0))
            return
        start = self._start()
        if start is not None and start >= len(shop.content):
            self.send_response(416)
            self.send_header("Content-Range", f"bytes */{len(shop.content)}")
            self.end_headers()
            return
        with suppress(ConnectionError):  # whoever asked may hang up
            self._send(start)

    def _start(self) -> int | None:
        """Return where a range begins that is to be honoured."""
        shop, wanted = self.served, self.headers.get("Range", "")
        condition = self.headers.get("If-Range")
        if not shop.ranges or not wanted or condition not in {None, shop.etag, shop.modified}:
            return None
        return int(wanted.removeprefix("bytes=").rstrip("-"))

    def _send(self, start: int | None) -> None:
        shop, body = self.served, self.served.content[start or 0 :]
        self.send_response(200 if start is None else 206)
        if start is not None:
            last = len(shop.content) - 1
            self.send_header("Content-Range", f"bytes {start}-{last}/{len(shop.content)}")
        for name, value in (("ETag", shop.etag), ("Last-Modified", shop.modified)):
            if value:
                self.send_header(name, value)
        if shop.length:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        cut = shop.cuts.pop(0) if shop.cuts else len(body)
        for i in range(0, min(cut, len(body)), 1024):
            time.sleep(shop.pause)
            self.wfile.write(body[i : min(i + 1024, cut)])
        if cut < len(body):
            self.wfile.flush()
            self.connection.close()

    def log_message(self, *_: object) -> None:
        """Say nothing."""
