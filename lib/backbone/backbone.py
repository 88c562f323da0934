"""The pretrained network, and a song as it hears it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from lib.audio import Samples
from lib.backbone.converted import converted
from lib.backbone.errors import BackboneError
from lib.backbone.graph import ACTIVATIONS, PATCHES, TAG_SCORES
from lib.backbone.mel import HOP, N_FFT, log_mel
from lib.backbone.names import BACKBONE_RATE, FRAMES, TAGS
from lib.interrupts import held_back
from lib.progress import Progress, silent

if TYPE_CHECKING:
    import onnxruntime

_PATCH = (FRAMES - 1) * HOP + N_FFT  # samples that a patch's frames reach over
_STEP = FRAMES * HOP  # samples from one patch to the next, 2.992 s
_MARGIN = N_FFT // 2  # the first frame is centred on the first sample; before it is silence

_AHEAD = 30 * BACKBONE_RATE  # samples that are waited for before a patch is heard
_LEVEL = 0.12  # root mean square, full scale being 1: that of usual recordings
_MOST_GAIN = 1_000.0  # 60 dB: what is quieter is silence, not music


class Backbone:
    """The network, ready to hear; `load_backbone` gives it.

    Parameters
    ----------
    session : onnxruntime.InferenceSession
    """

    def __init__(self, session: onnxruntime.InferenceSession) -> None:
        self._session = session

    def hear(self, patches: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Ask the network.

        Parameters
        ----------
        patches : np.ndarray [shape=(n, 187, 96)]
            From `~lib.backbone.mel.log_mel`.

        Returns
        -------
        activations : np.ndarray [shape=(n, 200)]
            Of the layer before the tags, at least 0.
        tags : np.ndarray [shape=(n, 50)]
            How surely each of `TAGS` fits, 0 to 1, each by itself.
        """
        activations, tags = self._session.run([ACTIVATIONS, TAG_SCORES], {PATCHES: patches})
        return activations, tags


def load_backbone(*, progress: Progress = silent) -> Backbone:
    """Make the network ready, which converts it where that was never done.

    Raises
    ------
    BackboneError
        Where it can't be had; says why, and what to do.
    """
    content = converted(progress=progress)
    try:
        # Late: a twentieth of a second, which who hears without it does not wait for.
        with held_back():
            import onnxruntime
    except ImportError as error:
        raise BackboneError("The backbone needs onnxruntime: run `make app`.") from error
    options = onnxruntime.SessionOptions()
    # One thread, as everywhere here (see lib/__init__.py).
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    return Backbone(session)


@dataclass(frozen=True, eq=False)
class Impression:
    """What the backbone heard in a stretch of sound.

    Parameters
    ----------
    activations : np.ndarray [shape=(400,)]
        Means, then standard deviations, over the patches: `~lib.backbone.names.ACTIVATION_NAMES`.
    tags : mapping of str to float
        The mean over the patches of how surely each tag fits, surest first.
    """

    activations: NDArray[np.float64]
    tags: Mapping[str, float]


class Ear:
    """Hears a song patch by patch as it streams by; each patch is heard once.

    A recording's level says nothing of its music, yet the network hears it: at a tenth of the
    level every second song got another genre.  So each patch is brought to `_LEVEL`, by the level
    of the song up to 30 s beyond the patch's beginning, which a song of usual length soon settles.

    Parameters
    ----------
    backbone : Backbone
    """

    def __init__(self, backbone: Backbone) -> None:
        self._backbone = backbone
        self._blocks: list[Samples] = [np.zeros(_MARGIN, dtype=np.float32)]
        self._length = _MARGIN  # of the blocks together, in samples
        self._past_energy, self._past = 0.0, 0  # of the samples before the blocks
        self._activations: list[NDArray[np.float32]] = []
        self._tags: list[NDArray[np.float32]] = []

    def take(self, samples: Samples) -> None:
        """Hear what comes next.

        Parameters
        ----------
        samples : np.ndarray [shape=(n,)]
            Mono, at 16,000 Hz, in pieces that are short beside 30 s.
        """
        self._blocks.append(samples)
        self._length += len(samples)
        self._hear(_AHEAD)

    def end(self) -> None:
        """Hear what is left, now that the song is over; what is less than a patch is left out."""
        self._blocks.append(np.zeros(_MARGIN, dtype=np.float32))
        self._length += _MARGIN
        self._hear(_PATCH)

    def _hear(self, ahead: int) -> None:
        """Hear patches as long as so many samples are there."""
        if self._length < ahead:
            return
        waiting = np.concatenate(self._blocks)
        while len(waiting) >= ahead:
            patch = log_mel(waiting[:_PATCH] * self._gain(waiting[:_AHEAD]))
            activations, tags = self._backbone.hear(patch[None])
            self._activations.append(activations[0])
            self._tags.append(tags[0])
            self._past_energy += _energy(waiting[:_STEP])
            self._past += _STEP
            waiting = waiting[_STEP:]
        self._blocks, self._length = [waiting], len(waiting)

    def _gain(self, ahead: Samples) -> np.float32:
        """Return what brings the song to `_LEVEL`, as far as it is known."""
        power = (self._past_energy + _energy(ahead)) / (self._past + len(ahead))
        return np.float32(_LEVEL / max(np.sqrt(power), _LEVEL / _MOST_GAIN))

    def over(self, start: float, end: float) -> Impression:
        """Tell what was heard in a stretch: of the patches whose middle lies in it.

        Parameters
        ----------
        start, end : float
            Seconds; at least 3 of them, and within the song.

        Raises
        ------
        BackboneError
            Where no patch lies there.
        """
        seconds = _STEP / BACKBONE_RATE
        middles = (np.arange(len(self._activations)) + 0.5) * seconds
        inside = np.flatnonzero((middles >= start) & (middles < end))
        if not len(inside):
            raise BackboneError(f"Between {start:.2f} and {end:.2f} s there is no patch of sound.")
        heard = np.array([self._activations[i] for i in inside], dtype=np.float64)
        tags: NDArray[np.float64] = np.array([self._tags[i] for i in inside]).mean(
            axis=0, dtype=np.float64
        )
        ranked = sorted(zip(TAGS, tags.tolist(), strict=True), key=lambda tag: -tag[1])
        return Impression(np.concatenate([heard.mean(axis=0), heard.std(axis=0)]), dict(ranked))


def _energy(samples: Samples) -> float:
    return float(np.square(samples, dtype=np.float64).sum())
