"""A song of any length as one picture, in memory that doesn't grow with it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.audio import SAMPLE_RATE, Window
from lib.features.analysis import Analysis
from lib.features.mel import N_MELS
from lib.features.names import N_MFCC, PITCH_CLASSES
from lib.features.spectrum import HOP
from lib.features.tempogram import N_LAGS

MOST_COLUMNS = 4096  # as many as the widest screens have pixels

# One array holds all rows that are averaged when columns are merged.
_MEL = slice(0, N_MELS)
_MFCC = slice(_MEL.stop, _MEL.stop + N_MFCC)
_CHROMA = slice(_MFCC.stop, _MFCC.stop + len(PITCH_CLASSES))
_ONSETS = _CHROMA.stop
_TEMPOGRAM = slice(_ONSETS + 1, _ONSETS + 1 + N_LAGS)


@dataclass(frozen=True, eq=False)
class _Columns:
    """Stretches of a song, one after the other: single frames, or several merged into one.

    Parameters
    ----------
    starts : np.ndarray [shape=(c,)]
        Where each begins, in seconds; it lasts until the next one.
    frames : np.ndarray [shape=(c,)]
        How many frames went into each.
    rows : np.ndarray [shape=(c, 555)]
        The frames' means; time runs along the first axis, along which columns are added.
    lowest, highest : np.ndarray [shape=(c,)]
        Of the samples.
    """

    starts: NDArray[np.float64]
    frames: NDArray[np.int64]
    rows: NDArray[np.float32]
    lowest: NDArray[np.float32]
    highest: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, chosen: slice) -> _Columns:
        return _Columns(
            self.starts[chosen],
            self.frames[chosen],
            self.rows[chosen],
            self.lowest[chosen],
            self.highest[chosen],
        )

    def __add__(self, later: _Columns) -> _Columns:
        return _Columns(
            np.concatenate((self.starts, later.starts)),
            np.concatenate((self.frames, later.frames)),
            np.concatenate((self.rows, later.rows)),
            np.concatenate((self.lowest, later.lowest)),
            np.concatenate((self.highest, later.highest)),
        )

    def merged(self, stride: int) -> _Columns:
        """Merge neighbours until each column but the last holds `stride` frames."""
        if stride == 1 or not len(self):
            return self
        group = (np.cumsum(self.frames) - self.frames) // stride
        first = np.flatnonzero(np.diff(group, prepend=-1))
        frames = np.add.reduceat(self.frames, first)
        rows = np.add.reduceat(self.rows * self.frames.astype(np.float32)[:, None], first)
        rows /= frames.astype(np.float32)[:, None]
        return _Columns(
            self.starts[first],
            frames,
            rows,
            np.minimum.reduceat(self.lowest, first),
            np.maximum.reduceat(self.highest, first),
        )


def _columns_of(window: Window, analysis: Analysis) -> _Columns:
    """Turn every frame of a window into a column: half a hop before its centre to half after."""
    first = np.maximum(0, np.arange(len(analysis.onset_strength)) * HOP - HOP // 2)
    rows = (
        analysis.mel_db.T,
        analysis.mfcc.T,
        analysis.chroma.T,
        analysis.onset_strength[:, None],
        analysis.tempogram().T,
    )
    return _Columns(
        starts=window.start + first / SAMPLE_RATE,
        frames=np.ones(len(first), dtype=np.int64),
        rows=np.concatenate(rows, axis=1),
        lowest=np.minimum.reduceat(window.samples, first),
        highest=np.maximum.reduceat(window.samples, first),
    )


def _nothing() -> _Columns:
    """Give no columns at all."""
    none = np.zeros(0, dtype=np.float32)
    rows = np.zeros((0, _TEMPOGRAM.stop), dtype=np.float32)
    return _Columns(np.zeros(0), np.zeros(0, dtype=np.int64), rows, none, none)


class Overview:
    """A song heard in windows, gathered into one picture of at most 4,096 columns.

    Where windows overlap, each shows the half that lies nearer its middle: the frames at a window's
    end look into silence that isn't there, those of the tempogram for four seconds.

    When there are more columns than fit, neighbours are merged, so that all columns (but the last)
    hold equally many frames, a power of two.  Everything but the waveform is averaged; the waveform
    keeps its extremes, or else it would vanish.  The mel spectrogram is averaged in dB, which is
    how it is drawn: an average of power would show the loudest frame of each column alone.

    Windows are added in the order of time, from one thread.  Where nothing was heard between two of
    them, the last column before the gap is drawn across it.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> from lib.features.analysis import analyse
    >>> overview = Overview()
    >>> y = np.zeros(22050 * 3, dtype=np.float32)
    >>> overview.add(SimpleNamespace(start=0.0, end=3.0, samples=y), analyse(y))
    >>> overview.mel_db.shape, overview.times[[0, -1]]
    ((128, 130), array([0., 3.]))
    """

    def __init__(self) -> None:
        self._kept = _nothing()
        self._latest = _nothing()  # the frames of the last window that the next may replace
        self._shown: _Columns | None = None
        self._stride = 1  # frames in a column
        self._start = self._end = 0.0  # of the window added last, seconds
        self._tempi: list[float] = []

    def add(self, window: Window, analysis: Analysis) -> None:
        """Add a window and what was heard in it.

        Parameters
        ----------
        window : Window
            Not before the one added last.
        analysis : Analysis
            Of the window's samples.

        Raises
        ------
        ValueError
            When the window begins before the one added last.
        """
        if window.start < self._start:
            raise ValueError(
                f"The window at {window.start} s is added after the one at {self._start} s; "
                "add windows in the order of time"
            )
        frames = _columns_of(window, analysis)
        if len(self._latest):
            middle = (window.start + self._end) / 2
            before = self._latest[: max(1, int(np.searchsorted(self._latest.starts, middle)))]
            seam = before.starts[-1] + HOP / SAMPLE_RATE / 2
            frames = frames[int(np.searchsorted(frames.starts, seam)) :]
            self._kept = self._joined(before)
        self._latest = frames
        self._start, self._end = window.start, window.end
        self._tempi.append(analysis.tempo)
        self._shown = None
        while self._frame_count() > MOST_COLUMNS * self._stride:
            self._stride *= 2
            self._kept = self._kept.merged(self._stride)

    def _frame_count(self) -> int:
        return int(self._kept.frames.sum() + self._latest.frames.sum())

    def _joined(self, frames: _Columns) -> _Columns:
        """Put single frames behind the kept columns, the last of which may not be full yet."""
        full = int(self._kept.frames.sum()) // self._stride
        return self._kept[:full] + (self._kept[full:] + frames).merged(self._stride)

    def _columns(self) -> _Columns:
        if self._shown is None:
            self._shown = self._joined(self._latest)
        return self._shown

    @property
    def times(self) -> NDArray[np.float64]:
        """Edges of the columns, in seconds [shape=(c + 1,)]; of all arrays alike."""
        return np.append(self._columns().starts, self._end)

    @property
    def mel_db(self) -> NDArray[np.float32]:
        """Mel spectrogram, dB [shape=(128, c)]."""
        return self._columns().rows[:, _MEL].T

    @property
    def mfcc(self) -> NDArray[np.float32]:
        """Mel-frequency cepstral coefficients [shape=(30, c)]."""
        return self._columns().rows[:, _MFCC].T

    @property
    def chroma(self) -> NDArray[np.float32]:
        """Power of each pitch class from C to B, in [0, 1] [shape=(12, c)]."""
        return self._columns().rows[:, _CHROMA].T

    @property
    def onset_strength(self) -> NDArray[np.float32]:
        """How much louder the bands have grown, dB [shape=(c,)]."""
        onsets: NDArray[np.float32] = self._columns().rows[:, _ONSETS]
        return onsets

    @property
    def tempogram(self) -> NDArray[np.float32]:
        """Correlation of the onsets at lags of 0 to 383 frames of 23 ms [shape=(384, c)]."""
        return self._columns().rows[:, _TEMPOGRAM].T

    @property
    def waveform(self) -> NDArray[np.float32]:
        """Lowest and highest sample of each column [shape=(2, c)]."""
        columns = self._columns()
        return np.stack((columns.lowest, columns.highest))

    @property
    def tempo(self) -> float:
        """Median of the windows' tempi, beats per minute; 0 before the first window."""
        return float(np.median(self._tempi)) if self._tempi else 0.0
