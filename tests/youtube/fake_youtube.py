"""A stand-in for YouTube on loopback, good enough for the real yt-dlp.

It is an HTTP proxy.  For every request yt-dlp sends ``CONNECT host:443``; the stand-in says 200,
speaks TLS itself with a certificate of its own, and answers from memory.  A host that it doesn't
know gets 502 and is put down in `FakeYouTube.refused`: nothing ever leaves the machine, and an
empty list proves that nothing was going to.

    with FakeYouTube() as fake:
        fake.add("aaaaaaaaaaa", title="A song", audio={140: sound})
        with YouTube(folder, network=fake.network()) as youtube:
            youtube.fetch("aaaaaaaaaaa")

Programs that run as processes of their own reach it with `FakeYouTube.environment`.
"""

from __future__ import annotations

import base64
import ssl
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import trustme

from lib.youtube import Network
from tests.youtube.server import HOSTS, Asked, Server
from tests.youtube.videos import REMOVED, FakeVideo

# The smallest JPEG: one grey pixel.
PICTURE = base64.b64decode(
    "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////"
    "////////////////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//EABQQAQAAAAAAAAAAAAAAAAAA"
    "AAD/2gAIAQEAAD8AN//Z"
)


class FakeYouTube:
    """The stand-in; fill it before or while it runs."""

    def __init__(self) -> None:
        self.videos: dict[str, FakeVideo] = {}
        self.playlists: dict[str, tuple[str, list[str]]] = {}
        self.searches: dict[str, list[str]] = {}
        self.page_size = 25
        self.picture = PICTURE
        self.asked: list[Asked] = []
        self.refused: list[str] = []
        self.ended = threading.Event()
        self._authority = trustme.CA()
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._authority.issue_cert(*sorted(HOSTS)).configure_cert(self.tls)
        self._server = Server(self)

    def add(self, video_id: str, **properties: Any) -> FakeVideo:  # noqa: ANN401 (its fields)
        """Add a video with the properties of a `FakeVideo`."""
        self.videos[video_id] = FakeVideo(video_id, **properties)
        return self.videos[video_id]

    def add_playlist(self, playlist_id: str, title: str, video_ids: Sequence[str]) -> None:
        """Add a playlist of videos."""
        self.playlists[playlist_id] = (title, list(video_ids))

    def add_search(self, words: str, video_ids: Sequence[str]) -> None:
        """Have a search find videos."""
        self.searches[words] = list(video_ids)

    @property
    def proxy(self) -> str:
        """The address that a program takes for its proxy."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def network(self, **settings: Any) -> Network:  # noqa: ANN401 (its fields)
        """Return the way to the stand-in, with pauses that tests can afford."""
        usual = {"proxy": self.proxy, "verify": False, "first_pause": 0.02, "longest_pause": 0.1}
        return Network(**{**usual, **settings})

    def environment(self, folder: Path) -> dict[str, str]:
        """Return variables that lead another process here; certificates are checked.

        The variables ask it to keep its cache and log in `folder` too.
        """
        certificates = folder / "certificates.pem"
        self._authority.cert_pem.write_to_path(str(certificates))
        return {
            "HTTPS_PROXY": self.proxy,
            "NO_PROXY": "",
            "SSL_CERT_FILE": str(certificates),
            "EARMARK_HOME": str(folder / "home"),
        }

    def about(self, path: str) -> list[str]:
        """Return what was asked for at a path, in order."""
        return [asked.about for asked in self.asked if asked.path == path]

    def ranges(self, video_id: str) -> list[str]:
        """Return the ranges of bytes that were asked for of a video's sound, in order."""
        return [
            asked.range
            for asked in self.asked
            if asked.path == "/videoplayback" and asked.about == video_id
        ]

    def video(self, video_id: str) -> FakeVideo:
        """Return a video; one that nobody added has been removed."""
        return self.videos.get(video_id) or FakeVideo(video_id, playability=REMOVED)

    def __enter__(self) -> Self:
        serve = {"poll_interval": 0.02}
        threading.Thread(target=self._server.serve_forever, kwargs=serve, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ended.set()
        self._server.shutdown()
        self._server.server_close()
