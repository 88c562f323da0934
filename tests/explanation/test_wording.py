"""An explanation in lines of text."""

from __future__ import annotations

import pytest

from lib.explanation import Explanation, Neighbour, Pull, Pulls, Trait, pull_sentence, why_lines
from lib.explanation.neighbours import KNOWN
from lib.explanation.wording import nearness, song_name, standing
from lib.model import Song

PULLS = Pulls(0.1, (Pull("timbre", 0.401), Pull("harmony", -0.021), Pull("tempo", 0.001)))
NEAR = Neighbour(Song("rock.1", "A\u202e title", "Some\nbody", "rock"), 3.2, 0.8, "very near")
TRAITS = (
    Trait("tempo", ("log tempo",), 0.97, "very fast"),
    Trait("brightness", ("mfcc_mean_02",), 0.5, ""),
    Trait("change", ("log mfcc_std_02", "log mfcc_std_13"), 0.1, "steady"),
)


def test_all_of_it_in_lines() -> None:
    told = list(why_lines(Explanation({"rock": PULLS}, TRAITS, (NEAR,)), "rock"))
    assert told == [
        "Why rock? It gives that 10 % in the songs it learned from; here",
        "  timbre    +40 points towards it",
        "  tempo       0 points",
        "  harmony    −2 points away from it",
        "It sounds very fast and steady",
        "  very fast  97 % of the songs it learned from are less so (log tempo)",
        "  steady     90 % of the songs it learned from are less so (log mfcc_std_02 … 13)",
        "The nearest songs it learned from",
        f"  “A title” by Some body, rock: {nearness(NEAR)}",
    ]
    assert nearness(NEAR) == "very near (20 % of the songs it learned from have a nearer one)"


def test_a_song_like_most() -> None:
    told = list(why_lines(Explanation({}, TRAITS[1:2]), "rock"))
    assert told == ["It sounds like most songs it learned from"]


def test_what_cannot_be_said_is() -> None:
    assert list(why_lines(Explanation(unsaid="It can't say why."), "rock")) == ["It can't say why."]
    assert pull_sentence(Explanation(unsaid="It can't say why."), "rock") == ""


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ((0.5, -0.3), "Timbre pulled it there by 50 points; harmony pulled away by 30."),
        ((-0.1, -0.2), "Harmony pulled away by 20, timbre by 10."),
        ((0.001, -0.002), "Nothing it hears pulled it anywhere."),
    ],
)
def test_the_pulls_in_a_sentence(changes: tuple[float, float], told: str) -> None:
    pulls = tuple(map(Pull, ("timbre", "harmony"), changes))
    assert pull_sentence(Explanation({"rock": Pulls(0.1, pulls)}), "rock") == told


def test_names_as_far_as_they_are_known() -> None:
    assert song_name(NEAR) == "“A title” by Some body"
    nobody = Neighbour(Song("rock.1", "", "", "rock"), 3.2, 0.1, "rather far")
    assert song_name(nobody) == "rock.1"
    assert nearness(nobody) == "rather far (90 % of the songs it learned from have a nearer one)"
    assert nearness(Neighbour(NEAR.song, 0.1, 1.0, KNOWN)) == KNOWN


def test_a_low_rank_counts_from_the_other_end() -> None:
    assert standing(Trait("tempo", ("log tempo",), 0.02, "very slow")).startswith("98 %")
