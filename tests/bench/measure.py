"""Clips are made or read, and every contender is given each of them in turn."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from lib.audio import open_audio
from tests.bench.child import MISSING
from tests.bench.contenders import CONTENDERS
from tests.sound import music

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 30.0


@dataclass
class Measured:
    """What one contender took.

    Parameters
    ----------
    seconds : list of float
        CPU of each clip, in the order in which the clips came.
    peak : float
        The most memory that its process ever held, MB.
    """

    seconds: list[float] = field(default_factory=list)
    peak: float = 0.0


def make_clips(folder: Path, count: int) -> list[Path]:
    """Synthesise clips of 30 s, each of another pitch and tempo, as arrays that numpy reads."""
    rng = np.random.default_rng(0)
    made = []
    for i in range(count):
        pitch, bpm = rng.uniform(80, 500), rng.uniform(60, 180)
        made.append(_kept(folder, i, music(SECONDS, pitch=pitch, bpm=bpm, seed=i)))
    return made


def read_clips(folder: Path, songs: Sequence[Path]) -> list[Path]:
    """Take the 30 s in the middle of songs."""
    made = []
    for i, path in enumerate(songs):
        with open_audio(path) as song:
            start = max(0.0, ((song.likely_seconds or 0.0) - SECONDS) / 2)
            made.append(_kept(folder, i, song.excerpt(start, SECONDS).samples))
    return made


def _kept(folder: Path, number: int, samples: np.ndarray) -> Path:
    path = folder / f"{number}.npy"
    np.save(path, samples)
    return path


def measure(clips: Sequence[Path], *, rounds: int, pythons: Sequence[str]) -> dict[str, Measured]:
    """Give every clip to every contender, one after the other, so that all meet the same machine.

    Parameters
    ----------
    clips : sequence of Path
        From `make_clips` or `read_clips`.
    rounds : int
        How often all clips are gone through.
    pythons : sequence of str
        Programs, of which the first that has a contender's library measures it.

    Returns
    -------
    dict of str to Measured
        By contender; those that none of the Pythons has are left out.
    """
    found: dict[str, Measured] = {}
    with _children(clips[0], pythons) as children:
        for name in children:
            found[name] = Measured()
        for _ in range(rounds):
            for clip in clips:
                for name, child in children.items():
                    told = _ask(child, clip)
                    found[name].seconds.append(told["seconds"])
                    found[name].peak = told["peak"]
    return found


@contextmanager
def _children(clip: Path, pythons: Sequence[str]) -> Iterator[dict[str, subprocess.Popen[str]]]:
    """Start the contenders that are installed, and let each hear a clip that doesn't count."""
    children: dict[str, subprocess.Popen[str]] = {}
    try:
        for name in CONTENDERS:
            for python in pythons:
                child = children[name] = subprocess.Popen(
                    [python, "-m", "tests.bench.child", name],
                    stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                    text=True, cwd=ROOT,
                )  # fmt: skip
                if _ask(child, clip):
                    break
                status = _end(children.pop(name))
                if status != MISSING:
                    print(f"{name}: its process ended by {status}", file=sys.stderr)
        yield children
    finally:
        for child in children.values():
            _end(child)


def _ask(child: subprocess.Popen[str], clip: Path) -> dict[str, float]:
    """Give a clip; return the answer, empty where the process has ended."""
    assert child.stdin is not None
    assert child.stdout is not None
    try:
        child.stdin.write(f"{clip}\n")
        child.stdin.flush()
    except OSError:
        return {}
    told: dict[str, float] = json.loads(child.stdout.readline() or "{}")
    return told


def _end(child: subprocess.Popen[str]) -> int:
    child.communicate()
    return child.returncode
