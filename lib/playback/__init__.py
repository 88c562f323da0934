"""Playing sound on this machine's device."""

from lib.playback.feed import Sound
from lib.playback.player import Player

__all__ = ["Player", "Sound"]
