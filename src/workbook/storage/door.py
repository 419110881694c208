"""The door at which editions are made: what `load` hands out holds what its edition may show, and nothing else."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from workbook.errors import InputError, NotFoundError, Problem, WorkbookError
from workbook.model.answers import Edition
from workbook.model.base import SLUG_PATTERN
from workbook.model.chapters import list_questions
from workbook.model.editions import (
    NO_EARLIER,
    NOTHING_RELEASED,
    Earlier,
    Releases,
    pair_voices,
    record_release,
    redact,
    tell_earlier,
)
from workbook.model.engagement import Engagement
from workbook.model.portfolio import LeftOut, Portfolio
from workbook.storage.earlier import find_lost, list_earlier
from workbook.storage.folders import FACTS_FILE, find_engagement, find_folder_of_all, leave_shipped_out, list_folders
from workbook.storage.reading import Known, read_engagement, refuse_template
from workbook.storage.releases import read_releases, write_releases
from workbook.storage.snapshots import SNAPSHOTS, read_portfolio_snapshot, read_snapshot, write_portfolio_snapshot

ENGAGEMENTS = "WORKBOOK_ENGAGEMENTS"


def load_engagement(
    engagement: str | Path, edition: Edition | str = Edition.PRIVATE, *, known: Known | None = None
) -> Engagement:
    """Return an engagement holding only what `edition` may show.

    Raises NotFoundError if there is no such engagement and InputError with every problem of its files; for a shared
    edition that is one too where title or commissioner are still the template's words.
    Where `WORKBOOK_SNAPSHOTS` is set, as the batch does for its kernels, nothing but the snapshots in that
    folder is read. Who loads again and again hands over the same `known`: only files that changed are then opened.
    """
    wanted = read_edition(edition)
    snapshots = os.environ.get(SNAPSHOTS)
    if snapshots:
        return read_snapshot(Path(snapshots), str(engagement), wanted)
    folder = find_engagement(engagement)
    whole, earlier = _read_rounds(folder, known)
    if wanted is Edition.PRIVATE:
        return _redact(whole, wanted, NOTHING_RELEASED, NO_EARLIER)
    refuse_template(folder)
    return _redact(whole, wanted, read_releases(folder), earlier)


def _read_rounds(folder: Path, known: Known | None = None) -> tuple[Engagement, Earlier]:
    """Return a whole engagement with its last round, and what went out of all rounds before it."""
    whole = read_engagement(folder, known)
    before = list_earlier(folder)
    if not before:
        return whole, NO_EARLIER
    last = read_engagement(before[0])
    voices = {voice.id: voice for voice in last.voices}
    was = {here: voices[there] for here, there in pair_voices(whole.voices, last.voices).items()}
    records = tuple(read_releases(one) for one in before)
    return whole.model_copy(update={"last": last}), Earlier(records, was)


def _redact(whole: Engagement, edition: Edition, released: Releases, earlier: Earlier) -> Engagement:
    return redact(whole, edition, words=_list_kinds(whole), released=released, earlier=earlier)


def _list_kinds(whole: Engagement) -> dict[str, bool]:
    return {name: question.is_words for name, question in list_questions(whole.facts).items()}


def release_engagement(engagement: str | Path, edition: Edition | str) -> tuple[str, ...]:
    """Record that a shared edition goes out as it is now; return the questions to which it shows less than it would
    if nothing had gone out before.

    The same state of the same edition is recorded once. Raises InputError as `load_engagement` does, and where it
    follows a round that is not there: what went out of that nobody could be held to.
    """
    wanted, folder = read_edition(edition), find_engagement(engagement)
    if lost := find_lost(folder):
        raise InputError([_tell_lost(folder, lost)])
    refuse_template(folder)
    (whole, earlier), before = _read_rounds(folder), read_releases(folder)
    if not before.key:
        before = Releases(key=secrets.token_hex(32))
    after = record_release(whole, wanted, words=_list_kinds(whole), released=before, earlier=earlier)
    shown = _redact(whole, wanted, after, earlier)
    if after != before:
        # First: what is recorded and did not go out holds back too much, the other way round too little.
        _tell_earlier(folder, shown, after, whole, earlier)
        write_releases(folder, after)
    return _list_less(shown, _redact(whole, wanted, NOTHING_RELEASED, NO_EARLIER))


def _tell_earlier(folder: Path, shown: Engagement, released: Releases, whole: Engagement, earlier: Earlier) -> None:
    """Let the records of earlier rounds know what goes out, as their pages may be made again."""
    for number, one in enumerate(list_earlier(folder)):
        known = read_releases(one)
        record = known if known.key else Releases(key=secrets.token_hex(32))
        told = tell_earlier(record, shown, released, voices=whole.voices, was={} if number else earlier.was)
        if told != record:
            write_releases(one, told)


def _tell_lost(folder: Path, lost: str) -> Problem:
    remedy = (
        f"bring it back (workbook archive {lost} --back, or its folder from a backup); if nothing of it was sent to "
        f"anybody, take the line follows: {lost} out"
    )
    return Problem(f"{folder.name}/{FACTS_FILE}", "follows", f"a round that is there; {lost} is not", remedy)


def _list_less(shown: Engagement, freely: Engagement) -> tuple[str, ...]:
    questions = freely.pools.keys() | {key for voice in freely.voices for key in voice.answers}
    return tuple(question for question in sorted(questions) if _count(shown, question) < _count(freely, question))


def _count(engagement: Engagement, question: str) -> int:
    """Count what is shown to a question: values, those in a matrix one by one, and words."""
    values = (response.value for response in engagement.list_responses(question))
    return len(engagement.list_remarks(question)) + sum(map(_count_values, values))


def _count_values(value: object) -> int:
    return sum(map(_count_values, value.values())) if isinstance(value, dict) else 1


def load_portfolio(engagement: str | Path = "all", edition: Edition | str = Edition.PRIVATE) -> Portfolio:
    """Return every engagement of the folder that `engagement` lies in, each holding only what `edition` may show.

    A name stands for the project's own `parameters`; a path for that folder, or for the one around it where it is
    an engagement itself. What shipped with the workbook is left out where there is anything else. One that cannot
    be loaded is named as left out. `WORKBOOK_ENGAGEMENTS` lists the names to read where not all are wanted;
    `WORKBOOK_SNAPSHOTS` works as in `load_engagement`.
    """
    wanted = read_edition(edition)
    snapshots = os.environ.get(SNAPSHOTS)
    if snapshots:
        return read_portfolio_snapshot(Path(snapshots), wanted)
    folder = find_folder_of_all(str(engagement))
    chosen = os.environ.get(ENGAGEMENTS, "").split()
    return gather_portfolio(folder, chosen or leave_shipped_out(list_folders(folder)), wanted)


def gather_portfolio(folder: Path, names: Iterable[str], edition: Edition | str) -> Portfolio:
    """Load the engagements of these names from a folder; one that cannot be loaded is left out, with the reason."""
    wanted = read_edition(edition)
    found = tuple(_load_each(folder, names, wanted))
    engagements = tuple(one for one in found if isinstance(one, Engagement))
    left_out = tuple(one for one in found if isinstance(one, LeftOut))
    return Portfolio(edition=wanted, engagements=engagements, left_out=left_out)


def snapshot_portfolio(
    folder: Path,
    names: Iterable[str],
    edition: Edition | str,
    *,
    into: Path,
    link: Callable[[str], tuple[str, ...]] = lambda _: (),
) -> None:
    """Write what `gather_portfolio` would give into a folder, where a kernel of the batch reads it, one by one.

    `link(slug)` names the reports of an engagement that have a page.
    """
    wanted = read_edition(edition)
    write_portfolio_snapshot(_load_each(folder, names, wanted), wanted, into, link=link)


def _load_each(folder: Path, names: Iterable[str], edition: Edition) -> Iterator[Engagement | LeftOut]:
    for name in names:
        # A folder's name may be somebody's, and how many faults it has is nobody's matter.
        shown = name if edition is Edition.PRIVATE else ""
        try:
            yield _load_one_of_all(folder, name, edition)
        except InputError as error:
            yield LeftOut(name=shown, problems=len(error.problems) if shown else 0)
        except WorkbookError:
            yield LeftOut(name=shown)


def _load_one_of_all(folder: Path, name: str, edition: Edition) -> Engagement:
    if not re.fullmatch(SLUG_PATTERN, name) or not (folder / name).resolve().is_relative_to(folder.resolve()):
        raise NotFoundError(f"{name!r} cannot be an engagement in {folder}.")
    return load_engagement(folder / name, edition)


def read_edition(edition: Edition | str) -> Edition:
    """Return the edition of that name; raises NotFoundError that says which there are."""
    try:
        return Edition(edition)
    except ValueError:
        names = ", ".join(Edition)
        raise NotFoundError(f"There is no edition called {edition!r}. Type one of: {names}.") from None
