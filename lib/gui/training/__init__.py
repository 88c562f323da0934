"""The training page: a model learned from a data set, by a process of its own, and taken or left.

``session`` makes all changes to its ``state``; ``process`` runs 02_train.py and reads its events;
the widgets show it.
"""

from lib.gui.training.page import TrainingPage
from lib.gui.training.session import Session
from lib.gui.training.side import Teaching, TrainingSide

__all__ = ["Session", "Teaching", "TrainingPage", "TrainingSide"]
