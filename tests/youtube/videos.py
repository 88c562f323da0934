"""The videos of the stand-in for YouTube, and why it may refuse them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

Json = dict[str, Any]

OK: Json = {"status": "OK"}


def noise(size: int, *, seed: int = 0) -> bytes:
    """Return bytes that stand for a song where nobody listens."""
    return np.random.default_rng(seed).bytes(size)


def refusal(status: str, reason: str, subreason: str = "") -> Json:
    """Return a playability status as YouTube gives it of a video that it doesn't play."""
    told: Json = {"reason": {"simpleText": reason}}
    if subreason:
        told["subreason"] = {"simpleText": subreason}
    return {
        "status": status,
        "reason": reason,
        "errorScreen": {"playerErrorMessageRenderer": told},
    }


PRIVATE = refusal(
    "LOGIN_REQUIRED", "Private video", "Sign in if you've been granted access to this video"
)
BOT_CHECK = refusal(
    "LOGIN_REQUIRED",
    "Sign in to confirm you’re not a bot",
    "This helps protect our community. Learn more",
)
AGE_RESTRICTED = refusal(
    "LOGIN_REQUIRED",
    "Sign in to confirm your age",
    "This video may be inappropriate for some users.",
)
REGION_LOCKED = refusal(
    "UNPLAYABLE",
    "Video unavailable",
    "The uploader has not made this video available in your country",
)
BLOCKED = refusal(
    "UNPLAYABLE",
    "Video unavailable",
    "This video contains content from SME, who has blocked it in your country on copyright grounds",
)
REMOVED = refusal("ERROR", "Video unavailable", "This video has been removed by the uploader")
TERMINATED = refusal(
    "ERROR",
    "Video unavailable",
    "This video is no longer available because the YouTube account associated with this video has "
    "been terminated.",
)
RATE_LIMIT = refusal("UNPLAYABLE", "This content isn't available, try again later.")
MEMBERS_ONLY = refusal(
    "UNPLAYABLE",
    "Join this channel to get access to members-only content like this video, and other "
    "exclusive perks.",
)
PAYMENT = refusal("UNPLAYABLE", "This video requires payment to watch.")
ODD = refusal("UNPLAYABLE", "The moon is in the wrong house")
PREMIERE: Json = {"status": "LIVE_STREAM_OFFLINE", "reason": "Premieres in 5 hours"}


@dataclass
class FakeVideo:
    """A video of the stand-in.

    `audio` holds the bytes of each format by YouTube's number for it: 140 is m4a, 251 is webm.
    `cuts` are numbers of bytes after which the wire is cut, one for each request, used up one by
    one; `stall_after` is the number after which nothing comes any more and the wire stays open.
    """

    id: str
    title: str = "A song"
    channel: str = "A channel"
    seconds: int = 4
    audio: dict[int, bytes] = field(default_factory=dict)
    playability: Json = field(default_factory=lambda: OK)
    live: str = ""  # "", "isLive", "isPostLiveDvr": YouTube's names
    listed_as: str = ""  # in a playlist: "", "live", "upcoming", "members", "private", "deleted"
    needs_javascript: bool = False
    tells_size: bool = True
    host: str = ""  # of the sound, where it is another than YouTube's
    watch_status: int = 200
    player_status: int = 200
    media_status: int = 200
    cuts: list[int] = field(default_factory=list)
    stall_after: int | None = None
    stalls_at_player: bool = False
    bytes_per_second: int = 0  # 0: as fast as it goes
