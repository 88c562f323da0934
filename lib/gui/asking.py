"""How YouTube is asked, by whatever part of the window wants something of it."""

from __future__ import annotations

import sys
import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # at run time these are imported in a thread, after the window stands
    from lib.youtube import Limits, Network, YouTube


@dataclass(frozen=True)
class Asking:
    """How YouTube is asked.

    Parameters
    ----------
    limits : Limits or None
        How long and how large a song may be; None for the usual ones.
    network : Network or None
        How YouTube is reached; None for the usual way.
    most : int or None
        How many songs of a playlist, from the first; None for all.
    pause : float or None
        Seconds between two downloads of a playlist; None for the usual.
    """

    limits: Limits | None = None
    network: Network | None = None
    most: int | None = None
    pause: float | None = None


class Lines:
    """The lines to YouTube: one for each set of limits, opened when it is first wanted.

    May be used from several threads at once.

    Parameters
    ----------
    asking : Asking
        How YouTube is asked.
    browser : str
        Whose cookies are sent where the asking names none; "" for no browser's.

    Attributes
    ----------
    browser : str
        Whose cookies are sent now.
    """

    def __init__(self, asking: Asking, browser: str = "") -> None:
        self.asking = asking
        asked = asking.network.cookies_from_browser if asking.network is not None else None
        self.browser = asked or browser
        self._usual = asking.limits
        self._own: Limits | None = None
        self._open: dict[Limits, YouTube] = {}
        self._lock = threading.Lock()

    def use_cookies(self, browser: str) -> None:
        """Send the cookies of a browser from now on; of none for ``""``.

        What is on its way goes on as it began.
        """
        with self._lock:
            self.browser = browser
            lines, self._open = self._open, {}
        for line in lines.values():
            line.close()

    def use_limits(self, minutes: int, megabytes: int, *, over_given: bool = True) -> None:
        """Refuse longer songs and larger downloads than these from now on.

        Parameters
        ----------
        minutes, megabytes : int
            Of a song, and of a download; 0 for the usual.
        over_given : bool
            Whether they count for more than limits that the program was started with.
        """
        if not (minutes or megabytes or self._own):
            return  # YouTube's part is not imported for that
        from lib.youtube import Limits

        usual = self._usual or Limits()
        if over_given or usual == Limits():
            self._own = replace(
                usual,
                longest=60.0 * minutes or usual.longest,
                largest=1_000_000 * megabytes or usual.largest,
            )
            self.asking = replace(self.asking, limits=self._own)

    def usual(self) -> tuple[int, int]:
        """Return the minutes and megabytes that are refused where a person has set none."""
        from lib.youtube import Limits

        usual = self._usual or Limits()
        return round(usual.longest / 60), usual.largest // 1_000_000

    def youtube(self, *, unlimited: bool = False, longest: float | None = None) -> YouTube:
        """Return YouTube with the limits of the asking, or others.

        Parameters
        ----------
        unlimited : bool
            Whether a song may be of any length and size.
        longest : float or None
            Seconds of a song, in place of the asking's.
        """
        from lib.youtube import Limits, Network, YouTube

        limits = self.asking.limits or Limits()
        if unlimited:
            limits = replace(limits, longest=float("inf"), largest=sys.maxsize)
        if longest is not None:
            limits = replace(limits, longest=longest)
        with self._lock:
            if limits not in self._open:
                network = self.asking.network or Network()
                network = replace(network, cookies_from_browser=self.browser or None)
                self._open[limits] = YouTube(limits=limits, network=network)
            return self._open[limits]

    def close(self) -> None:
        """Close the connections that are kept open."""
        with self._lock:
            for line in self._open.values():
                line.close()
