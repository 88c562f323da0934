"""An ear that has heard a lot of music: a network trained on the Million Song Dataset.

Its weights come from the installed wheel of musicnn, are converted once to a graph of our own, and
run on ONNX Runtime.  Everything here works on the sound at 16,000 Hz.
"""

from lib.backbone.backbone import Backbone, Ear, Impression, load_backbone
from lib.backbone.errors import BackboneError
from lib.backbone.names import (
    ACTIVATION_NAMES,
    BACKBONE_RATE,
    BACKBONE_VERSION,
    TAGS,
    features_version,
    needs_backbone,
)

__all__ = [
    "ACTIVATION_NAMES",
    "BACKBONE_RATE",
    "BACKBONE_VERSION",
    "TAGS",
    "Backbone",
    "BackboneError",
    "Ear",
    "Impression",
    "features_version",
    "load_backbone",
    "needs_backbone",
]
