"""From seconds to figures that can be kept: ratios to librosa, with what noise leaves of them.

Seconds are of one machine at one hour.  What is kept and compared is how many times less CPU than
librosa's three calls a contender took for the same clip a moment earlier or later.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from tests.bench.contenders import ORACLE
from tests.bench.measure import Measured

RESAMPLES = 2_000
NOISE_OF_MACHINES = 0.1
"""Another processor, or other work beside it, moves a ratio by so much of itself."""
NOISE_OF_MEMORY = 0.1


@dataclass(frozen=True)
class Figure:
    """One contender's line of the table.

    Parameters
    ----------
    ms : float
        Median CPU of a clip, milliseconds.
    times : float
        Median over the clips of librosa's CPU divided by the contender's: how many times less.
    low, high : float
        The 95 % interval of that median, by bootstrap (Efron, "Bootstrap methods: another look at
        the jackknife", 1979).
    peak : float
        Memory of its process, MB.
    """

    ms: float
    times: float
    low: float
    high: float
    peak: float


def figures(measured: Mapping[str, Measured]) -> dict[str, Figure]:
    """Turn measurements into figures, by contender."""
    oracle = np.array(measured[ORACLE].seconds)
    rng = np.random.default_rng(0)
    chosen = rng.integers(0, len(oracle), size=(RESAMPLES, len(oracle)))
    found = {}
    for name, one in measured.items():
        ratios = oracle / np.array(one.seconds)
        low, high = np.quantile(np.median(ratios[chosen], axis=1), [0.025, 0.975])
        ms = 1e3 * float(np.median(one.seconds))
        times = float(np.median(ratios))
        values = (round(ms, 2), *(round(float(v), 3) for v in (times, low, high)))
        found[name] = Figure(*values, round(one.peak, 1))
    return found


def got_worse(now: Mapping[str, Figure], kept: Mapping[str, Figure]) -> list[str]:
    """Name what is worse than it was by more than noise.

    Parameters
    ----------
    now, kept : mapping of str to Figure
        By contender.  What stands in one of them alone is passed over.

    Returns
    -------
    list of str
        A sentence each.
    """
    told = []
    for name in now.keys() & kept.keys():
        new, old = now[name], kept[name]
        if new.high < old.low * (1 - NOISE_OF_MACHINES):
            told.append(
                f"{name}: {new.times:.2f} times less CPU than librosa ({new.low:.2f} to "
                f"{new.high:.2f}); it was {old.times:.2f} ({old.low:.2f} to {old.high:.2f})"
            )
        if new.peak > old.peak * (1 + NOISE_OF_MEMORY):
            told.append(f"{name}: {new.peak:.0f} MB at its peak; it was {old.peak:.0f} MB")
    return sorted(told)


def table(found: Mapping[str, Figure]) -> str:
    """Return figures as lines of text."""
    width = max(map(len, found))
    lines = [f"{'CPU of a 30 s clip':{width}}      ms  times less  95 % interval  peak MB"]
    lines += [
        f"{name:{width}}{f.ms:8.1f}{f.times:12.2f}{f'{f.low:.2f}–{f.high:.2f}':>15}{f.peak:9.0f}"
        for name, f in found.items()
    ]
    return "\n".join(lines)


def to_json(found: Mapping[str, Figure]) -> dict[str, Any]:
    """Return figures as plain values."""
    return {name: asdict(figure) for name, figure in found.items()}


def from_json(kept: Mapping[str, Any]) -> dict[str, Figure]:
    """Read figures from plain values."""
    return {name: Figure(**values) for name, values in kept.items()}
