"""yt-dlp as Earmark wants it: YouTube alone, no program but deno, no file but ours."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

# Read when the first YoutubeDL is made; plugins would be somebody else's code in Earmark.
os.environ["YTDLP_NO_PLUGINS"] = "1"

from yt_dlp import YoutubeDL
from yt_dlp.networking import Request
from yt_dlp.networking.exceptions import HTTPError, TransportError

from lib.youtube.classify import ForeignHostError, UnreachableError
from lib.youtube.options import Network
from lib.youtube.watch import Watch

# YouTube's pages and questions, its sound, its pictures.
SITES = ("youtube.com", "youtu.be", "youtubei.googleapis.com", "googlevideo.com", "ytimg.com")
# Requests in a row without any answer after which there is no network.
UNANSWERED = 3
NOTES = 500
BLOCK_BYTES = 65_536

Check = Callable[[Mapping[str, Any]], None]


class Client(YoutubeDL):  # type: ignore[misc]  # yt-dlp is not typed
    """yt-dlp, watched.

    Parameters
    ----------
    folder : Path
        Where downloads go, named by video id, format and size.
    network : Network
        How to reach YouTube.
    """

    def __init__(self, folder: Path, network: Network) -> None:
        self.watch = Watch("")
        self.network = network
        self.notes: deque[str] = deque(maxlen=NOTES)
        self.warnings: deque[str] = deque(maxlen=NOTES)
        self.answered = False
        self.unanswered = 0
        self._responses: list[Any] = []
        super().__init__(self._options(folder), auto_init="no_verbose_header")

    def begin(self, watch: Watch) -> None:
        """Start another operation, of which `watch` knows."""
        self._close_responses()
        self.watch = watch
        self.answered = False
        self.unanswered = 0
        self.notes.clear()
        self.warnings.clear()
        self.params["match_filter"] = None
        self.params["playlist_items"] = None

    def urlopen(self, req: Any) -> Any:  # noqa: ANN401 (yt-dlp's request and response)
        """Send a request, where it goes to YouTube and nobody has stopped the work.

        Raises
        ------
        Cancelled
            If somebody has.
        ForeignHostError
            If it would go anywhere else, or not by https.
        UnreachableError
            If nothing at all has come back, several times in a row.
        """
        self.watch.check()
        address = urlsplit(req.url if isinstance(req, Request) else str(req))
        host = address.hostname or ""
        if address.scheme != "https" or not any(
            host == site or host.endswith(f".{site}") for site in SITES
        ):
            raise ForeignHostError(f"a request to {address.scheme}://{host} was refused")
        try:
            response = super().urlopen(req)
        except HTTPError as error:
            self.answered = True
            self._responses.append(error.response)
            raise
        except TransportError as error:
            self.unanswered += 1
            if not self.answered and self.unanswered >= UNANSWERED:
                raise UnreachableError(f"{self.unanswered} requests without an answer") from error
            raise
        self.answered = True
        self._responses.append(response)
        self.watch.on_stop(lambda: _break_off(response))
        return response

    def close(self) -> None:
        """Close all connections."""
        self._close_responses()
        super().close()

    def debug(self, message: str) -> None:
        """Note what yt-dlp tells, for the log of a failure."""
        self.notes.append(message)

    def warning(self, message: str) -> None:
        """Note a warning, which may hold the cause of a failure."""
        self.notes.append(f"WARNING: {message}")
        self.warnings.append(message)

    def error(self, message: str) -> None:
        """Note an error, but not its traceback: it is raised as well."""
        if message.startswith("ERROR:"):
            self.notes.append(message)

    def _options(self, folder: Path) -> dict[str, Any]:
        network = self.network
        browser = network.cookies_from_browser
        runtime = {"path": str(network.javascript)} if network.javascript else {}
        return {
            "logger": self,
            "verbose": True,  # for the log
            "noprogress": True,
            "color": "never",
            # Only these; every other address is refused before any request.
            "allowed_extractors": ["youtube", "youtube:tab", "youtube:search"],
            "noplaylist": True,
            "extract_flat": "in_playlist",
            "format": "bestaudio[ext=m4a]/bestaudio",
            # No program is run, not even one that the machine has by chance.
            "fixup": "never",
            "postprocessors": [],
            "ffmpeg_location": str(folder / "no-ffmpeg"),
            "js_runtimes": {"deno": runtime},
            "remote_components": [],
            # No file but the download, and no name from a title.  The size in the name keeps what
            # was downloaded of another version of the sound from being resumed.
            "paths": {"home": str(folder)},
            "outtmpl": {"default": "%(id)s.%(format_id)s.%(filesize)s.%(ext)s"},
            "cachedir": False,
            "updatetime": False,
            "proxy": network.proxy,
            "nocheckcertificate": not network.verify,
            # Where a person names certificates of their own, those count.
            "compat_opts": {"no-certifi"} if os.environ.get("SSL_CERT_FILE") else set(),
            "cookiesfrombrowser": (browser,) if browser else None,
            # Small blocks: smooth progress, and little is lost when the wire is cut.
            "buffersize": BLOCK_BYTES,
            "noresizebuffer": True,
            "socket_timeout": network.timeout,
            "retries": network.retries,
            "fragment_retries": network.retries,
            "extractor_retries": UNANSWERED - 1,
            "retry_sleep_functions": dict.fromkeys(("http", "fragment", "extractor"), self._pause),
        }

    def _close_responses(self) -> None:
        """Close what yt-dlp leaves open when something goes wrong."""
        for response in self._responses:
            response.close()
        self._responses.clear()

    def _pause(self, n: int) -> float:
        """Wait before a retry; yt-dlp is told that nothing is left to wait."""
        seconds = self.network.pause(n)
        _, fraction = self.watch.latest
        self.watch.report(f"The connection broke, trying again in {seconds:.0f} s", fraction)
        self.watch.pause(seconds)
        return 0.0


def _break_off(response: Any) -> None:  # noqa: ANN401 (yt-dlp's response)
    """Wake the thread that waits for more of a response."""
    # The connection may be over, or of a kind that can't be woken: then it times out.
    with suppress(AttributeError, OSError, RuntimeError, ValueError):
        response.fp.shutdown()
