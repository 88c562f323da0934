"""Graphs at the door: a stranger's may be wrong, but it runs nothing that is not known."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from lib.errors import ModelError
from lib.model import Graph, Model, load_model, save_model
from tests.graphs import small_graph, small_hearer
from tests.models import small_model


@pytest.fixture
def hearer() -> Model:
    return small_hearer()


def rows(count: int = 20) -> np.ndarray:
    return np.random.default_rng(0).normal(0, 100, (count, 130 * 13))


def test_a_model_with_a_graph_comes_back_as_it_went(hearer: Model, tmp_path: Path) -> None:
    save_model(hearer, tmp_path / "hearer")
    assert {path.name for path in (tmp_path / "hearer").iterdir()} == {"model.json", "network.onnx"}
    back = load_model(tmp_path / "hearer")
    assert isinstance(back.network, Graph)
    assert isinstance(hearer.network, Graph)
    assert back.network.layers == hearer.network.layers
    assert (back.hears, back.verdict, back.members) == ("mfcc-segments", "mean", 1)
    np.testing.assert_array_equal(back.probabilities(rows()), hearer.probabilities(rows()))


def test_rows_are_answered_alike_whatever_is_asked_with_them(hearer: Model) -> None:
    together = hearer.probabilities(rows(600))
    assert together.sum(axis=1) == pytest.approx(np.ones(600), abs=1e-12)
    np.testing.assert_allclose(hearer.probabilities(rows(600)[300:301]), together[300:301])
    assert hearer.probabilities(rows()[:0]).shape == (0, 3)


def test_a_vote_is_for_the_likeliest_genre() -> None:
    P = small_hearer().probabilities(rows())
    ballots = small_hearer(verdict="vote").ballots(P)
    shares = np.bincount(P.argmax(axis=1), minlength=3) / len(P)
    np.testing.assert_allclose(ballots.mean(axis=0), shares, atol=1e-8)
    # Two genres with as many votes: the one with more probability.
    tied = np.array([[0.9, 0.1, 0.0], [0.4, 0.6, 0.0]])
    assert small_hearer(verdict="vote").ballots(tied).mean(axis=0).argmax() == 0


def add_node(operator: str, domain: str = "") -> Callable[[onnx.ModelProto], None]:
    def change(model: onnx.ModelProto) -> None:
        model.graph.node[-1].output[0] = "before"
        node = helper.make_node(operator, ["before"], ["probabilities"], domain=domain)
        model.graph.node.append(node)
        if domain:
            model.opset_import.append(helper.make_opsetid(domain, 1))

    return change


def keep_outside(model: onnx.ModelProto) -> None:
    weights = model.graph.initializer[0]
    weights.ClearField("raw_data")
    weights.data_location = TensorProto.EXTERNAL
    weights.external_data.add(key="location", value="/etc/passwd")


def spoil_weights(model: onnx.ModelProto) -> None:
    model.graph.initializer[1].raw_data = np.full(3, np.nan, np.float32).tobytes()


def forget_weights(model: onnx.ModelProto) -> None:
    model.graph.initializer[1].dims[0] = 7


def flatten_otherwise(model: onnx.ModelProto) -> None:
    model.graph.node[0].attribute[0].i = 2


def take_doubles(model: onnx.ModelProto) -> None:
    model.graph.input[0].type.tensor_type.elem_type = TensorProto.DOUBLE


def take_one_row(model: onnx.ModelProto) -> None:
    model.graph.input[0].type.tensor_type.shape.dim[0].dim_value = 1


def give_more(model: onnx.ModelProto) -> None:
    model.graph.output.append(helper.make_tensor_value_info("z", TensorProto.FLOAT, ["n", 3]))


@pytest.mark.parametrize(
    ("change", "match"),
    [
        (add_node("Sigmoid"), "holds the operators Sigmoid; known are BatchNormalization, Conv"),
        (add_node("Relu", "com.microsoft"), "more than ONNX's standard operators"),
        (keep_outside, "keeps weights outside its file|no valid ONNX"),
        (spoil_weights, "weights that are no numbers in bias"),
        (forget_weights, "weights that are no numbers in bias|no valid ONNX"),
        (take_doubles, "must have one input 'x' of float32"),
        (take_one_row, "must have one input 'x' of float32"),
        (give_more, "must have one output 'probabilities' of float32"),
    ],
)
def test_what_a_graph_may_not_be_is_named(
    change: Callable[[onnx.ModelProto], None], match: str
) -> None:
    with pytest.raises(ModelError, match=match):
        small_graph(change=change)


def test_layers_that_do_not_fit_each_other_are_told_when_it_is_asked() -> None:
    graph = small_graph(change=flatten_otherwise)
    with pytest.raises(ModelError, match=r"small's graph can't be run \(.+\)\."):
        graph.forward(np.zeros((2, 130, 13, 1)))


@pytest.mark.parametrize("content", [b"", b"PK not onnx", bytes(range(256)) * 9])
def test_what_is_no_graph_is_refused(content: bytes) -> None:
    with pytest.raises(ModelError, match="small"):
        Graph("small", (130, 13, 1), 3, (), content)


def test_a_graph_of_another_shape_is_refused() -> None:
    content = small_graph((130, 12, 1)).content
    with pytest.raises(ModelError, match=r"one input 'x' of float32 \(None, 130, 13, 1\)"):
        Graph("small", (130, 13, 1), 3, (), content)


def test_a_changed_file_is_named(hearer: Model, tmp_path: Path) -> None:
    save_model(hearer, tmp_path / "hearer")
    path = tmp_path / "hearer" / "network.onnx"
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(ModelError, match=r"network\.onnx: its content is not that which"):
        load_model(tmp_path / "hearer")
    path.unlink()
    with pytest.raises(ModelError, match=r"network\.onnx: it can't be read"):
        load_model(tmp_path / "hearer")


def test_training_anew_takes_the_other_networks_file_away(hearer: Model, tmp_path: Path) -> None:
    save_model(hearer, tmp_path / "one")
    save_model(small_model(), tmp_path / "one")
    assert {path.name for path in (tmp_path / "one").iterdir()} == {"model.json", "weights.npz"}


def test_models_of_dense_layers_wait_for_no_runtime(root: Path, tmp_path: Path) -> None:
    save_model(small_model(), tmp_path / "dense")
    save_model(small_hearer(), tmp_path / "hearer")
    script = (
        "import sys, numpy; from pathlib import Path; from lib.model import load_model\n"
        "model = load_model(Path(sys.argv[1]))\n"
        "size = model.frames * len(model.feature_names)\n"
        "model.probabilities(numpy.ones((2, size)))\n"
        "print(sorted({'onnx', 'onnxruntime', 'tensorflow'} & set(sys.modules)))\n"
    )
    for name, loaded in (("dense", "[]"), ("hearer", "['onnx', 'onnxruntime']")):
        command = [sys.executable, "-c", script, str(tmp_path / name)]
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
        assert done.stdout.strip() == loaded
