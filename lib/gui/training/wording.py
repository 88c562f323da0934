"""The training page's sentences."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lib.events import Event, Judged, Note, Started
from lib.gui.training.process import EAR
from lib.gui.training.state import Result, Survey, TrainingState
from lib.gui.wording import genre_name, step_line
from lib.wording import clean, count, percent

if TYPE_CHECKING:  # numpy comes with it: too slow for the window's start
    from lib.judgement import GenreCompared

_THOROUGH = "Eight networks, averaged, that learn what no key, loudness or equaliser changes."
_QUICK = (
    "One network on the features as they are, stopped when songs that it does not learn from are "
    "recognised no better."
)
_BY_EAR = "On what a network hears that has heard a million songs. A dozen songs teach a genre."
RECIPES = {
    "robust": ("Thorough", _THOROUGH),
    "plain": ("Quick", _QUICK),
    EAR: ("By ear", _BY_EAR),
}
"""By the name that 02_train.py knows: what to call it, and what it does."""

MOST_NAMED = 14  # more genres than that are counted, not named
CERTAIN = 0.05  # a difference that chance makes more rarely than that is called one


def data_line(survey: Survey, left_out: Sequence[str] = ()) -> str:
    """Say what there is to learn from.

    Examples
    --------
    >>> data_line(Survey(Path(), "mine", {"blues": 8, "ska": 3}, 5), left_out=["ska"])
    '8 songs of 1 genre: Blues (8)'
    """
    genres = {genre: n for genre, n in survey.genres.items() if genre not in left_out}
    line = f"{count(sum(genres.values()), 'song')} of {count(len(genres), 'genre')}"
    if len(genres) > MOST_NAMED:
        return line
    named = ", ".join(f"{genre_name(genre)} ({n})" for genre, n in genres.items())
    return f"{line}: {named}" if named else line


def scarce_line(survey: Survey) -> str:
    """Say which genres have too few songs, and why that matters; "" where none has.

    Examples
    --------
    >>> scarce_line(Survey(Path(), "mine", {"blues": 8, "ska": 3}, 5))
    'Too few songs to learn from: Ska (3). Each genre needs 5, as one song of five is held out ...'
    """
    if not survey.scarce:
        return ""
    named = [f"{genre_name(genre)} ({survey.genres[genre]})" for genre in survey.scarce]
    if len(named) > MOST_NAMED:
        named[MOST_NAMED:] = [f"and {len(named) - MOST_NAMED} more"]
    return (
        f"Too few songs to learn from: {', '.join(named)}. Each genre needs {survey.fewest}, as "
        f"one song of five is held out to judge by. Add songs, or leave "
        f"{'it' if len(survey.scarce) == 1 else 'them'} out this time."
    )


def along_words(survey: Survey) -> str:
    """Say what taking the corrections along means; "" where there are none for these genres.

    Examples
    --------
    >>> along_words(Survey(Path(), "mine", {"blues": 8}, 5, along=1))
    'Take along the song that you corrected'
    """
    if not survey.along:
        return ""
    songs = "song" if survey.along == 1 else count(survey.along, "song")
    return f"Take along the {songs} that you corrected"


def usual_recipe(survey: Survey) -> str:
    """Return the recipe that is offered first.

    That is how the present model learned, so that the two can be compared, unless what that needs
    is missing.
    """
    by_ear = (survey.by_ear or survey.missing) and not survey.deaf
    return EAR if by_ear else next(iter(RECIPES))


def obstacle(
    survey: Survey, name: str, recipe: str, *, left_out: bool, shipped: Sequence[str]
) -> str:
    """Say why training can't begin, and what to do about it; "" where it can.

    Parameters
    ----------
    survey : Survey
        Of the data.
    name : str
        Of the model to be.
    recipe : str
        One of `RECIPES`.
    left_out : bool
        Whether the genres with too few songs are left out.
    shipped : sequence of str
        The names of the models that ship, which nothing replaces.
    """
    enough = len(survey.genres) - len(survey.scarce)
    if lacks := _lacking(survey, recipe):
        return lacks
    if not name.strip():
        return "Give the model a name."
    if not is_name(name):
        return (
            f"“{clean(name)}” can't be a folder's name: choose one without slashes or a dot first."
        )
    if name in shipped:
        return f"{name} is a model that ships, and stays: choose another name."
    if enough < 2:
        return f"A model needs two genres with {survey.fewest} songs or more. Add songs first."
    if survey.scarce and not left_out:
        return "First add songs to the genres with too few, or leave them out."
    return ""


def _lacking(survey: Survey, recipe: str) -> str:
    """Say what a recipe needs that is not installed; "" if all is there."""
    if recipe == EAR or not survey.missing:
        return survey.deaf if recipe == EAR else ""
    return (
        f"Training needs what is not installed here: {survey.missing}. Close Earmark, run "
        f"“make dev” in its folder once (about 2 GB), and come back."
    ) + ("" if survey.deaf else " Or train by ear, which needs none of that.")


def is_name(name: str) -> bool:
    """Tell whether a model's folder may be called so."""
    plain = name.isprintable() and name == name.strip() and not any(c in name for c in "/\\:")
    return plain and not name.startswith((".", "-")) and Path(name).name == name


