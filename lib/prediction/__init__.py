"""A song and a model become a genre."""

from lib.prediction.hear import hear
from lib.prediction.prediction import Prediction, WindowPrediction
from lib.prediction.sources import find_songs

__all__ = ["Prediction", "WindowPrediction", "find_songs", "hear"]
