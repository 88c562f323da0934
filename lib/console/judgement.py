"""A judgement in lines of text."""

from __future__ import annotations

from collections.abc import Iterator

from lib.judgement import BINS, Judgement
from lib.wording import count


def judgement_lines(judgement: Judgement, *, held_out: bool = False) -> Iterator[str]:
    """Tell how a model did: a table by genre, accuracy, and how sure it was.

    Parameters
    ----------
    judgement : Judgement
        What came of judging it.
    held_out : bool
        Whether by a few songs that were held out alone, and not by all.

    Yields
    ------
    str
        A line without its line break.
    """
    yield f"{'genre':<16}{'songs':>6}{'precision':>11}{'recall':>8}{'F1':>7}"
    for genre, score in judgement.genres.items():
        # Of a genre that no song is of, nothing is known.
        figures = (
            f"{score.precision:>11.1%}{score.recall:>8.1%}{score.f1:>7.1%}"
            if score.support
            else f"{'–':>11}{'–':>8}{'–':>7}"
        )
        yield f"{genre:<16}{score.support:>6}{figures}"
    low, high = judgement.interval
    songs = count(judgement.n, "song")
    songs = f"the {songs} held out" if held_out else songs
    yield ""
    yield (
        f"Accuracy {judgement.accuracy:.1%} of {songs} "
        f"(95 %: {low:.1%} to {high:.1%}), macro recall {judgement.macro_recall:.1%}, "
        f"macro F1 {judgement.macro_f1:.1%}."
    )
    if certainty := judgement.certainty:
        third = certainty.surest_two_thirds
        yield (
            f"Log loss {certainty.log_loss:.3f}, calibration error "
            f"{certainty.calibration_error:.1%} over {BINS} bins; of the surest two thirds "
            f"{third.accuracy:.1%} are right."
        )
