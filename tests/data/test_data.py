"""The data is what its docstrings say: shapes, ranges, licences, splits, and how hard it is."""

import dataclasses
import os
import re
import subprocess
import sys
from collections import Counter

import numpy as np
import pytest

from lectureutils import data
from lectureutils.data import lecture
from lectureutils.data.dataset import Dataset, split
from tools import datafiles

VENDORS = {"Microsoft": 77, "Google": 74, "Twitter": 39, "EmojiOne": 35, "Mozilla": 19}
LOADERS = [data.load_emoji, data.load_penguins, data.load_digits, data.blobs]


# ---- the worked example


def test_the_lectures_arrays_have_the_documented_shapes_and_dtype():
    shapes = {
        "x1": (4,),
        "x2": (4,),
        "x3": (4,),
        "X": (3, 4),
        "W1": (3, 4),
        "b1": (3,),
        "W2": (3, 4),
        "b2": (3,),
        "V1": (3, 4),
        "V2": (3, 4),
        "y_star": (3,),
        "prediction_1": (3,),
        "prediction_2": (3,),
    }
    arrays = {name: value for name, value in vars(lecture).items() if isinstance(value, np.ndarray)}
    assert {name: array.shape for name, array in arrays.items()} == shapes
    assert {array.dtype for array in arrays.values()} == {np.dtype(np.float64)}
    for array in arrays.values():
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1


def test_the_lectures_numbers():
    # Typed a second time from the slides, so that a slip in one place shows.
    assert lecture.CLASSES == ("cat", "car", "airplane")
    assert lecture.y1 == 1
    assert np.array_equal(lecture.y_star, np.eye(3)[lecture.y1])
    assert np.array_equal(lecture.X, [[0.1, 1.5, 0.07, 2.32], [0.3, 0.15, 1.5, 1.91], [1, 3, 0.37, 0.8]])
    scores_1 = lecture.X @ lecture.W1.T + lecture.b1
    scores_2 = lecture.X @ lecture.W2.T + lecture.b2
    assert np.allclose(scores_1, [[0.631, 0.969, 0.71], [0.7305, 0.5985, 0.1615], [0.04, 0.317, 0.707]], atol=1e-12)
    assert np.allclose(
        scores_2, [[0.8845, 0.3405, 0.455], [0.69925, 0.39025, 0.18075], [0.5585, 0.045, 0.4535]], atol=1e-12
    )
    assert np.allclose(lecture.V1 @ lecture.x1, [0.687, 0.4235, 0.1805], atol=1e-12)
    assert np.allclose(lecture.V2 @ lecture.x1, [0.4165, -0.118, 1.1675], atol=1e-12)
    errors = [abs(p - lecture.y_star) for p in (lecture.prediction_1, lecture.prediction_2)]
    assert np.allclose([e.sum() for e in errors], [0.2, 0.22])
    assert np.allclose([(e**2).sum() for e in errors], [0.04, 0.0174])


# ---- the data sets


@pytest.mark.parametrize("load", LOADERS)
def test_every_data_set_has_the_common_shape(load):
    d = load()
    n, features = d.X.shape
    assert d.X.dtype == np.float64
    assert d.y.shape == (n,)
    assert d.y.dtype == np.int64
    assert len(d) == n
    assert len(d.feature_names) == len(set(d.feature_names)) == features
    assert sorted(set(d.y.tolist())) == list(range(len(d.class_names)))
    assert np.isfinite(d.X).all()


@pytest.mark.parametrize("load", LOADERS)
def test_arrays_are_protected_also_after_a_split(load):
    for d in (load(), *load().random_split(), load().standardised()):
        for field in dataclasses.fields(d):
            array = getattr(d, field.name)
            if isinstance(array, np.ndarray):
                with pytest.raises(ValueError, match="read-only"):
                    array[0] = array[1]
        with pytest.raises(dataclasses.FrozenInstanceError):
            d.X = d.X


