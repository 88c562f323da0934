"""The model of genres: a network with all it takes to answer, kept without pickle.

Reads and computes dense networks with numpy and json alone, and others by ONNX Runtime, so that an
answer waits for no TensorFlow.
"""

from lib.model.confidence import Confidence, temper
from lib.model.folder import (
    DEFAULT_MODEL,
    EAR_MODEL,
    MODELS_FOLDER,
    check_replaceable,
    fingerprint,
    usual_model,
)
from lib.model.graph import Graph, Step
from lib.model.inputs import Inputs, input_names, prepare
from lib.model.measured import measured, measured_by
from lib.model.model import FORMAT, Model
from lib.model.network import Activation, Layer, Network, Weights
from lib.model.replaced import what_is_replaced
from lib.model.scaler import Scaler
from lib.model.songs import Song, Songs, nearest, squared_distances
from lib.model.store import load_model, move_model, save_model, saving_model
from lib.model.verdict import Verdict, ballots

__all__ = [
    "DEFAULT_MODEL",
    "EAR_MODEL",
    "FORMAT",
    "MODELS_FOLDER",
    "Activation",
    "Confidence",
    "Graph",
    "Inputs",
    "Layer",
    "Model",
    "Network",
    "Scaler",
    "Song",
    "Songs",
    "Step",
    "Verdict",
    "Weights",
    "ballots",
    "check_replaceable",
    "fingerprint",
    "input_names",
    "load_model",
    "measured",
    "measured_by",
    "move_model",
    "nearest",
    "prepare",
    "save_model",
    "saving_model",
    "squared_distances",
    "temper",
    "usual_model",
    "what_is_replaced",
]
