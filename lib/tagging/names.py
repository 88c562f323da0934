"""A person's own names of the genres, from a small file or the command line."""

from __future__ import annotations

import csv
import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lib.tagging.errors import TaggingError


def read_name(text: str) -> tuple[str, str]:
    """Read ``genre=name``.

    Raises
    ------
    TaggingError
        Where there is no ``=``, or nothing before it.

    Examples
    --------
    >>> read_name("hiphop=Hip-Hop"), read_name("pop=")
    (('hiphop', 'Hip-Hop'), ('pop', ''))
    """
    genre, sign, name = text.partition("=")
    if not sign or not genre.strip():
        raise TaggingError(f'{text!r} names no genre; write GENRE=NAME, such as hiphop="Hip-Hop"')
    return genre.strip(), name.strip()


def read_names(path: Path) -> dict[str, str]:
    """Read the names from a file: TOML, JSON, or CSV of two columns, as its suffix says.

    Parameters
    ----------
    path : Path
        Such as ``names.toml`` with lines like ``hiphop = "Hip-Hop"``.

    Raises
    ------
    TaggingError
        Where it can't be read, or holds something else.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise TaggingError(f"{path}: there is no such file.") from error
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise TaggingError(f"{path}: it can't be read ({reason}).") from error
    try:
        return _checked(_parsed(path.suffix.lower(), text))
    except (ValueError, TypeError, csv.Error) as error:
        raise TaggingError(
            f"{path}: it holds no names of genres ({error}). Write a line for each, in TOML "
            'hiphop = "Hip-Hop", in CSV hiphop,Hip-Hop.'
        ) from error


def _parsed(suffix: str, text: str) -> Mapping[str, Any]:
    if suffix == ".json":
        return dict(json.loads(text))
    if suffix == ".csv":
        rows = (row for row in csv.reader(text.splitlines()) if row)
        return dict(rows)  # a row of other than two cells is a ValueError
    return tomllib.loads(text)


def _checked(names: Mapping[str, Any]) -> dict[str, str]:
    for genre, name in names.items():
        if not isinstance(name, str):
            raise TypeError(f"{genre} is to be called {name!r}")
    return {genre.strip(): name.strip() for genre, name in names.items()}