@pytest.mark.parametrize("load", LOADERS[:3])
def test_a_second_call_gives_the_same_object(load):
    assert load() is load()


def test_emoji():
    e = data.load_emoji()
    assert e.class_names == ("cat", "car", "airplane", "ship", "flower")
    assert e.X.shape == (244, 7500)
    assert e.images.shape == (244, 50, 50, 4)
    assert e.images.dtype == np.uint8
    assert (e.X.min(), e.X.max()) == (0, 1)
    assert np.bincount(e.y).tolist() == [71, 59, 25, 39, 50]
    assert Counter(e.vendors.tolist()) == VENDORS
    assert len({image.tobytes() for image in e.images}) == len(e)
    assert set(zip(e.sets.tolist(), e.vendors.tolist(), strict=True)) == {
        ("noto", "Google"),
        ("noto-v1", "Google"),
        ("fluent-emoji", "Microsoft"),
        ("fluent-emoji-flat", "Microsoft"),
        ("fxemoji", "Mozilla"),
        ("twemoji", "Twitter"),
        ("emojione", "EmojiOne"),
    }
    # Names tell the class, so a wrong label would show here.
    words = {
        "cat": "cat",
        "airplane": "airplane",
        "ship": "ship|boat|ferry",
        "flower": "blossom|hibiscus|hyacinth|lotus|rose|sunflower|tulip",
        "car": "auto|car|taxi|truck|vehicle",
    }
    for name, label in zip(e.names, e.y, strict=True):
        assert re.search(words[e.class_names[label]], name), (name, label)


def test_a_picture_becomes_7500_numbers_row_by_row():
    e = data.load_emoji()
    rgb = data.over_white(e.images[100])
    row, column, channel = 30, 20, 2
    k = (row * 50 + column) * 3 + channel
    assert e.X[100, k] == rgb[row, column, channel]
    assert e.feature_names[k] == "row 30, column 20, blue"
    assert np.array_equal(data.unroll(rgb), e.X[100])
    assert np.array_equal(data.picture(e.X[100]), rgb)
    assert data.picture(e.X[:2]).shape == (2, 50, 50, 3)


def test_transparent_becomes_white_and_half_transparent_is_mixed():
    pixels = np.array([[[0, 0, 0, 0], [255, 0, 0, 255], [0, 0, 255, 51]]], dtype=np.uint8)
    assert np.allclose(data.over_white(pixels), [[[1, 1, 1], [1, 0, 0], [0.8, 0.8, 1]]])
    assert np.allclose(data.over_white(pixels / 255), data.over_white(pixels))
    assert np.allclose(data.over_white(pixels[..., :3]), pixels[..., :3] / 255)


def test_penguins():
    p = data.load_penguins()
    assert p.X.shape == (342, 4)
    assert p.class_names == ("Adelie", "Chinstrap", "Gentoo")
    assert p.feature_names == ("bill length (mm)", "bill depth (mm)", "flipper length (mm)", "body mass (g)")
    assert np.bincount(p.y).tolist() == [151, 68, 123]
    assert p.X[0].tolist() == [39.1, 18.7, 181, 3750]
    assert p.X.min(axis=0).tolist() == [32.1, 13.1, 172, 2700]
    assert p.X.max(axis=0).tolist() == [59.6, 21.5, 231, 6300]
    documented = [float(number) for number in re.findall(r"\d+\.\d\d\b", data.load_penguins.__doc__)]
    assert np.allclose(documented, [*p.mean, *p.std], atol=0.0051)


def test_digits():
    d = data.load_digits()
    assert d.X.shape == (1797, 64)
    assert d.images.shape == (1797, 8, 8)
    assert (d.X.min(), d.X.max()) == (0, 1)
    assert np.array_equal(d.X * 16, np.rint(d.X * 16))
    assert np.array_equal(d.X.reshape(-1, 8, 8), d.images)
    assert d.class_names == tuple("0123456789")
    assert d.y[:12].tolist() == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]
    assert (d.images[0] * 16)[0].tolist() == [0, 0, 5, 13, 9, 1, 0, 0]


