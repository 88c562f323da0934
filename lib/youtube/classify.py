"""From what yt-dlp raises and notes to the kind of a refusal.

yt-dlp says what went wrong mostly in YouTube's own English words, so that words have to be told
apart.  Types and HTTP statuses go first where there are any.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from yt_dlp.cookies import CookieLoadError
from yt_dlp.networking.exceptions import HTTPError, RequestError
from yt_dlp.utils import ExtractorError, GeoRestrictedError, UnavailableVideoError

from lib.wording import clean
from lib.youtube.errors import Kind


class UnreachableError(Exception):
    """Nothing has come from YouTube at all, several times in a row."""


class ForeignHostError(Exception):
    """YouTube's answer leads to a host that is not one of YouTube's."""


STATUSES = {403: Kind.FORBIDDEN, 407: Kind.NO_NETWORK, 429: Kind.RATE_LIMIT}

# The first that fits counts: a private video also says "sign in", a blocked one "unavailable".
WORDS: tuple[tuple[Kind, str], ...] = (
    (Kind.BOT_CHECK, r"not a bot|captcha|IP is likely being blocked"),
    (
        Kind.RATE_LIMIT,
        r"rate.?limited|too many requests|HTTP Error 429|isn.t available, try again later",
    ),
    (Kind.MEMBERS_ONLY, r"members.only|join this channel|channel.s members"),
    (
        Kind.AGE_RESTRICTED,
        r"confirm your age|age.restrict|age.verif|inappropriate for some users",
    ),
    (Kind.PRIVATE, r"private video|video is private"),
    (
        Kind.NO_PLAYLIST,
        r"(?:play)?list (?:does not|doesn.t) exist|playlist (?:type )?is (?:unviewable|private)",
    ),
    (Kind.REGION_LOCKED, r"in your (?:country|region|location)|from your location"),
    (
        Kind.PREMIERE,
        r"premieres? (?:in|will|on|at)\b|premiering|(?:live event|stream) will begin|upcoming",
    ),
    (
        Kind.PAYMENT,
        r"requires payment|purchase|rental|rent this|premium members|available to .*premium",
    ),
    (
        Kind.REMOVED,
        (
            r"video (?:is )?unavailable|removed|no longer available|terminated|deleted"
            r"|(?:does not|doesn.t) exist|closed their"
        ),
    ),
    (Kind.FORBIDDEN, r"HTTP Error 403"),
    (Kind.COOKIES, r"cookies? database|unsupported browser|failed to (?:load|decrypt) cookies"),
    (Kind.DISK, r"unable to (?:open for writing|write data|rename|create directory)|no space left"),
    (
        Kind.NO_NETWORK,
        (
            r"failed to resolve|name resolution|getaddrinfo|connection (?:refused|reset|aborted)"
            r"|timed out|network is unreachable|unable to connect to proxy|HTTP Error 5\d\d"
            r"|content too short|bytes read"
        ),
    ),
)

NO_RUNTIME = "No supported JavaScript runtime"
# What yt-dlp says when it found nothing to download; the cause stands in its warnings, if anywhere.
VAGUE = r"requested format is not available|no video formats|failed to extract any player response"

# yt-dlp's own advice speaks of its options, which Earmark has not.
YT_DLP_ADVICE = re.compile(
    r"\s*(?:Use --|You might want to|It is recommended|Please report|Confirm you are on"
    r"|Giving up after|\(caused by).*",
    re.S,
)
PREFIX = re.compile(
    r"^(?:ERROR:\s*)?(?:\[[\w:]+\]\s*)?(?:[A-Za-z0-9_-]{11}:\s*)?(?:YouTube said:\s*)?"
)


def classify(error: BaseException, notes: Sequence[str]) -> Kind:
    """Tell why yt-dlp failed.

    Parameters
    ----------
    error : BaseException
        What it raised.
    notes : sequence of str
        The warnings it gave before, which often hold the cause.

    Returns
    -------
    Kind
    """
    causes = list(chain(error))
    return (
        _by_type(causes)
        or _by_words(str(causes[-1]))
        or _by_words(str(error))
        or _by_notes(notes, causes)
    )


def detail(error: BaseException) -> str:
    """Return YouTube's own words in an error, without yt-dlp's; "" where it has none."""
    for cause in chain(error):
        if isinstance(cause, ExtractorError):
            words = str(getattr(cause, "orig_msg", "") or cause)
            said = clean(YT_DLP_ADVICE.sub("", PREFIX.sub("", words)))
            return said.rstrip(".") if getattr(cause, "expected", False) else ""
    return ""


def chain(error: BaseException) -> Iterator[BaseException]:
    """Walk from an error to its causes; yt-dlp keeps them in several places."""
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield current
        wrapped = getattr(current, "exc_info", None)
        cause = getattr(current, "cause", None)
        current = (
            (wrapped[1] if wrapped and wrapped[1] is not current else None)
            or (cause if isinstance(cause, BaseException) else None)
            or current.__cause__
        )


def _by_type(causes: Sequence[BaseException]) -> Kind | None:
    """Tell the kind by the types of an error and its causes."""
    kinds: tuple[tuple[type[BaseException], Kind], ...] = (
        (ForeignHostError, Kind.FOREIGN_HOST),
        (UnreachableError, Kind.NO_NETWORK),
        (GeoRestrictedError, Kind.REGION_LOCKED),
        (CookieLoadError, Kind.COOKIES),
        (UnavailableVideoError, Kind.DISK),  # yt-dlp's name for an OSError while it writes
    )
    for cause in causes:
        if isinstance(cause, HTTPError):
            return STATUSES.get(cause.status) or (Kind.NO_NETWORK if cause.status >= 500 else None)
        for error_type, kind in kinds:
            if isinstance(cause, error_type):
                return kind
        if isinstance(cause, RequestError):  # TransportError among them, and proxies of no kind
            return Kind.NO_NETWORK
        if type(cause) in (OSError, PermissionError, FileNotFoundError, NotADirectoryError):
            return Kind.DISK
    return None


def _by_words(text: str) -> Kind | None:
    """Tell the kind by the words of a message."""
    plain = PREFIX.sub("", text)
    for kind, words in WORDS:
        if re.search(words, plain, re.I):
            return kind
    return None


def _by_notes(notes: Sequence[str], causes: Sequence[BaseException]) -> Kind:
    """Tell the kind by the warnings, or else by whether yt-dlp expected the error."""
    for note in notes:
        kind = _by_words(note)
        if kind is not None:
            return kind
    if any(NO_RUNTIME in note for note in notes):
        return Kind.NO_JAVASCRIPT
    expected = any(getattr(cause, "expected", False) for cause in causes)
    vague = any(re.search(VAGUE, str(cause), re.I) for cause in causes)
    return Kind.UNAVAILABLE if expected and not vague else Kind.OUTDATED
