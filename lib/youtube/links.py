"""What a person may type, paste or drop: a video's link, a playlist's link, or plain words.

Nothing here asks the network: what looks like a link and is none of YouTube's is refused before any
request.  Only the id of a video or playlist goes on, never the link itself, so nothing that a link
hides can reach the downloader.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, urljoin, urlsplit

from lib.wording import clean
from lib.youtube.errors import Kind, Refusal

SITE = "https://www.youtube.com/"
SHORT_HOSTS = frozenset({"youtu.be", "www.youtu.be"})
HOSTS = SHORT_HOSTS | {
    "youtube.com",
    "www.youtube.com",
    "m.youtube.com",
    "music.youtube.com",
    "gaming.youtube.com",
    "youtube-nocookie.com",
    "www.youtube-nocookie.com",
    "youtubekids.com",
    "www.youtubekids.com",
}
VIDEO_FOLDERS = frozenset({"watch", "shorts", "live", "embed", "v", "e", "vi"})
CHANNEL_FOLDERS = frozenset({"channel", "c", "user"})

VIDEO_ID = re.compile(r"[A-Za-z0-9_-]{11}")
PLAYLIST_ID = re.compile(r"[A-Za-z0-9_-]{2,64}")
ID_CHARACTERS = re.compile(r"[A-Za-z0-9_-]*")

LONGEST_LINK = 4_000
LONGEST_WORDS = 200

SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
# Schemes that do their work without the two slashes.
BARE_SCHEME = re.compile(r"(?:file|data|javascript|about|blob|ftp|mailto|vnd\.youtube):", re.I)
PATH = re.compile(r"^(?:[/\\]|~[/\\]|\.{1,2}[/\\]|[A-Za-z]:[/\\])|\S\\\S")
SOUND_FILE = re.compile(
    r"\.(?:aac|aif|aiff|au|flac|m4a|mka|mkv|mp3|mp4|oga|ogg|opus|wav|webm|wma)$", re.I
)
HOST_START = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^\s/?#:@]+)(?::\d+)?([/?#].*)?$")
DOMAIN = re.compile(r"(?:[a-z0-9-]+\.)+([a-z]{2,})")
# A name such as "will.i.am" has the form of a domain; of those without a path, only what ends like
# the domains that people paste is taken for one.
COMMON_ENDS = frozenset({"com", "org", "net", "io", "tv", "de", "uk", "fr", "eu", "info", "app"})


@dataclass(frozen=True)
class Video:
    """A video that a link points to."""

    id: str

    @property
    def link(self) -> str:
        """The one form in which Earmark shows and asks for it."""
        return f"{SITE}watch?v={self.id}"


@dataclass(frozen=True)
class Playlist:
    """A playlist that a link points to."""

    id: str

    @property
    def link(self) -> str:
        """The one form in which Earmark shows and asks for it."""
        return f"{SITE}playlist?list={self.id}"


@dataclass(frozen=True)
class Words:
    """Plain words to search for."""

    text: str


def read_entry(text: str) -> Video | Playlist | Words:
    """Tell what a person means by one line of text.

    Parameters
    ----------
    text : str
        As typed, pasted or dropped.  A link may stand among other words, as phones share it.

    Returns
    -------
    Video or Playlist or Words
        A link to a video in a playlist, or to a moment of a video, means the video.

    Raises
    ------
    Refusal
        Of the kind ``LINK``, for an empty line, a path, and every address that is not one of a
        YouTube video or playlist: other sites, this machine, private networks, other schemes.

    Examples
    --------
    >>> read_entry("youtu.be/dQw4w9WgXcQ?si=xyz&t=43")
    Video(id='dQw4w9WgXcQ')
    >>> read_entry("AC/DC Thunderstruck")
    Words(text='AC/DC Thunderstruck')
    """
    line = clean(text, longest=LONGEST_LINK).strip("<>\"'“”‘’«» ")
    if not line:
        raise Refusal(Kind.LINK, '""', "there is nothing in it.")
    path = PATH.search(line) is not None
    # Pages write links without the scheme: "//www.youtube.com/…".
    address = _find_address(line) if line.startswith("//") or not path else None
    if address is not None:
        return _read_address(address)
    if path or SOUND_FILE.search(line):
        raise _refused(line, "this looks like a file, and there is no such file to open.")
    return Words(clean(line, longest=LONGEST_WORDS))


def _find_address(line: str) -> str | None:
    """Return the address in a line, complete with a scheme, or None where it holds none."""
    tokens = [_with_scheme(token) for token in line.split()]
    addresses = [token for token in tokens if token is not None]
    if not addresses:
        return None
    if len(addresses) > 1:
        raise _refused(line, "these are several links at once; Earmark opens one at a time.")
    return addresses[0]


def _with_scheme(token: str) -> str | None:
    """Return a token as an address with a scheme, or None where it does not look like one."""
    token = token.strip("<>\"'“”‘’«»()")
    if SCHEME.match(token):
        return token
    if BARE_SCHEME.match(token):
        return token
    start = HOST_START.match(token.removeprefix("//"))
    if start is None:
        return None
    host, rest = start[1].lower(), start[2]
    looks_local = host == "localhost" or host.startswith("[") or _is_address(host)
    domain = DOMAIN.fullmatch(host)
    looks_like_site = domain is not None and bool(
        rest or host in HOSTS or host.startswith("www.") or domain[1] in COMMON_ENDS
    )
    return f"https://{token.removeprefix('//')}" if looks_local or looks_like_site else None


def _is_address(host: str) -> bool:
    """Tell whether a host is a whole IPv4 address; "1999" and "2.0" are words."""
    return re.fullmatch(r"(?:\d+\.){3}\d+", host) is not None


def _read_address(address: str) -> Video | Playlist:
    """Read what a YouTube address points to."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").rstrip(".")
        usual = parts.port in (None, 80, 443) and "@" not in parts.netloc
    except ValueError as error:
        raise _refused(address, f"this address can't be read: {error}.") from error
    if parts.scheme.lower() not in ("http", "https"):
        raise _refused(address, f"Earmark opens no address that begins with {parts.scheme}:")
    if _is_local(host):
        raise _refused(address, "this address lies on this machine or a private network.")
    if host not in HOSTS or not usual:
        raise _refused(address, f"Earmark opens links of YouTube only, and {host} is not YouTube.")
    return _read_path(address, parts, host)


