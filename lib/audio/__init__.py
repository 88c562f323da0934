"""Sound from files: any format in, mono float32 at 22,050 Hz out, as a stream of windows."""

from lib.audio.length import likely_length
from lib.audio.listening import Tape
from lib.audio.sound import (
    AUDIO_SUFFIXES,
    HOP_SECONDS,
    LONGEST_WHOLE_SECONDS,
    SAMPLE_RATE,
    SHORTEST_SECONDS,
    WINDOW_SECONDS,
    AudioInfo,
    Samples,
    Window,
)
from lib.audio.stream import AudioStream, open_audio, read_audio

__all__ = [
    "AUDIO_SUFFIXES",
    "HOP_SECONDS",
    "LONGEST_WHOLE_SECONDS",
    "SAMPLE_RATE",
    "SHORTEST_SECONDS",
    "WINDOW_SECONDS",
    "AudioInfo",
    "AudioStream",
    "Samples",
    "Tape",
    "Window",
    "likely_length",
    "open_audio",
    "read_audio",
]
