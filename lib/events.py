r"""What a training tells another program while it runs: one JSON object a line.

``02_train.py --events`` writes these lines and the window reads them, so that the window can watch
a training without sharing a process with it.  Both sides know this module and nothing else of each
other.

Each object has the key ``event``, whose value is the name of a class below in small letters, and
that class's fields.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, TypeAlias


@dataclass(frozen=True)
class Started:
    """The data is read, and the training begins.

    Parameters
    ----------
    name : str
        Of the model to be.
    network : str
        Its shape.
    recipe : str
        It is trained by.
    songs : int
        In the data set.
    genres : tuple of str
        Sorted.
    epochs : int
        Of each fit at most.
    refit : bool
        Whether a second fit follows, on all songs.
    """

    name: str
    network: str
    recipe: str
    songs: int
    genres: tuple[str, ...]
    epochs: int
    refit: bool


@dataclass(frozen=True)
class Step:
    """How far a step of the work has come.

    Parameters
    ----------
    step : str
        What is being done, for a person to read.
    fraction : float or None
        How much of it is done, between 0 and 1, or None where nobody can know.
    """

    step: str
    fraction: float | None


@dataclass(frozen=True)
class Epoch:
    """A fit has gone once more through its songs.

    Parameters
    ----------
    step : str
        Which fit, as `Step` calls it.
    epoch, epochs : int
        The number of this epoch, from 1, and of all, at most.
    loss, accuracy : float
        Cross-entropy, and the share named rightly, of the songs learned from.
    val_loss, val_accuracy : float or None
        Of the songs held out; None where none are.
    """

    step: str
    epoch: int
    epochs: int
    loss: float
    accuracy: float
    val_loss: float | None = None
    val_accuracy: float | None = None


@dataclass(frozen=True)
class Note:
    """Something a person should know about the data, as a sentence."""

    note: str


@dataclass(frozen=True)
class Judged:
    """How well the new model does.

    Parameters
    ----------
    judgement : mapping
        `lib.judgement.Judgement` as JSON.
    comparison : mapping or None
        `lib.judgement.Comparison` with another model as JSON, where one was asked for.
    """

    judgement: Mapping[str, Any]
    comparison: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Done:
    """The model is written, whole.

    Parameters
    ----------
    folder : str
        Where it lies.
    """

    folder: str


@dataclass(frozen=True)
class Failed:
    """The training came to nothing.

    Parameters
    ----------
    error : str
        Why, as a sentence.
    """

    error: str


Event: TypeAlias = Started | Step | Epoch | Note | Judged | Done | Failed

_KINDS: dict[str, type[Event]] = {
    kind.__name__.lower(): kind for kind in (Started, Step, Epoch, Note, Judged, Done, Failed)
}


def write_event(event: Event) -> str:
    """Return an event as a line, without its line break.

    Examples
    --------
    >>> write_event(Note("No song of ska stands among those held out."))
    '{"event": "note", "note": "No song of ska stands among those held out."}'
    """
    content = {"event": type(event).__name__.lower(), **asdict(event)}
    # Whatever is not ASCII is escaped, so that no pipe's encoding matters.
    return json.dumps(content, allow_nan=False)


def read_event(line: str) -> Event | None:
    """Return the event of a line, or None if it holds none.

    A library that prints, or a later Earmark that tells more, is no reason to lose the rest.

    Examples
    --------
    >>> read_event('{"event": "done", "folder": "outputs/models/mine", "seconds": 12}')
    Done(folder='outputs/models/mine')
    >>> read_event("loading …") is None
    True
    """
    try:
        content = json.loads(line)
    except ValueError:
        return None
    kind = _KINDS.get(str(content.get("event"))) if isinstance(content, dict) else None
    if kind is None:
        return None
    values = {f.name: content[f.name] for f in fields(kind) if f.name in content}
    if "genres" in values:
        values["genres"] = tuple(values["genres"])
    try:
        return kind(**values)
    except TypeError:  # one of its fields is missing
        return None