def _is_local(host: str) -> bool:
    """Tell whether a host is this machine or one of a private network."""
    if host == "localhost" or host.endswith((".localhost", ".local")):
        return True
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        # "127.1", "0x7f000001" and "2130706433" are loopback to some resolvers: all digits.
        return re.fullmatch(r"(?:0x[0-9a-f]+|\d+)(?:\.\d+)*", host) is not None


def _read_path(address: str, parts: SplitResult, host: str) -> Video | Playlist:
    """Read the path and query of an address on one of YouTube's hosts."""
    folders = [folder for folder in parts.path.split("/") if folder]
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    first = folders[0].lower() if folders else ""
    if host in SHORT_HOSTS and folders:
        return _video(address, folders[0])
    if first == "attribution_link" and "u" in query:
        return _read_address(_joined(address, query["u"]))
    if "v" in query and first in ("watch", "", "embed"):
        return _video(address, query["v"])
    if "list" in query and (first in ("playlist", "watch", "") or folders[1:] == ["videoseries"]):
        return _playlist(address, query["list"])
    if first == "browse" and folders[1:] and folders[1].startswith("VL"):
        return _playlist(address, folders[1].removeprefix("VL"))
    if first in VIDEO_FOLDERS and folders[1:]:
        return _video(address, folders[1])
    if first.startswith("@") or first in CHANNEL_FOLDERS:
        raise _refused(address, "this is the link of a channel, not of a video or a playlist.")
    raise _refused(address, "this link of YouTube's points to no video and no playlist.")


def _joined(address: str, target: str) -> str:
    """Return the address that one of YouTube's leads on to."""
    try:
        return urljoin(SITE, target)
    except ValueError as error:
        raise _refused(address, f"the address in it can't be read: {error}.") from error


def _video(address: str, text: str) -> Video:
    """Return the video of an id that may have something at its end, such as ``?si=``."""
    found = ID_CHARACTERS.match(text)
    video_id = found[0] if found else ""
    if not VIDEO_ID.fullmatch(video_id):
        raise _refused(
            address,
            f"the id of a video has 11 characters, and {video_id!r} has {len(video_id)}: "
            "the link is not complete.",
        )
    return Video(video_id)


def _playlist(address: str, text: str) -> Playlist:
    """Return the playlist of an id."""
    if not PLAYLIST_ID.fullmatch(text):
        raise _refused(address, f"{clean(text, longest=80)!r} is not the id of a playlist.")
    return Playlist(text)


def _refused(subject: str, detail: str) -> Refusal:
    """Return the error for something that is not to be opened."""
    return Refusal(Kind.LINK, clean(subject, longest=120), detail)