def test_blobs_are_seeded_and_round_their_centres():
    d = data.blobs(n_per_class=400, spread=0.5, seed=3)
    assert d.X.shape == (1200, 2)
    assert np.array_equal(d.X, data.blobs(n_per_class=400, spread=0.5, seed=3).X)
    assert not np.array_equal(d.X, data.blobs(n_per_class=400, spread=0.5, seed=4).X)
    for k, centre in enumerate([(-2, -1), (2, -1), (0, 2)]):
        assert np.allclose(d.X[d.y == k].mean(axis=0), centre, atol=0.1)
        assert np.allclose(d.X[d.y == k].std(axis=0), 0.5, atol=0.06)
    assert np.array_equal(data.blobs(2, spread=0, centres=[(7, 8)]).X, [[7, 8], [7, 8]])


# ---- splits and the other selections


@pytest.mark.parametrize(
    "n, fraction, n_test", [(100, 0.25, 25), (7, 0.5, 4), (2, 0.01, 1), (2, 0.99, 1), (342, 0.2, 68)]
)
def test_split_is_disjoint_complete_and_seeded(n, fraction, n_test):
    train, test = split(n, fraction, seed=5)
    assert len(test) == n_test
    assert sorted([*train, *test]) == list(range(n))
    again = split(n, fraction, seed=5)
    assert np.array_equal(train, again[0])
    assert np.array_equal(test, again[1])


def test_another_seed_gives_another_split():
    assert not np.array_equal(split(100, seed=0)[1], split(100, seed=1)[1])


@pytest.mark.parametrize("load", LOADERS)
def test_random_split_keeps_rows_together(load):
    whole = load()
    numbered = dataclasses.replace(
        whole, X=np.c_[np.arange(len(whole)), whole.X], feature_names=("number", *whole.feature_names)
    )
    train, test = numbered.random_split(0.3, seed=2)
    rows = np.concatenate([train.X[:, 0], test.X[:, 0]]).astype(int)
    assert sorted(rows) == list(range(len(whole)))
    assert len(test) == round(0.3 * len(whole))
    for part in (train, test):
        rows = part.X[:, 0].astype(int)
        for field in dataclasses.fields(part):
            array = getattr(part, field.name)
            if isinstance(array, np.ndarray) and field.name != "X":
                assert np.array_equal(array, getattr(whole, field.name)[rows])
        assert part.class_names == whole.class_names


@pytest.mark.parametrize("held_out", ["Google", ("EmojiOne", "Mozilla"), ["Twitter"]])
def test_vendor_split_has_no_vendor_on_both_sides(held_out):
    e = data.load_emoji()
    train, test = e.vendor_split(held_out)
    names = {held_out} if isinstance(held_out, str) else set(held_out)
    assert set(test.vendors.tolist()) == names
    assert set(train.vendors.tolist()) == set(VENDORS) - names
    assert len(train) + len(test) == len(e)
    assert set(train.y) == set(test.y) == set(range(5))
    both = {image.tobytes() for image in train.images} & {image.tobytes() for image in test.images}
    assert not both


def test_standardised_uses_the_training_sets_mean_and_std():
    train, test = data.load_penguins().random_split()
    scaled = train.standardised()
    assert np.allclose(scaled.mean, 0, atol=1e-12)
    assert np.allclose(scaled.std, 1)
    expected = (test.X - train.X.mean(axis=0)) / train.X.std(axis=0)
    assert np.allclose(test.standardised(like=train).X, expected)
    digits = data.load_digits().standardised()  # its corner pixels are always 0
    assert np.isfinite(digits.X).all()