def progress_line(state: TrainingState) -> str:
    """Say how far a training is, and how long it will take."""
    epoch = state.epochs[-1] if state.epochs and state.epochs[-1].step == state.step else None
    if epoch is None:
        line = step_line(state.step, None)
    else:
        line = f"{state.step}: epoch {epoch.epoch} of {epoch.epochs}"
    if state.left is None:
        return line
    return f"{line}   ·   {time_left(state.left)}"


def time_left(seconds: float) -> str:
    """Say roughly how long something still takes.

    Examples
    --------
    >>> time_left(3.2), time_left(48.0), time_left(150.0)
    ('a few seconds left', 'about 50 s left', 'about 3 min left')
    """
    if seconds < 5:
        return "a few seconds left"
    if seconds < 100:
        return f"about {10 * max(1, round(seconds / 10))} s left"
    return f"about {-(-seconds // 60):.0f} min left"


def log_line(event: Event) -> str:
    """Return what of an event is worth keeping; "" for nothing."""
    match event:
        case Started():
            songs, genres = count(event.songs, "song"), count(len(event.genres), "genre")
            fits = ", then once more on all songs" if event.refit else ""
            return f"Learning from {songs} of {genres}: {event.epochs} epochs at most{fits}."
        case Note():
            return clean(event.note)
        case Judged():
            return "Judged on the songs held out."
        case _:
            return ""


def headline(result: Result, name: str) -> str:
    """Say in one line how the new model, of that name, does beside the present one."""
    comparison, new = result.comparison, f"“{clean(name)}”"
    if comparison is None:
        return f"{new} recognises {result.new.right} of {count(result.new.songs, 'song')}"
    present = "the present model" if comparison.model == name else clean(comparison.model)
    differ = comparison.chance < CERTAIN
    # What flatters the present model can't make the new one look better.
    if differ and comparison.only_new > comparison.only_present:
        return f"{new} is better than {present}"
    if comparison.learned is None:
        return f"{new} beside {present}, which may know these songs"
    if not comparison.fresh_new.songs:
        return f"{new} beside {present}, which has learned from these songs"
    if differ:
        return f"{new} is worse than {present}"
    fresh = count(comparison.fresh_new.songs, "song")
    songs = f"the {fresh} new to both" if comparison.learned else "these songs"
    return f"{new} is as good as {present}, as far as {songs} can tell"


def remarks(result: Result, *, artists: bool = True) -> str:
    """Say what the bars and the table do not: how sure the difference is, and what flatters.

    Parameters
    ----------
    result : Result
    artists : bool
        Whether it is known of any song who plays.
    """
    comparison = result.comparison
    if comparison is None:
        return "There is no present model to compare with on these features."
    name, chosen = clean(comparison.model), _CHOSEN.get(comparison.by, "")
    if comparison.by == "artist" and not artists:  # then each song counts as an artist's own
        chosen = " song by song, as no artist is known"
    songs, learned = count(result.new.songs, "song"), comparison.learned
    lines = [f"{songs} held out{chosen}, of which the new model has learned none."]
    if learned is None:
        lines.append(f"Whether {name} has learned from some of them can't be told.")
    elif learned:
        lines.append(f"{name} has learned from {learned} of them, which flatters it.")
    if fresh := comparison.fresh_new.songs:
        others = f"Of the {fresh} others only" if learned else "Only"
        lines.append(
            f"{others} the new one is right on {comparison.only_new}, only {name} on "
            f"{comparison.only_present}: "
            + (
                "chance alone would seldom make such a difference."
                if comparison.chance < CERTAIN
                else "that may well be chance."
            )
        )
    if comparison.own is not None and learned != 0:
        own = count(comparison.own.songs, "song")
        lines.append(
            f"The last bar is of other songs: the {own} held out when {name} itself was trained, "
            f"of all its genres; what the foot of the window says of it may be of more."
        )
    return " ".join(lines)


_CHOSEN = {"artist": " in whole artists", "split": " by the table's split"}


def recall(right: int | None, songs: int) -> str:
    """Return a recall as it stands in the table.

    Examples
    --------
    >>> recall(3, 4), recall(None, 4)
    ('75 %', '–')
    """
    return "–" if right is None else percent(right / songs)


def confusions(genre: GenreCompared, *, most: int = 3) -> str:
    """Say what a genre's songs were taken for, most frequent first."""
    others = list(genre.taken_for.items())
    named = [f"{genre_name(name)} ({n})" for name, n in others[:most]]
    more = sum(n for _, n in others[most:])
    return ", ".join([*named, f"others ({more})"] if more else named)
