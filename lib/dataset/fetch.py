"""Fetching an archive over a bad line: resumed, tried again, checked before it is used."""

from __future__ import annotations

import errno
import hashlib
import http.client
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from lib.dataset.archives import Archive
from lib.dataset.part import Part
from lib.errors import DownloadError
from lib.progress import Progress, silent

# Seconds before each further try; a try that brought bytes starts the row anew.
PAUSES = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0)
_TIMEOUT = 30.0  # seconds without a byte
_CHUNK = 1 << 16
_HEADERS = {"User-Agent": "Earmark", "Accept-Encoding": "identity"}
_MEBIBYTE, _MEGABYTE = 1 << 20, 1e6
_BUSY = frozenset({408, 425, 429})  # the statuses below 500 that pass by themselves
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def fetch(
    archive: Archive,
    folder: Path,
    *,
    pauses: Sequence[float] = PAUSES,
    progress: Progress = silent,
) -> Path:
    """Fetch an archive, going on from what an earlier call got, and check it.

    Parameters
    ----------
    archive : Archive
    folder : Path
        Gets ``name.part`` while it comes and ``name`` when it is whole and right.
    pauses : sequence of float
        Seconds before each further try.
    progress : Progress

    Returns
    -------
    Path
        The archive.

    Raises
    ------
    DownloadError
        Where it can't be fetched or is not what it should be.  What came is kept, but for a
        file that is wrong.
    """
    whole = folder / archive.name
    if not whole.is_file():
        part = Part(folder / f"{archive.name}.part")
        folder.mkdir(parents=True, exist_ok=True)
        _from_any(archive, part, pauses, progress)
        _check(archive, part.path, progress)
        part.path.rename(whole)
        part.forget()
    return whole


def kept(archive: Archive, folder: Path) -> int:
    """Return how many bytes of an archive an earlier call got."""
    return Part(folder / f"{archive.name}.part").size


class _BrokenError(Exception):
    """The line broke or the server is busy: worth another try."""


def _from_any(archive: Archive, part: Part, pauses: Sequence[float], progress: Progress) -> None:
    """Fetch from the first address that has the file."""
    failures = []
    for url in archive.urls:
        try:
            return _with_patience(url, archive, part, pauses, progress)
        except DownloadError as error:
            failures.append(str(error))
    came = f"{part.size / _MEGABYTE:.1f} MB are kept; run the same command again to go on."
    raise DownloadError(f"{archive.name} can't be fetched: {'; '.join(failures)}.  {came}")


def _with_patience(
    url: str, archive: Archive, part: Part, pauses: Sequence[float], progress: Progress
) -> None:
    """Fetch from one address, trying again after growing pauses as long as that may help."""
    waits = iter(pauses)
    while True:
        before = part.size
        try:
            return _try(url, archive, part, progress)
        except (_BrokenError, OSError, http.client.HTTPException) as error:
            _raise_if_hopeless(error, url)
            waits = iter(pauses) if part.size > before else waits
            pause = next(waits, None)
            if pause is None:
                raise DownloadError(f"{url}: {_reason(error)}") from error
            _wait(pause, archive, _reason(error), progress)


def _try(url: str, archive: Archive, part: Part, progress: Progress) -> None:
    """Ask once for what is missing and append it; return when the file is complete."""
    response = _ask(url, part)
    if response is None:
        return
    with response:
        offset = part.size
        if not _continues(response, offset):
            part.begin(url, response.headers)
            offset = 0
        length = response.headers.get("Content-Length", "")
        total = offset + int(length) if length.isdigit() else None
        step, bytes_expected = f"Downloading {archive.name}", total or archive.size
        for got in _append(response, part.path):
            progress(step, min((offset + got) / bytes_expected, 1.0))
        if total is not None and part.size < total:
            raise _BrokenError(f"the line broke after {part.size} of {total} bytes")


def _ask(url: str, part: Part) -> http.client.HTTPResponse | None:
    """Ask a server for what follows; None where nothing does."""
    headers = dict(_HEADERS)
    if part.size:
        headers["Range"] = f"bytes={part.size}-"
        if validator := part.validator(url):
            headers["If-Range"] = validator
    request = urllib.request.Request(url, headers=headers)  # noqa: S310 (the addresses are ours)
    try:
        response: http.client.HTTPResponse = urllib.request.urlopen(request, timeout=_TIMEOUT)  # noqa: S310
    except urllib.error.HTTPError as error:
        with error:
            if error.code != http.client.REQUESTED_RANGE_NOT_SATISFIABLE:
                raise
            # All of it is here, or what is here belongs to another file.
            if error.headers.get("Content-Range", "").rpartition("/")[2] == str(part.size):
                return None
            part.forget()
            raise _BrokenError("what was kept doesn't belong to the file") from error
    return response


def _append(response: http.client.HTTPResponse, path: Path) -> Iterator[int]:
    """Append what comes, as it comes; yield how many bytes that are so far."""
    got = 0
    with path.open("ab") as file:
        while chunk := response.read1(_CHUNK):
            file.write(chunk)
            got += len(chunk)
            yield got


def _continues(response: http.client.HTTPResponse, offset: int) -> bool:
    """Tell whether a server sends what follows, rather than all of it or something else."""
    place = response.headers.get("Content-Range", "")
    return response.status == http.client.PARTIAL_CONTENT and place.startswith(f"bytes {offset}-")


def _raise_if_hopeless(error: Exception, url: str) -> None:
    """Raise `DownloadError` where another try would give the same."""
    cause = getattr(error, "reason", error)
    if isinstance(error, urllib.error.HTTPError):
        hopeless = error.code < 500 and error.code not in _BUSY
    else:
        # Only what happens on this machine's disk names a file.
        disk = isinstance(error, OSError) and error.filename is not None
        full = isinstance(error, OSError) and error.errno in _FULL
        hopeless = disk or full or isinstance(cause, ssl.SSLCertVerificationError)
    if hopeless:
        raise DownloadError(f"{url}: {_reason(error)}") from error


def _reason(error: Exception) -> str:
    if isinstance(error, urllib.error.HTTPError):
        return f"the server says {error.code} {error.reason}"
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    return str(reason) or type(reason).__name__


def _wait(pause: float, archive: Archive, reason: str, progress: Progress) -> None:
    """Wait, but notice within a moment that the person wants to stop."""
    end = time.monotonic() + pause
    while (left := end - time.monotonic()) > 0:
        progress(f"Downloading {archive.name}: {reason}; trying again in {left:.0f} s", None)
        time.sleep(min(left, 0.2))


def _check(archive: Archive, path: Path, progress: Progress) -> None:
    """Raise `DownloadError` and remove the file where it is not the one that is known."""
    digest = hashlib.new(archive.algorithm, usedforsecurity=False)
    size, done = max(path.stat().st_size, 1), 0
    with path.open("rb") as file:
        for chunk in _chunks(file):
            digest.update(chunk)
            done += len(chunk)
            progress(f"Checking {archive.name}", done / size)
    if digest.hexdigest() != archive.checksum:
        Part(path).forget()
        raise DownloadError(
            f"{archive.name} is not the file that is known: its {archive.algorithm} is "
            f"{digest.hexdigest()}, not {archive.checksum}.  It was removed; try again later."
        )


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(_MEBIBYTE):
        yield chunk