@pytest.mark.parametrize("n", [3, 6, 7, 10, 12])
def test_a_feature_that_never_changes_is_only_centred_though_its_std_is_not_0(n):
    X = np.column_stack([np.full(n, 0.1), np.arange(n)])
    assert 0 < X.std(axis=0)[0] < 1e-16  # the mean of equal numbers is rounded
    d = Dataset("made up", X, np.zeros(n, dtype=int), ("a",), ("still", "moving"))
    new = d.take([0]).standardised(like=d)
    assert np.allclose(d.standardised().X[:, 0], 0) and np.allclose(new.X[:, 0], 0)


def test_pick_takes_columns_with_their_names():
    p = data.load_penguins()
    two = p.pick([2, 0])
    assert np.array_equal(two.X, p.X[:, [2, 0]])
    assert two.feature_names == ("flipper length (mm)", "bill length (mm)")


def test_disturbed_keeps_classes_and_changes_pictures():
    e = data.load_emoji().take(range(10))
    twice = e.disturbed(copies=2, seed=1)
    assert twice.X.shape == (20, 7500)
    assert np.array_equal(twice.y, np.tile(e.y, 2))
    assert np.array_equal(twice.names, np.tile(e.names, 2))
    assert np.array_equal(twice.X, data.unroll(data.over_white(twice.images)))
    assert np.array_equal(twice.X, e.disturbed(copies=2, seed=1).X)
    assert not any(np.array_equal(a, b) for a, b in zip(twice.images[:10], twice.images[10:], strict=True))
    still = e.disturbed(seed=0, max_shift=0, max_degrees=0)
    for before, after in zip(e.images, still.images, strict=True):
        assert np.array_equal(after, before) or np.array_equal(after, before[:, ::-1])


# ---- pictures


def test_a_data_set_counts_labels_of_any_integer_type():
    for dtype in (np.uint8, np.int64, np.uint64):  # 64 unsigned bits are here what 64 bits are in the browser's Python
        d = Dataset("made up", np.zeros((3, 1)), np.array([0, 1, 1], dtype), ("a", "b"), ("x",))
        assert repr(d).endswith("; a 1, b 2") and np.can_cast(d.take([1, 2]).y.dtype, np.intp)


@pytest.mark.parametrize("channels", [3, 4])
@pytest.mark.parametrize("as_float", [False, True])
def test_shift_moves_right_and_down_and_fills_with_paper(channels, as_float):
    image = data.load_emoji().images[3][..., :channels]
    image = image / 255 if as_float else image
    paper = 0 if channels == 4 else (1 if as_float else 255)
    moved = data.shift(image, dx=3, dy=-4)
    assert moved.dtype == image.dtype
    assert np.array_equal(moved[:-4, 3:], image[4:, :-3])
    assert (moved[-4:] == paper).all()
    assert (moved[:, :3] == paper).all()
    assert (data.shift(image, dx=-80) == paper).all()
    assert np.array_equal(data.shift(image, 0, 0), image)
    assert data.shift(image) is not image


def test_flip_mirrors_left_and_right():
    images = data.load_emoji().images[:3]
    assert np.array_equal(data.flip(images)[:, 7, 0], images[:, 7, 49])
    assert np.array_equal(data.flip(data.flip(images)), images)


def test_recolour_turns_red_to_green_and_keeps_grey_and_alpha():
    pixels = np.array([[[255, 0, 0, 200], [90, 90, 90, 255], [0, 0, 255, 0]]], dtype=np.uint8)
    turned = data.recolour(pixels, 120)
    assert turned.dtype == np.uint8
    assert turned.tolist() == [[[0, 255, 0, 200], [90, 90, 90, 255], [255, 0, 0, 0]]]
    everything = data.load_emoji().images
    assert np.array_equal(data.recolour(everything, 0), everything)
    assert np.array_equal(data.recolour(everything, 360), everything)
    assert np.allclose(data.recolour(pixels / 255, 120), turned / 255)


