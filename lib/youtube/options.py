"""What a person may set: how the network is reached, and how much is too much."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from lib.youtube.errors import Kind, Refusal

BROWSERS = (
    "brave",
    "chrome",
    "chromium",
    "edge",
    "firefox",
    "opera",
    "safari",
    "vivaldi",
    "whale",
)
"""Whose cookies can be read."""
PROXY_SCHEMES = frozenset({"http", "https", "socks4", "socks4a", "socks5", "socks5h"})


@dataclass(frozen=True)
class Limits:
    """What is refused because it is too much.

    Parameters
    ----------
    longest : float
        Seconds of one song.
    largest : int
        Bytes of one download.
    cache : int
        Bytes of the whole cache.
    """

    longest: float = 3600.0
    largest: int = 200_000_000
    cache: int = 2_000_000_000


@dataclass(frozen=True)
class Network:
    """How YouTube is reached.

    Parameters
    ----------
    proxy : str or None
        Such as ``"socks5://127.0.0.1:9050"``; None for what the environment says.
    verify : bool
        Whether certificates are checked.
    cookies_from_browser : str or None
        A browser whose cookies are sent, such as ``"firefox"``; None for none.
    timeout : float
        Seconds without a byte after which a connection counts as broken.
    retries : int
        How often a broken download is resumed.
    first_pause, longest_pause : float
        Seconds before the first retry, doubled before each further one, and where that ends.
    javascript : Path or None
        The deno program; None for the one of Earmark's environment.

    Raises
    ------
    Refusal
        Of the kind ``NO_NETWORK``, where the proxy is no address of one.
    """

    proxy: str | None = None
    verify: bool = True
    cookies_from_browser: str | None = None
    timeout: float = 15.0
    retries: int = 8
    first_pause: float = 1.0
    longest_pause: float = 30.0
    javascript: Path | None = None

    def __post_init__(self) -> None:
        if self.proxy is None:
            return
        try:
            parts = urlsplit(self.proxy)
            fits = parts.scheme in PROXY_SCHEMES and bool(parts.hostname) and parts.port != 0
        except ValueError:  # a port or an IPv6 address that is none
            fits = False
        if not fits:
            told = "this is no address of a proxy; such as http://127.0.0.1:8080 would be."
            raise Refusal(Kind.NO_NETWORK, self.proxy, told)

    def pause(self, tried: int) -> float:
        """Return the seconds to wait after `tried` retries."""
        return min(self.first_pause * 2.0**tried, self.longest_pause)
