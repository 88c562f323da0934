from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from lib.errors import ModelError
from lib.model import Model, Songs, load_model, save_model, saving_model


@pytest.fixture
def folder(tmp_path: Path, model: Model) -> Path:
    save_model(model, tmp_path / "tiny")
    return tmp_path / "tiny"


def test_model_comes_back_as_it_went(model: Model, folder: Path) -> None:
    back = load_model(folder)
    for name in ("name", "labels", "feature_names", "features_version", "network"):
        assert getattr(back, name) == getattr(model, name)
    for name in ("training", "metrics", "versions", "data"):
        assert dict(getattr(back, name)) == dict(getattr(model, name))
    np.testing.assert_array_equal(back.scaler.mean_, model.scaler.mean_)
    np.testing.assert_array_equal(back.scaler.scale_, model.scaler.scale_)
    X = np.random.default_rng(0).normal(size=(20, 4))
    np.testing.assert_array_equal(back.probabilities(X), model.probabilities(X))


def test_same_model_gives_the_same_bytes(model: Model, folder: Path, tmp_path: Path) -> None:
    save_model(model, tmp_path / "again")
    for name in ("model.json", "weights.npz"):
        assert (tmp_path / "again" / name).read_bytes() == (folder / name).read_bytes()


def test_nothing_is_left_beside_the_model(folder: Path) -> None:
    assert {path.name for path in folder.parent.iterdir()} == {"tiny"}
    assert {path.name for path in folder.iterdir()} == {"model.json", "weights.npz"}


@pytest.fixture
def confident_folder(tmp_path: Path, confident_model: Model) -> Path:
    save_model(confident_model, tmp_path / "confident")
    return tmp_path / "confident"


def test_confidence_and_songs_come_back_as_they_went(
    confident_model: Model, confident_folder: Path
) -> None:
    back = load_model(confident_folder)
    assert back.confidence == confident_model.confidence
    assert back.songs is not None
    assert confident_model.songs is not None
    assert back.songs.songs == confident_model.songs.songs
    X = np.random.default_rng(0).normal(size=(20, 4))
    np.testing.assert_array_equal(back.probabilities(X), confident_model.probabilities(X))
    assert [back.is_outlier(x[None]) for x in X] == [confident_model.is_outlier(x[None]) for x in X]
    assert {p.name for p in confident_folder.iterdir()} == {
        "model.json", "weights.npz", "songs.npz",
    }  # fmt: skip


@pytest.mark.parametrize("version", [1, 2])
def test_older_formats_answer_as_ever_and_doubt_nothing(
    model: Model, folder: Path, version: int
) -> None:
    path = folder / "model.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    newer = (
        ("confidence", "songs") if version == 2 else ("confidence", "songs", "inputs", "members")
    )
    content = {key: value for key, value in content.items() if key not in newer}
    path.write_text(json.dumps({**content, "format": version}), encoding="utf-8")
    old = load_model(folder)
    X = np.random.default_rng(0).normal(size=(20, 4))
    np.testing.assert_array_equal(old.probabilities(X), model.probabilities(X))
    assert (old.confidence, old.songs) == (None, None)
    assert not old.is_unsure(0.0)
    assert not old.is_outlier(np.full((1, 4), 1e6))


@pytest.mark.parametrize(
    ("key", "value", "match"),
    [
        ("temperature", 0, r"model\.json: A temperature must be above 0"),
        ("temperature", "hot", r"confidence\.temperature must be a number, not 'hot'"),
        ("unsure_below", KeyError, r"confidence\.unsure_below is missing"),
        ("fitted_on", 3, r"confidence\.fitted_on must be a text"),
        ("temperature", 10**400, r"confidence\.temperature is too large"),
    ],
)
def test_a_wrong_confidence_is_named(
    confident_folder: Path, key: str, value: object, match: str
) -> None:
    path = confident_folder / "model.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    set_field("confidence", key, value=value)(content)
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(ModelError, match=match):
        load_model(confident_folder)


