"""From what a person gives the window, typed, pasted, chosen or dropped, to a song."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from lib.errors import EarmarkError

_LINK = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


class SourceError(EarmarkError):
    """Something was given that names no song."""


def read_source(text: str) -> Path:
    """Return the file that a line of text means.

    Parameters
    ----------
    text : str
        A path, with or without quotation marks or ``~``, or a ``file:`` link: file managers copy
        all of these.

    Returns
    -------
    Path
        It may name nothing that is there: whoever opens it says so.

    Raises
    ------
    SourceError
        If the text is empty or is a link to something that is no file.

    Examples
    --------
    >>> read_source(' "/music/My song.mp3" ').name
    'My song.mp3'
    >>> read_source("file:///music/My%20song.mp3").name
    'My song.mp3'
    """
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        text = text[1:-1]
    if not text or "\0" in text:
        raise SourceError("Type or paste the path of a song first, or press Open to choose one.")
    if text.lower().startswith("file:"):
        return Path(url2pathname(unquote(urlsplit(text).path)))
    if _LINK.match(text):
        raise SourceError(
            "This is a link, and Earmark hears files. Save the song first, then open the file."
        )
    path = Path(text)
    try:
        return path.expanduser()
    except RuntimeError:  # "~nobody": a person of that name has no home here
        return path
