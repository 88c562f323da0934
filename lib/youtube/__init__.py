"""YouTube: links read, songs searched, playlists listed, sound fetched into a bounded cache.

The one package that knows yt-dlp, which is imported only when YouTube has to be asked.
"""

from lib.youtube.adapter import YouTube
from lib.youtube.entry import Entry, Fetched, Listing
from lib.youtube.errors import Kind, Refusal
from lib.youtube.links import Playlist, Video, Words, read_entry
from lib.youtube.options import BROWSERS, Limits, Network

__all__ = [
    "BROWSERS",
    "Entry",
    "Fetched",
    "Kind",
    "Limits",
    "Listing",
    "Network",
    "Playlist",
    "Refusal",
    "Video",
    "Words",
    "YouTube",
    "read_entry",
]