def test_picture_functions_leave_their_input_alone():
    image = data.load_emoji().images[0]  # read-only: writing into it would raise
    for result in (data.shift(image, 2, 2), data.flip(image), data.recolour(image, 90)):
        result[0, 0] = 7
        assert not np.shares_memory(result, image)


# ---- refusals


@pytest.mark.parametrize(
    "call, says",
    [
        (lambda: split(1), "n: got 1"),
        (lambda: split(10, 0), "test_fraction: got 0"),
        (lambda: split(10, 1.5), "test_fraction: got 1.5"),
        (lambda: data.load_emoji().vendor_split("Samsung"), r"held_out: got \['Samsung'\].*'Twitter'"),
        (lambda: data.load_emoji().vendor_split(list(VENDORS)), "held_out: .*but not all"),
        (lambda: data.load_emoji().vendor_split([]), r"held_out: got \[\]"),
        (lambda: data.load_emoji().disturbed(copies=0), "copies: got 0"),
        (lambda: data.load_penguins().pick([4]), r"features: got \[4\], expected column numbers from 0 to 3"),
        (lambda: data.load_penguins().pick([0]).standardised(data.load_penguins()), "like: got penguins"),
        (lambda: data.blobs(centres=[(1, 2, 3)]), r"centres: got an array of shape \(1, 3\)"),
        (lambda: data.shift(np.zeros((5, 5))), r"image: got shape \(5, 5\)"),
        (lambda: data.shift(np.zeros((5, 5, 3), dtype=int)), "image: got dtype int64, expected uint8"),
        (lambda: data.shift(np.zeros((5, 5, 3)), dx=1.5), "dx: got 1.5, expected a whole number"),
        (lambda: data.recolour(np.zeros((5, 5, 3)), np.nan), "degrees: "),
        (lambda: data.picture(np.zeros(7501)), r"x: got shape \(7501,\), expected \(7500,\)"),
        (lambda: Dataset("d", np.zeros((2, 1)), np.array([0, 2]), ("a", "b"), ("x",)), r"y\[1\] = 2"),
        (lambda: Dataset("d", np.zeros((2, 1)), np.array([0, 1]), ("a", "b"), ("x", "y")), "names: got 2 names"),
    ],
)
def test_bad_input_is_refused_in_words(call, says):
    with pytest.raises(ValueError, match=says):
        call()


# ---- the shipped files


def test_files_are_those_that_licenses_md_records():
    lines = datafiles.LICENSES.read_text(encoding="utf-8").splitlines()
    recorded = [line for line in lines if line.startswith("- File ")]
    there = [datafiles.record(path.name, path.read_bytes()) for path in datafiles.FILES.iterdir()]
    assert sorted(recorded) == sorted(there)


def test_all_files_together_are_small():
    assert sum(path.stat().st_size for path in datafiles.FILES.iterdir()) < 600_000


def test_licenses_md_names_what_the_build_scripts_take():
    from tools import build_digits, build_emoji, build_penguins

    text = datafiles.LICENSES.read_text(encoding="utf-8")
    for name, (version, vendor) in build_emoji.SETS.items():
        assert f"| `{name}` | `@iconify-json/{name}` {version} | {vendor} |" in text
    assert f"palmerpenguins {build_penguins.VERSION}" in text
    assert f"scikit-learn {build_digits.VERSION}" in text


def test_equal_arrays_give_equal_bytes_whatever_the_clock_says(tmp_path, monkeypatch):
    (tmp_path / "LICENSES.md").write_text("- File `a.npz`: not yet\n", encoding="utf-8")
    monkeypatch.setattr(datafiles, "FILES", tmp_path / "files")
    monkeypatch.setattr(datafiles, "LICENSES", tmp_path / "LICENSES.md")
    written = []
    for now in (1e9, 1.5e9):
        monkeypatch.setattr("time.time", lambda now=now: now)
        datafiles.write_npz("a.npz", numbers=np.arange(5), names=np.array(["b", "cd"]))
        written.append((tmp_path / "files" / "a.npz").read_bytes())
    assert written[0] == written[1]
    assert datafiles.record("a.npz", written[0]) in datafiles.LICENSES.read_text(encoding="utf-8")
    with np.load(tmp_path / "files" / "a.npz") as arrays:
        assert arrays["names"].tolist() == ["b", "cd"]
    with pytest.raises(ValueError, match="expected one"):
        datafiles.write("unknown.csv", b"")


