"""Golden outputs of the original graph, run by TensorFlow: what the converted one is held to.

`golden.json` beside this file was written by ``python -m tests.backbone.reference``, in the
environment of `make dev`, from musicnn 0.1.0.  TensorFlow 2 loads its graph of 2019 once only the
nodes are kept that the outputs need, and variables are replaced by constants of the checkpoint.
"""

from __future__ import annotations

import json
import shutil
from importlib.metadata import distribution
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from lib.audio import open_audio
from lib.backbone.mel import log_mel
from lib.backbone.names import BACKBONE_RATE, FRAMES
from tests.sound import music

GOLDEN = Path(__file__).with_name("golden.json")
CLIPS = Path(__file__).resolve().parents[3] / "shared" / "gtzan" / "audio"
SAMPLES = (FRAMES - 1) * 256 + 512
OUTPUTS = {"activations": "model/dense/Relu", "tags": "model/Sigmoid"}


def synthesised() -> dict[str, NDArray[np.float32]]:
    """Return sounds of one patch each [shape=(48128,)], at 16,000 Hz."""
    seconds = SAMPLES / BACKBONE_RATE
    return {
        "slow and low": music(seconds, pitch=110.0, bpm=70.0, rate=BACKBONE_RATE),
        "fast and high": music(seconds, pitch=523.0, bpm=160.0, rate=BACKBONE_RATE, seed=1),
        "nearly nothing": 1e-3 * music(seconds, rate=BACKBONE_RATE, seed=2),
    }


def clips(folder: Path) -> dict[str, NDArray[np.float32]]:
    """Return a patch of the middle of some real songs."""
    patches = {}
    for name in ("metal/metal.00000", "jazz/jazz.00003", "reggae/reggae.00000"):
        pieces: list[NDArray[np.float32]] = []
        with open_audio(folder / f"{name}.flac") as song:
            song.also(BACKBONE_RATE, pieces.append)
            for _ in song.blocks():
                pass
        start = 10 * BACKBONE_RATE
        patches[name] = np.concatenate(pieces)[start : start + SAMPLES]
    return patches


def ask_tensorflow(patches: NDArray[np.float32]) -> dict[str, NDArray[np.float32]]:
    """Run the original graph on patches [shape=(n, 187, 96)]."""
    import tensorflow as tf
    from tensorflow.core.protobuf import meta_graph_pb2

    wheel = Path(str(distribution("musicnn").locate_file("musicnn/MSD_musicnn")))
    meta = meta_graph_pb2.MetaGraphDef()
    meta.ParseFromString((wheel / ".meta").read_bytes())
    nodes = {node.name: node for node in meta.graph_def.node}
    needed, waiting = set[str](), list(OUTPUTS.values())
    while waiting:
        if (name := waiting.pop()) not in needed:
            needed.add(name)
            waiting += [source.split(":")[0].lstrip("^") for source in nodes[name].input]
    kept = tf.compat.v1.GraphDef()
    with TemporaryDirectory() as folder:
        for suffix in (".index", ".data-00000-of-00001"):
            shutil.copy(wheel / suffix, Path(folder, f"named{suffix}"))
        variables = tf.train.load_checkpoint(str(Path(folder, "named")))
        for node in meta.graph_def.node:
            if node.name not in needed:
                continue
            copy = kept.node.add()
            copy.CopyFrom(node)
            for attribute in ("_output_shapes", "_class"):
                copy.attr.pop(attribute, None)
            if node.op == "VariableV2":
                copy.Clear()
                copy.name, copy.op = node.name, "Const"
                copy.attr["dtype"].type = tf.float32.as_datatype_enum
                tensor = tf.make_tensor_proto(variables.get_tensor(node.name))
                copy.attr["value"].tensor.CopyFrom(tensor)
    with tf.Graph().as_default() as graph:
        tf.import_graph_def(kept, name="")
        feed = {"model/Placeholder:0": patches, "model/Placeholder_2:0": False}
        with tf.compat.v1.Session(graph=graph) as session:
            found = session.run([f"{name}:0" for name in OUTPUTS.values()], feed)
    return dict(zip(OUTPUTS, found, strict=True))


def main() -> None:
    """Write the golden outputs anew."""
    sounds = synthesised() | clips(CLIPS)
    found = ask_tensorflow(np.stack([log_mel(y) for y in sounds.values()]))
    golden = {
        name: {output: [round(float(x), 6) for x in rows[i]] for output, rows in found.items()}
        for i, name in enumerate(sounds)
    }
    GOLDEN.write_text(json.dumps(golden) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
