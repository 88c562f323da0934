"""Who is measured: each a function that computes features of a clip as its library means it.

Every library is imported by its own maker alone, in a process of its own, which may be of another
Python than the rest; so nothing but numpy stands at the top.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

RATE = 22_050
FRAME, HOP = 2048, 512

Extract = Callable[[NDArray[np.float32]], object]


def earmark() -> Extract:
    from lib.features import extract

    return extract


def librosa_calls() -> Extract:
    """Make the three calls that define the features."""
    import librosa

    def extract(y: NDArray[np.float32]) -> object:
        mfcc = librosa.feature.mfcc(y=y, sr=RATE, n_mfcc=30)
        chroma = librosa.feature.chroma_stft(y=y, sr=RATE)
        tempo = librosa.feature.tempo(y=y, sr=RATE)
        return np.concatenate([*_moments(mfcc), *_moments(chroma), tempo])

    return extract


def librosa_shared() -> Extract:
    """Make the same calls on one spectrogram, as somebody would who knows librosa well."""
    import librosa

    def extract(y: NDArray[np.float32]) -> object:
        S = np.abs(librosa.stft(y)) ** 2
        mel = librosa.power_to_db(librosa.feature.melspectrogram(S=S, sr=RATE))
        mfcc = librosa.feature.mfcc(S=mel, n_mfcc=30)
        chroma = librosa.feature.chroma_stft(S=S, sr=RATE)
        onsets = librosa.onset.onset_strength(S=mel, sr=RATE)
        tempo = librosa.feature.tempo(onset_envelope=onsets, sr=RATE)
        return np.concatenate([*_moments(mfcc), *_moments(chroma), tempo])

    return extract


def essentia_frames() -> Extract:
    """Compute MFCC and HPCP (its chroma) of every frame; no tempo."""
    from essentia import standard as es

    window, spectrum = es.Windowing(type="hann"), es.Spectrum(size=FRAME)
    mfcc = es.MFCC(
        inputSize=FRAME // 2 + 1, sampleRate=RATE, numberBands=128, numberCoefficients=30,
        highFrequencyBound=RATE / 2,
    )  # fmt: skip
    peaks = es.SpectralPeaks(sampleRate=RATE, orderBy="magnitude", minFrequency=40)
    hpcp = es.HPCP(sampleRate=RATE)

    def extract(y: NDArray[np.float32]) -> object:
        rows = []
        for frame in es.FrameGenerator(y, frameSize=FRAME, hopSize=HOP):
            magnitudes = spectrum(window(frame))
            rows.append(np.concatenate([mfcc(magnitudes)[1], hpcp(*peaks(magnitudes))]))
        return np.concatenate(_moments(np.array(rows).T))

    return extract


def essentia_tempo() -> Extract:
    """Compute the tempo alone, by the quicker of its two methods."""
    from essentia import standard as es

    resample = es.Resample(inputSampleRate=RATE, outputSampleRate=44_100)
    tempo = es.RhythmExtractor2013(method="degara")  # hears 44,100 Hz alone
    return lambda y: tempo(resample(y))[0]


def opensmile_gemaps() -> Extract:
    """Compute the smallest of its own sets: 88 numbers, of speech rather than music."""
    import opensmile

    smile = opensmile.Smile(opensmile.FeatureSet.eGeMAPSv02, opensmile.FeatureLevel.Functionals)
    return lambda y: smile.process_signal(y, RATE)


def audioflux_mfcc() -> Extract:
    """Compute the MFCC alone."""
    import audioflux
    from audioflux.type import SpectralDataType, SpectralFilterBankScaleType

    bft = audioflux.BFT(
        num=128, samplate=RATE, radix2_exp=11, slide_length=HOP,
        data_type=SpectralDataType.POWER, scale_type=SpectralFilterBankScaleType.MEL,
    )  # fmt: skip
    xxcc = audioflux.XXCC(num=128)

    def extract(y: NDArray[np.float32]) -> object:
        power = np.abs(bft.bft(y))
        xxcc.set_time_length(power.shape[-1])
        return np.concatenate(_moments(xxcc.xxcc(power, cc_num=30)))

    return extract


def speech_features() -> Extract:
    """Compute the MFCC alone."""
    import python_speech_features

    def extract(y: NDArray[np.float32]) -> object:
        rows = python_speech_features.mfcc(
            y, RATE, winlen=FRAME / RATE, winstep=HOP / RATE, numcep=30, nfilt=128, nfft=FRAME
        )
        return np.concatenate(_moments(rows.T))

    return extract


def py_audio_analysis() -> Extract:
    """Compute its own 34 numbers of every frame; no tempo."""
    from pyAudioAnalysis import ShortTermFeatures

    return lambda y: ShortTermFeatures.feature_extraction(y, RATE, FRAME, HOP)[0].mean(axis=1)


ORACLE = "librosa, three calls"
EARMARK = "Earmark"
CONTENDERS: dict[str, Callable[[], Extract]] = {
    EARMARK: earmark,
    ORACLE: librosa_calls,
    "librosa, one STFT shared": librosa_shared,
    "essentia, MFCC and HPCP only": essentia_frames,
    "essentia, its tempo alone": essentia_tempo,
    "openSMILE, eGeMAPSv02": opensmile_gemaps,
    "audioFlux, MFCC alone": audioflux_mfcc,
    "python_speech_features, MFCC alone": speech_features,
    "pyAudioAnalysis, its own 34": py_audio_analysis,
}
"""In the order of the table."""


def _moments(rows: NDArray[np.floating]) -> list[NDArray[np.floating]]:
    return [rows.mean(axis=1), rows.std(axis=1)]