def test_songs_that_are_wrong_or_missing_are_named(confident_folder: Path) -> None:
    path, told = confident_folder / "songs.npz", confident_folder / "model.json"
    path.write_bytes(b"no songs")
    with pytest.raises(ModelError, match=r"songs\.npz: its content is not that which model\.json"):
        load_model(confident_folder)
    content = json.loads(told.read_text(encoding="utf-8"))
    content["songs"]["sha256"] = hashlib.sha256(b"no songs").hexdigest()
    told.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(ModelError, match=r"songs\.npz: it does not hold songs .* Train it anew"):
        load_model(confident_folder)
    path.unlink()
    with pytest.raises(ModelError, match=r"songs\.npz: it can't be read: No such file"):
        load_model(confident_folder)


def test_names_of_songs_without_end_are_refused(confident_model: Model) -> None:
    assert confident_model.songs is not None
    with np.load(io.BytesIO(confident_model.songs.to_bytes())) as old:
        content = io.BytesIO()
        np.savez(content, **{**old, "songs": np.frombuffer(b"[" * 100_000, np.uint8)})
    with pytest.raises(ModelError, match="it does not hold songs"):
        Songs.from_bytes(content.getvalue())


def set_field(*path: str | int, value: object) -> Callable[[dict[str, Any]], None]:
    def change(content: dict[str, Any]) -> None:
        inner: Any = content
        for key in path[:-1]:
            inner = inner[key]
        if value is KeyError:
            del inner[path[-1]]
        else:
            inner[path[-1]] = value

    return change


def key_free_of_one_pitch(content: dict[str, Any]) -> None:
    set_field("inputs", value="key-free")(content)
    set_field("features", "names", 0, value="chroma_mean_C")(content)


@pytest.mark.parametrize(
    ("change", "match"),
    [
        (set_field("format", value=4), "format 4 is none of 1 to 3"),
        (set_field("hears", value="smell"), "hears 'smell', which this Earmark does not compute"),
        (set_field("verdict", value="dice"), "verdict is 'dice', which is unknown; known are mean"),
        (set_field("network", "kind", value="wet"), r"network\.kind is 'wet', which is unknown"),
        (set_field("inputs", value="pixels"), "inputs is 'pixels', which is unknown; known are"),
        (key_free_of_one_pitch, "Key-free inputs need twelve features chroma_mean_"),
        (set_field("members", value=2), "it holds 1 members, not those of model.json"),
        (set_field("format", value=True), "format must be a whole number, not True"),
        (set_field("format", value=KeyError), "format is missing"),
        (set_field("name", value=7), "name must be a text, not 7"),
        (set_field("labels", value=["rock", "jazz", "blues"]), "sorted"),
        (set_field("labels", value=["blues", "jazz"]), "2 labels for a network of 3"),
        (set_field("labels", value=["blues", 3, "rock"]), "labels must hold texts, not 3"),
        (set_field("features", value=[]), r"features must be an object, not \[\]"),
        (set_field("features", "names", value=["a", "b"]), "2 feature names"),
        (set_field("features", "version", value=KeyError), r"features\.version is missing"),
        (set_field("scaler", "mean", value=[1, 2]), "one mean and one scale"),
        (set_field("scaler", "mean", 0, value="1"), r"scaler\.mean must hold numbers, not '1'"),
        (set_field("scaler", "mean", 0, value=10**400), r"scaler\.mean holds .* too large"),
        (set_field("scaler", "scale", 0, value=float("nan")), "finite"),
        (set_field("network", "layers", 0, "units", value=7), "Layer 1 of tiny needs a kernel"),
        (set_field("network", "layers", 0, "units", value=-1), "-1 units"),
        (
            set_field("network", "layers", 0, "activation", value="sigmoid"),
            r"network\.layers\[0\]\.activation is 'sigmoid', which is unknown",
        ),
        (set_field("network", "layers", 2, "activation", value="relu"), "one softmax"),
        (set_field("network", "layers", 1, value=5), r"layers\[1\] must be an object, not 5"),
        (set_field("network", "inputs", value=5), "4 feature names, 4 in the scaler and 5"),
        (set_field("weights", "sha256", value="0"), "not that which model.json was written with"),
        (set_field("metrics", value="good"), "metrics must be an object"),
    ],
)
def test_every_wrong_field_is_named(
    folder: Path, change: Callable[[dict[str, Any]], None], match: str
) -> None:
    path = folder / "model.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    change(content)
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(ModelError, match=match) as caught:
        load_model(folder)
    assert str(folder) in str(caught.value)
    assert "Train it anew with 02_train.py" in str(caught.value)


