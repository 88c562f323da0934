"""The proxy and the hosts of the stand-in for YouTube."""

from __future__ import annotations

import json
import re
import socket
import time
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from tests.youtube import answers
from tests.youtube.videos import FakeVideo, Json

if TYPE_CHECKING:
    from tests.youtube.fake_youtube import FakeYouTube

SITE = frozenset(
    {"www.youtube.com", "m.youtube.com", "music.youtube.com", "youtube.com", "youtu.be"}
)
HOSTS = SITE | {answers.MEDIA_HOST, answers.IMAGE_HOST}


@dataclass(frozen=True)
class Asked:
    """One request that the stand-in has answered."""

    method: str
    host: str
    path: str
    about: str  # the video, playlist or words
    range: str = ""


class Server(ThreadingHTTPServer):
    daemon_threads = True
    # The threads of stalled connections end by `FakeYouTube.ended`; nobody has to wait for them.
    block_on_close = False

    def __init__(self, fake: FakeYouTube) -> None:
        self.fake = fake
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients that go away in the middle are what tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Server
    host = ""

    def do_CONNECT(self) -> None:
        host = self.path.rsplit(":", 1)[0]
        if host not in HOSTS:
            self._refuse()
            return
        self.wfile.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        self.connection = self.server.fake.tls.wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", buffering=0)
        self.host = host
        self.close_connection = False

    def do_GET(self) -> None:
        if not self.host:  # plain HTTP through the proxy
            self._refuse()
            return
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        question: Json = {}
        if "json" in self.headers.get("Content-Type", ""):
            question = json.loads(body)
        address = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(address.query).items()}
        about = next(
            (
                str(place[name])
                for place in (question, query)
                for name in ("videoId", "continuation", "browseId", "query", "v", "list", "id")
                if name in place
            ),
            "",
        )
        wanted = self.headers.get("Range", "")
        self.server.fake.asked.append(Asked(self.command, self.host, address.path, about, wanted))
        if self.host == answers.MEDIA_HOST:
            self._media(self.server.fake.video(about), query, wanted)
        elif self.host == answers.IMAGE_HOST:
            self._send(200, self.server.fake.picture, "image/jpeg")
        else:
            self._site(address.path, about)

    do_POST = do_GET  # noqa: N815 (the name that the base class looks for)

    def finish(self) -> None:
        super().finish()
        if self.host:  # the TLS connection that took the place of the plain one
            self.connection.close()

    def log_message(self, *_: object) -> None:
        """Print nothing."""

    def _refuse(self) -> None:
        self.server.fake.refused.append(self.path)
        self.send_error(502, "not a host of the stand-in's")
        self.close_connection = True

    def _send(self, status: int, body: bytes | str | Json, kind: str = "application/json") -> None:
        if isinstance(body, dict):
            body = json.dumps(body)
        data = body if isinstance(body, bytes) else body.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _site(self, path: str, about: str) -> None:
        """Answer for YouTube's site."""
        scripts = {
            answers.PLAYER_PATH: answers.PLAYER,
            "/iframe_api": '"' + answers.PLAYER_PATH.replace("/", "\\/") + '"',
        }
        if path in ("/watch", "/playlist", "/", "/tv") or path.startswith("/embed/"):
            self._page(path, about)
        elif path in scripts:
            self._send(200, scripts[path], "text/javascript")
        elif path.startswith("/youtubei/v1/"):
            self._question(path.removeprefix("/youtubei/v1/"), about)
        else:
            self._send(404, {"error": {"message": "no such page"}})

    def _question(self, name: str, about: str) -> None:
        """Answer a question of the scripts'."""
        fake, status = self.server.fake, 200
        answer: Json = {"contents": {}}
        if name == "player":
            video = fake.video(about)
            if video.stalls_at_player:
                fake.ended.wait()
            status, answer = video.player_status, answers.player_answer(video)
        elif name == "browse":
            answer = self._playlist(about.removeprefix("VL"))
        elif name == "search":
            found = [fake.video(video_id) for video_id in fake.searches.get(about, [])]
            answer = answers.search_answer(found)
        self._send(status, answer)

    def _page(self, path: str, about: str) -> None:
        """Answer with a page for people."""
        status, player = 200, None
        data: Json = {"contents": {}}
        if path == "/watch":
            video = self.server.fake.video(about)
            status, data = video.watch_status, answers.watch_data(video)
            player = answers.player_answer(video)
        elif path == "/playlist":
            data = self._playlist(about)
        self._send(status, answers.page(data, player), "text/html; charset=utf-8")

    def _playlist(self, token: str) -> Json:
        """Return a page of a playlist: the first, or the one that a token names."""
        fake = self.server.fake
        playlist_id, _, start_text = token.partition("@")
        if playlist_id not in fake.playlists:
            return answers.NO_PLAYLIST
        title, ids = fake.playlists[playlist_id]
        start = int(start_text or 0)
        end = start + fake.page_size
        videos = [fake.video(video_id) for video_id in ids[start:end]]
        items = answers.playlist_items(videos, f"{playlist_id}@{end}" if end < len(ids) else None)
        return (
            answers.further_answer(items) if start_text else answers.playlist_answer(title, items)
        )

    def _media(self, video: FakeVideo, query: dict[str, str], wanted: str) -> None:
        """Answer for the host of the sound."""
        solved = (answers.SOLVED_N, answers.SOLVED_SIGNATURE)
        if video.needs_javascript and (query.get("n"), query.get("sig")) != solved:
            self._send(403, b"", "text/plain")
            return
        if video.media_status != 200:
            self._send(video.media_status, b"", "text/plain")
            return
        sound = video.audio[int(query["itag"])]
        bounds = re.fullmatch(r"bytes=(\d+)-(\d*)", wanted)
        start = int(bounds[1]) if bounds else 0
        end = min(int(bounds[2]) + 1, len(sound)) if bounds and bounds[2] else len(sound)
        if start >= len(sound):
            self._send(416, b"", "text/plain")
            return
        self.send_response(206 if bounds else 200)
        self.send_header("Content-Type", answers.MIME[int(query["itag"])].split(";")[0])
        self.send_header("Content-Length", str(end - start))
        if bounds:
            self.send_header("Content-Range", f"bytes {start}-{end - 1}/{len(sound)}")
        self.end_headers()
        self._pour(video, sound[start:end])

    def _pour(self, video: FakeVideo, part: bytes) -> None:
        """Send a part of the sound, as badly as the video asks for."""
        if video.cuts:
            self.wfile.write(part[: video.cuts.pop(0)])
            # The wire is cut: no end of TLS, and the body is too short.
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
            return
        if video.stall_after is not None:
            self.wfile.write(part[: video.stall_after])
            self.server.fake.ended.wait()
            self.close_connection = True
            return
        step = max(video.bytes_per_second // 20, 1) if video.bytes_per_second else len(part)
        for start in range(0, len(part), step):
            self.wfile.write(part[start : start + step])
            if video.bytes_per_second:
                time.sleep(step / video.bytes_per_second)
