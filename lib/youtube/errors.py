"""What YouTube, the network or this machine may refuse, and what a person can do about it."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from lib.errors import YouTubeError


class Kind(StrEnum):
    """Why something was refused; the value is the word that tables hold."""

    LINK = "link"
    FOREIGN_HOST = "foreign host"
    PRIVATE = "private"
    REMOVED = "removed"
    AGE_RESTRICTED = "age-restricted"
    REGION_LOCKED = "region-locked"
    MEMBERS_ONLY = "members-only"
    PAYMENT = "payment"
    PREMIERE = "premiere"
    LIVE = "live"
    UNAVAILABLE = "unavailable"
    BOT_CHECK = "bot check"
    RATE_LIMIT = "rate limit"
    FORBIDDEN = "forbidden"
    NO_NETWORK = "no network"
    NO_PLAYLIST = "no playlist"
    NO_RESULTS = "no results"
    NO_JAVASCRIPT = "no JavaScript runtime"
    OUTDATED = "outdated yt-dlp"
    COOKIES = "cookies"
    TOO_LONG = "too long"
    TOO_LARGE = "too large"
    DISK = "disk"

    @property
    def stops_a_run(self) -> bool:
        """Whether the next song of a playlist would meet the same, so that going on only harms."""
        return self in STOPPERS

    @property
    def sentence(self) -> str:
        """What is wrong, in general words."""
        return TEXTS[self][0]

    @property
    def advice(self) -> str:
        """What to do about it."""
        return TEXTS[self][1]


STOPPERS = frozenset(
    {
        Kind.BOT_CHECK,
        Kind.RATE_LIMIT,
        Kind.NO_NETWORK,
        Kind.NO_JAVASCRIPT,
        Kind.COOKIES,
        Kind.DISK,
    }
)

COOKIES = "with the cookies of a browser where you are signed in (--cookies-from-browser firefox)"
ANOTHER = "Type the song's name to find it under another link."
UPGRADE = "python -m pip install --upgrade yt-dlp yt-dlp-ejs deno"

TEXTS: dict[Kind, tuple[str, str]] = {
    Kind.LINK: (
        "this is no link that Earmark can open.",
        "Paste the link of a YouTube video or playlist, or type a song's name.",
    ),
    Kind.FOREIGN_HOST: (
        "YouTube sent Earmark on to another site, and Earmark asks no other site.",
        "Check that no proxy or filter stands between you and YouTube.",
    ),
    Kind.PRIVATE: (
        "this video is private.",
        f"{ANOTHER} If its owner shares it with you, try again {COOKIES}.",
    ),
    Kind.REMOVED: ("this video is no longer on YouTube, or never was.", ANOTHER),
    Kind.AGE_RESTRICTED: (
        "YouTube shows this video only to people who are signed in and of age.",
        f"{ANOTHER} Or try again {COOKIES}.",
    ),
    Kind.REGION_LOCKED: ("this video is blocked in your country.", ANOTHER),
    Kind.MEMBERS_ONLY: (
        "this video is for the paying members of its channel.",
        f"{ANOTHER} If you are a member, try again {COOKIES}.",
    ),
    Kind.PAYMENT: (
        "this video has to be paid for.",
        f"{ANOTHER} If you have paid, try again {COOKIES}.",
    ),
    Kind.PREMIERE: (
        "this video has not been shown yet.",
        "Try again when its premiere is over.",
    ),
    Kind.LIVE: (
        "this is a live stream that is still going on.",
        "Try again when it has ended and YouTube has made a video of it.",
    ),
    Kind.UNAVAILABLE: (
        "YouTube does not play this video.",
        f"Open the link in a browser to see why. {ANOTHER}",
    ),
    Kind.BOT_CHECK: (
        "YouTube wants to be sure that you are no robot.",
        f"Wait an hour, or try again {COOKIES}.",
    ),
    Kind.RATE_LIMIT: (
        "YouTube has had too many requests from here and answers no more for a while.",
        f"Wait an hour and go on with longer pauses between songs, or try again {COOKIES}.",
    ),
    Kind.FORBIDDEN: (
        "YouTube forbids this download (HTTP 403).",
        f"Try again in a few minutes. If that does not help, yt-dlp is too old: {UPGRADE}",
    ),
    Kind.NO_NETWORK: (
        "YouTube can't be reached.",
        "Check the connection, and the proxy if you use one; what was downloaded is kept.",
    ),
    Kind.NO_PLAYLIST: (
        "there is no such playlist, or it is private.",
        "Open it in a browser, check that it is public or unlisted, and copy its link again.",
    ),
    Kind.NO_RESULTS: (
        "YouTube finds nothing for these words.",
        "Check the spelling, or type fewer words.",
    ),
    Kind.NO_JAVASCRIPT: (
        "there is no JavaScript runtime, and YouTube gives no sound without one.",
        f"Install deno into Earmark's environment: {UPGRADE}",
    ),
    Kind.OUTDATED: (
        "YouTube has changed, and the yt-dlp that is installed no longer understands it.",
        f"Bring it up to date: {UPGRADE}",
    ),
    Kind.COOKIES: (
        "the cookies of the browser can't be read.",
        "Check the browser's name, close the browser and try again, or go on without its cookies.",
    ),
    Kind.TOO_LONG: (
        "this video is longer than the limit.",
        "Raise the limit on the length (--longest MINUTES), or choose a shorter one.",
    ),
    Kind.TOO_LARGE: (
        "this download is larger than the limit.",
        "Raise the limit on the size (--largest MB), or choose a shorter song.",
    ),
    Kind.DISK: (
        "the download can't be written to the disk.",
        "Make room, or choose another folder for the cache.",
    ),
}


class Refusal(YouTubeError):  # noqa: N818 (seldom a fault of the program)
    """Something that YouTube, the network or this machine refuses.

    Parameters
    ----------
    kind : Kind
        Why.
    subject : str
        The link or the words that were refused.
    detail : str
        What is known of this very case, as a sentence that stands for the kind's own; "" for none.
    log : Path or None
        The file that holds the full text.
    """

    def __init__(self, kind: Kind, subject: str, detail: str = "", log: Path | None = None) -> None:
        super().__init__(kind, subject, detail, log)
        self.kind = kind
        self.subject = subject
        self.detail = detail
        self.log = log

    @property
    def reason(self) -> str:
        """What is wrong, as one sentence for a table."""
        return self.detail or self.kind.sentence

    def __str__(self) -> str:
        parts = [f"{self.subject}: {self.reason}", self.kind.advice]
        if self.log is not None:
            parts.append(f"(The full text is in {self.log})")
        return " ".join(parts)