@pytest.mark.parametrize(
    ("content", "match"),
    [
        (b"", "is not JSON"),
        (b"{", "is not JSON"),
        (b"\xff\xfe", "is not JSON"),
        (b"[" * 100_000, "is not JSON"),
        (b"[1]", r"the whole must be an object, not \[1\]"),
    ],
)
def test_model_file_that_is_no_model(folder: Path, content: bytes, match: str) -> None:
    (folder / "model.json").write_bytes(content)
    with pytest.raises(ModelError, match=match):
        load_model(folder)


def test_missing_files_are_named(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"nowhere.model\.json is missing"):
        load_model(tmp_path / "nowhere")
    (folder / "weights.npz").unlink()
    with pytest.raises(ModelError, match=r"weights\.npz: it can't be read: No such file"):
        load_model(folder)


def trust(folder: Path) -> None:
    """Make model.json agree with whatever weights.npz holds now."""
    path = folder / "model.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["weights"]["sha256"] = hashlib.sha256((folder / "weights.npz").read_bytes()).hexdigest()
    path.write_text(json.dumps(content), encoding="utf-8")


def write_weights(folder: Path, **arrays: NDArray[np.generic] | None) -> None:
    with np.load(folder / "weights.npz") as old:
        content = {**old, **arrays}
    np.savez(folder / "weights.npz", **{k: v for k, v in content.items() if v is not None})
    trust(folder)


@pytest.mark.parametrize(
    ("arrays", "match"),
    [
        ({"kernel_01": None}, "kernel_01"),
        ({"kernel_01": np.zeros((5, 6), np.float32)}, "Layer 2 of tiny needs a kernel"),
        ({"bias_00": np.full(6, np.inf, np.float32)}, "Layer 1 of tiny has weights that are no"),
        ({"bias_00": np.zeros(6, np.complex64)}, "complex64, not float32"),
        ({"bias_00": np.array([{}] * 6, dtype=object)}, "Object arrays cannot be loaded"),
    ],
)
def test_wrong_weights_are_refused(folder: Path, arrays: dict[str, Any], match: str) -> None:
    write_weights(folder, **arrays)
    with pytest.raises(ModelError, match=match):
        load_model(folder)


