"""Every place on this machine that may hold somebody's answers. Whoever adds one adds it here: `withdraw` walks this.

Three kinds: files of one voice; what was made of an engagement, which may hold anybody's; what was made of all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase
from pathlib import Path

from workbook.storage.folders import VOICES_FOLDER, list_copies


class Of(StrEnum):
    """Whose answers a place may hold."""

    VOICE = "voice"
    ENGAGEMENT = "engagement"
    ALL = "all"


@dataclass(frozen=True)
class Place:
    """Where answers may lie, as a pattern from the project's folder; `holds` names the word for it in `withdraw.yaml`.

    `but` are names that the pattern takes in and that hold no answers.
    """

    pattern: str
    of: Of
    holds: str
    but: tuple[str, ...] = ()


# Made before anybody has answered.
_EMPTY_FORMS = ("questionnaire*", "README.md")
PLACES = (
    Place("parameters/{slug}/voices/{voice}.yaml", Of.VOICE, "answers"),
    Place("parameters/{slug}/voices/{voice}.yaml?*", Of.VOICE, "left_over"),
    Place("parameters/{slug}/voices/.{voice}.yaml*", Of.VOICE, "left_over"),
    Place("parameters/{slug}/voices/#{voice}.yaml#", Of.VOICE, "left_over"),
    Place("parameters/{slug}/set-aside/{voice}.yaml", Of.VOICE, "set_aside"),
    Place("parameters/{slug}/set-aside/.{voice}.yaml*", Of.VOICE, "left_over"),
    Place("parameters/{slug}/earlier/{voice}", Of.VOICE, "earlier"),
    Place("parameters/.new-*", Of.ALL, "left_over"),
    Place("parameters/.gone-*", Of.ALL, "left_over"),
    Place("archive/.gone-*", Of.ALL, "left_over"),
    Place("outputs/{slug}/workbook", Of.ENGAGEMENT, "working_copies"),
    Place("outputs/{slug}/*", Of.ENGAGEMENT, "pages", but=("workbook", *_EMPTY_FORMS)),
    Place("outputs/{slug}/.*", Of.ENGAGEMENT, "left_over"),
    Place("outputs/portfolio*", Of.ALL, "pages"),
    Place("outputs/.*", Of.ALL, "left_over"),
)


_OF_NONE = Place("outputs/*", Of.ALL, "of_none")


def find_places(project: Path, slug: str, *voices: str) -> Iterator[tuple[Place, Path]]:
    """Yield what is there of each place, for an engagement and some of its voices; nothing is opened."""
    seen: set[Path] = set()
    for place in PLACES:
        for voice in voices if place.of is Of.VOICE else ("",):
            pattern = place.pattern.format(slug=slug, voice=voice)
            for path in sorted(project.glob(pattern)):
                if path not in seen and not any(fnmatchcase(path.name, name) for name in place.but):
                    seen.add(path)
                    yield place, path
    folder = project / "parameters" / slug / VOICES_FOLDER
    copies = [path for path in list_copies(folder) if path not in seen] if folder.is_dir() else []
    known = {*voices, *(path.stem for path in folder.glob("*.yaml"))} - {path.stem for path in copies}
    yield from ((PLACES[1], path) for path in copies if _find_owner(path, known) in voices)
    yield from ((_OF_NONE, path) for path in _list_of_none(project) if path not in seen)


def _list_of_none(project: Path) -> list[Path]:
    """List what was made of engagements that are not there under that name, as after a rename that was stopped."""
    made = [path.parent for path in sorted((project / "outputs").glob("*/private")) if not path.parent.is_symlink()]
    return [path for path in made if not (project / "parameters" / path.name).exists()]


def _find_owner(copy: Path, voices: set[str]) -> str | None:
    """Return the voice whose name a copy that a program made carries at its head, or after the words for a copy."""
    stem = copy.stem.removeprefix("Copy of ").removeprefix("copy of ")
    heads = [one for one in voices if stem == one or (stem.startswith(one) and stem[len(one)] in " .-_(")]
    return max(heads, key=len, default=None)