def test_importing_reads_no_file_and_loading_works_from_any_folder(tmp_path):
    code = (
        "import sys; opened = []\n"
        "sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == 'open' else None)\n"
        "from lectureutils import data\n"
        "assert not [name for name in opened if 'data/files' in name], opened\n"
        "assert not {'matplotlib', 'ipywidgets', 'PIL'} & set(sys.modules)\n"
        "print(len(data.load_emoji()), len(data.load_penguins()), len(data.load_digits()))\n"
    )
    env = {**os.environ, "PYTHONPATH": str(datafiles.DATA.parent.parent)}
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=env, capture_output=True, text=True)
    assert done.stdout == "244 342 1797\n", done.stderr
    assert not list(tmp_path.iterdir())


# ---- how hard the data is: what the notebooks say about it


def ridge(train, strength):
    """Fit W and b to one-hot targets by least squares with a penalty on W, through a system (N, N)."""
    targets = np.eye(len(train.class_names))[train.y]
    centred = train.X - train.mean
    gram = centred @ centred.T + strength * np.eye(len(train))
    W = (centred.T @ np.linalg.solve(gram, targets - targets.mean(axis=0))).T
    return W, targets.mean(axis=0) - W @ train.mean


def accuracy(train, test, strength=10.0):
    W, b = ridge(train, strength)
    return ((test.X @ W.T + b).argmax(axis=1) == test.y).mean()


def test_emoji_are_easy_at_random_and_hard_for_unseen_vendors():
    e = data.load_emoji()
    at_random = np.mean([accuracy(*e.random_split(seed=seed)) for seed in range(4)])
    train, test = e.vendor_split()
    unseen, disturbed = accuracy(train, test), accuracy(train, test.disturbed(copies=4))
    assert 0.88 < at_random < 0.98
    assert 0.60 < unseen < 0.75
    assert 0.38 < disturbed < 0.58
    assert accuracy(train, train) > 0.99
    assert np.bincount(test.y).max() / len(test) < 0.35


def test_penguins_and_digits_are_easy_for_a_linear_classifier():
    assert accuracy(*data.load_penguins().standardised().random_split()) > 0.95
    digits = np.mean([accuracy(*data.load_digits().random_split(seed=seed)) for seed in range(2)])
    assert 0.92 < digits < 0.97


def test_chinstraps_are_the_penguins_of_one_species_in_two_measurements():
    X, y = data.chinstraps()
    birds = data.load_penguins()
    assert X.shape == (342, 2) and [birds.class_names[k] for k in set(birds.y[y == 1])] == ["Chinstrap"]
    np.testing.assert_allclose(X * birds.X[:, :2].std(axis=0) + birds.X[:, :2].mean(axis=0), birds.X[:, :2])


def test_gradient_streams_are_what_their_names_say():
    streams = data.gradient_streams()
    assert all(stream.shape == (40, 2) for stream in streams.values()) and len(streams) == 5
    assert np.ptp(streams["steady"], axis=0).max() == 0
    falling, turning = streams["large, then small"], streams["turning, zigzag"]
    assert (falling[:12] >= 5 * falling[12:].max()).all()
    assert [(np.diff(np.sign(column)) != 0).sum() for column in turning.T] == [1, 39]
    assert (streams["often and rarely"] != 0).sum(axis=0).tolist() == [40, 5]
    assert 0 < (streams["noisy, as from mini-batches"][:, 1] > 0).sum() < 40
