"""What Earmark asks YouTube, in terms of yt-dlp; slow to import, so import it late."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from yt_dlp.version import __version__ as yt_dlp_version

from lib.wording import clean, clock
from lib.youtube.classify import classify, detail
from lib.youtube.client import Check, Client
from lib.youtube.entry import STATES, Entry, Listing
from lib.youtube.errors import Kind, Refusal
from lib.youtube.links import Playlist, Video
from lib.youtube.log import Log
from lib.youtube.options import Limits, Network
from lib.youtube.text import megabytes, time_left
from lib.youtube.watch import Watch

# Said of a playlist, these mean that there is none to be seen.
OF_A_VIDEO = frozenset({Kind.PRIVATE, Kind.REMOVED, Kind.UNAVAILABLE})

PICTURE_BYTES = 2_000_000
PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"RIFF")


class Session:
    """One line to YouTube: its connections, cookies and player, kept from song to song.

    What asks YouTube raises `Refusal` where the answer is no, and whatever yt-dlp raises; `refusal`
    turns the latter into the former.

    Parameters
    ----------
    folder : Path
        Where downloads go.
    limits : Limits
        How long and how large a song may be.
    network : Network
        How YouTube is reached.
    """

    def __init__(self, folder: Path, limits: Limits, network: Network) -> None:
        self.limits = limits
        self._client = Client(folder, network)
        self._client.add_progress_hook(self._downloading)

    def begin(self, watch: Watch) -> None:
        """Start another operation, of which `watch` knows."""
        self._client.begin(watch)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def search(self, words: str, count: int) -> tuple[Entry, ...]:
        """Return the first videos that YouTube finds."""
        info = self._ask(f"ytsearch{count}:{words}", "YoutubeSearch")
        entries = _entries(info)
        if not entries:
            raise Refusal(Kind.NO_RESULTS, words)
        return entries[:count]

    def playlist(self, playlist_id: str, limit: int | None) -> Listing:
        """Return a playlist, or its first `limit` videos."""
        if limit is not None:
            self._client.params["playlist_items"] = f"1:{limit}"
        link = Playlist(playlist_id).link
        info = self._ask(link, "YoutubeTab")
        if info.get("_type") != "playlist":
            raise Refusal(Kind.NO_PLAYLIST, link)
        return Listing(playlist_id, clean(str(info.get("title") or "")), _entries(info))

    def details(self, video_id: str) -> tuple[Entry, dict[str, Any]]:
        """Return what is known of a video that can be played, and what yt-dlp makes of it."""
        link = Video(video_id).link
        info = self._ask(link, "Youtube", process=False)
        entry = Entry.from_info(info)
        if entry is None or entry.id != video_id or info.get("_type", "video") != "video":
            # YouTube answers with a trailer where a film has to be paid for.
            raise Refusal(Kind.PAYMENT, link)
        state = STATES.get(str(info.get("live_status")))
        if state is not None:
            raise Refusal(state, link)
        # A private video that a person's cookies open is none of a problem any more.
        return replace(entry, problem=None), info

    def download(self, info: dict[str, Any], make_room: Check) -> Path:
        """Download the sound of what `details` gave, or the rest of it, and return the file.

        Parameters
        ----------
        info : dict
            As `details` gave it.
        make_room : callable
            Given the description with the size, before the first byte.
        """

        def check(chosen: Mapping[str, Any], *, incomplete: object) -> None:
            if not incomplete:
                self._check_size(chosen["id"], chosen.get("filesize"))
                make_room(chosen)

        self._check_length(info)
        self._client.params["match_filter"] = check
        done = self._client.process_ie_result(info, download=True)
        return Path(done["requested_downloads"][0]["filepath"])

    def picture(self, address: str) -> bytes:
        """Return the bytes of a picture."""
        with self._client.urlopen(address) as response:
            picture: bytes = response.read(PICTURE_BYTES)
        if not picture.startswith(PICTURES):
            raise Refusal(Kind.UNAVAILABLE, address, "this is no picture.")
        return picture

    def refusal(self, error: Exception, subject: str, log: Log) -> Refusal:
        """Turn whatever an operation raised into a sentence, and its full text into the log."""
        if isinstance(error, Refusal):
            return error
        kind = classify(error, list(self._client.warnings))
        said = _sentence(kind, detail(error))
        if subject.startswith(Playlist("").link) and kind in OF_A_VIDEO:
            kind, said = Kind.NO_PLAYLIST, ""
        head = f"{datetime.now().astimezone():%Y-%m-%d %H:%M:%S %z} {kind}: {subject}"
        notes = "\n".join((head, f"yt-dlp {yt_dlp_version}", *self._client.notes, ""))
        text = notes + "".join(traceback.format_exception(error))
        return Refusal(kind, subject, said, log.write(text))

    def _ask(self, address: str, extractor: str, *, process: bool = True) -> dict[str, Any]:
        """Ask one extractor of yt-dlp's."""
        answer = self._client.extract_info(
            address, download=False, ie_key=extractor, process=process
        )
        return answer or {}

    def _check_length(self, info: Mapping[str, Any]) -> None:
        seconds, longest = info.get("duration"), self.limits.longest
        if isinstance(seconds, int | float) and seconds > longest:
            told = f"it is {clock(seconds)} long, and the limit is {clock(longest)}."
            raise Refusal(Kind.TOO_LONG, Video(info["id"]).link, told)

    def _check_size(self, video_id: str, size: object) -> None:
        largest = self.limits.largest
        if isinstance(size, int | float) and size > largest:
            told = f"it has {megabytes(size)} MB, and the limit is {megabytes(largest)} MB."
            raise Refusal(Kind.TOO_LARGE, Video(video_id).link, told)

    def _downloading(self, state: Mapping[str, Any]) -> None:
        """Tell how far a download is; called by yt-dlp with every block."""
        done, total = state.get("downloaded_bytes"), state.get("total_bytes")
        if state.get("status") != "downloading" or done is None:
            return
        # YouTube does not always say the size beforehand.
        self._check_size(state["info_dict"]["id"], total or done)
        if not total:
            self._client.watch.report(f"Downloading, {megabytes(done)} MB so far", None)
            return
        eta = state.get("eta")
        left = "" if eta is None else f", {time_left(eta)}"
        step = f"Downloading {megabytes(done)} of {megabytes(total)} MB{left}"
        self._client.watch.report(step, min(done / total, 1.0))


def _entries(info: Mapping[str, Any]) -> tuple[Entry, ...]:
    """Return the videos of a list, each once."""
    found = (Entry.from_info(entry) for entry in info.get("entries") or () if entry)
    return tuple({entry.id: entry for entry in found if entry is not None}.values())


def _sentence(kind: Kind, said: str) -> str:
    """Return a sentence for this very case where YouTube says more than the kind does."""
    if kind is Kind.UNAVAILABLE and said:
        return f"YouTube does not play this video: “{said}”."
    if kind is Kind.PREMIERE and said:
        return f"this video has not been shown yet: “{said}”."
    if kind is Kind.OUTDATED:
        return (
            f"YouTube has changed, and yt-dlp {yt_dlp_version}, which is installed, no longer "
            "understands it."
        )
    return ""
