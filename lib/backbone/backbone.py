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
from lib.progress import Progress, silent

if TYPE_CHECKING:
    import onnxruntime

_PATCH = (FRAMES - 1) * HOP + N_FFT  # samples that a patch's frames reach over
_STEP = FRAMES * HOP  # samples from one patch to the next, 2.992 s
_MARGIN = N_FFT // 2  # the first frame is centred on the first sample; before it is silence


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

    Parameters
    ----------
    backbone : Backbone
    """

    def __init__(self, backbone: Backbone) -> None:
        self._backbone = backbone
        self._waiting: Samples = np.zeros(_MARGIN, dtype=np.float32)
        self._activations: list[NDArray[np.float32]] = []
        self._tags: list[NDArray[np.float32]] = []

    def take(self, samples: Samples) -> None:
        """Hear what comes next.

        Parameters
        ----------
        samples : np.ndarray [shape=(n,)]
            Mono, at 16,000 Hz.
        """
        self._waiting = np.concatenate([self._waiting, samples])
        while len(self._waiting) >= _PATCH:
            activations, tags = self._backbone.hear(log_mel(self._waiting[:_PATCH])[None])
            self._activations.append(activations[0])
            self._tags.append(tags[0])
            self._waiting = self._waiting[_STEP:]

    def end(self) -> None:
        """Hear what is left, now that the song is over; what is less than a patch is left out."""
        self.take(np.zeros(_MARGIN, dtype=np.float32))

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