def test_weights_that_are_no_archive(folder: Path) -> None:
    whole = (folder / "weights.npz").read_bytes()
    (folder / "weights.npz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ModelError, match="not that which"):
        load_model(folder)
    for content in (b"", b"text", whole[: len(whole) // 2]):
        (folder / "weights.npz").write_bytes(content)
        trust(folder)
        with pytest.raises(ModelError, match="does not hold the weights of tiny"):
            load_model(folder)


def test_links_that_a_person_added_stay_links(folder: Path, another_model: Model) -> None:
    (folder / "gone").symlink_to("nowhere")
    (folder / "all models").symlink_to("..", target_is_directory=True)
    save_model(another_model, folder)
    assert (folder / "gone").readlink() == Path("nowhere")
    assert (folder / "all models").readlink() == Path("..")


def test_training_anew_replaces_the_old_pictures_and_keeps_what_a_person_added(
    folder: Path, another_model: Model
) -> None:
    for name in ("README.md", "history.csv", "learning_curves.png", "my notes.txt"):
        (folder / name).write_text("old", encoding="utf-8")
    (folder / "mine").mkdir()
    (folder / "mine" / "list.txt").write_text("old", encoding="utf-8")
    with saving_model(another_model, folder) as fresh:
        (fresh / "README.md").write_text("new", encoding="utf-8")
    assert {p.name for p in folder.iterdir()} == {
        "model.json", "weights.npz", "README.md", "my notes.txt", "mine",
    }  # fmt: skip
    assert (folder / "README.md").read_text() == "new"
    assert (folder / "mine" / "list.txt").read_text() == "old"
    assert load_model(folder).training["seed"] == 1
    assert {path.name for path in folder.parent.iterdir()} == {"tiny"}


def test_failure_while_saving_leaves_the_old_model_whole(
    folder: Path, another_model: Model
) -> None:

    def add_pictures(fresh: Path) -> None:
        assert (fresh / "model.json").is_file()
        assert load_model(folder).training["seed"] == 0  # nothing has changed yet
        raise OSError("no space left")

    with (
        pytest.raises(ModelError, match=r"can't be written to .*tiny: no space left"),
        saving_model(another_model, folder) as fresh,
    ):
        add_pictures(fresh)
    assert load_model(folder).training["seed"] == 0
    assert {path.name for path in folder.parent.iterdir()} == {"tiny"}


# Dies before the rename that its second argument counts, while it saves one model over another.
DYING = """
import os, sys
from pathlib import Path
from lib.model import load_model, save_model
model, folder, die_at, calls = load_model(Path(sys.argv[1])), Path(sys.argv[2]), sys.argv[3], []
rename = Path.rename
def dying(self, target):
    calls.append(self)
    if len(calls) == int(die_at):
        os._exit(9)
    return rename(self, target)
Path.rename = dying
save_model(model, folder)
"""


@pytest.mark.parametrize("die_at", [1, 2])
def test_killed_while_it_is_replaced_the_old_model_is_whole(
    tmp_path: Path, root: Path, model: Model, another_model: Model, die_at: int
) -> None:
    folder, other = tmp_path / "tiny", tmp_path / "other"
    save_model(model, folder)
    save_model(another_model, other)
    arguments = [sys.executable, "-c", DYING, str(other), str(folder), str(die_at)]
    assert subprocess.run(arguments, cwd=root, check=False).returncode == 9
    if die_at == 1:
        assert load_model(folder).training["seed"] == 0
    else:
        with pytest.raises(ModelError, match=r"earlier model stands in .*\.tiny\.old: rename"):
            load_model(folder)
        assert load_model(tmp_path / ".tiny.old").training["seed"] == 0
    with saving_model(another_model, folder):
        assert load_model(folder).training["seed"] == 0  # found and put back
    assert load_model(folder).training["seed"] == 1
    assert not (tmp_path / ".tiny.old").exists()


def test_folder_of_other_things_is_left_alone(tmp_path: Path, model: Model) -> None:
    (tmp_path / "music").mkdir()
    (tmp_path / "music" / "song.ogg").write_bytes(b"sound")
    with pytest.raises(ModelError, match="holds other things than a model and is left alone"):
        save_model(model, tmp_path / "music")
    assert [p.name for p in (tmp_path / "music").iterdir()] == ["song.ogg"]
    (tmp_path / "file").write_text("")
    with pytest.raises(ModelError, match="is a file"):
        save_model(model, tmp_path / "file")


def test_place_that_cannot_be_written_is_named(tmp_path: Path, model: Model) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(
        ModelError, match=r"can't be written to .*tiny: (File exists|Not a directory)"
    ):
        save_model(model, tmp_path / "file" / "tiny")


def test_reading_a_model_loads_nothing_heavy(root: Path, folder: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from lib.model import load_model;"
        f"load_model(Path({str(folder)!r}));"
        "print(sorted({'tensorflow','keras','sklearn','scipy','pandas','matplotlib'}"
        " & set(sys.modules)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[]"
