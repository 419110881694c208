"""What went out before: the record that the next shared page is held to.

It holds counts and keyed fingerprints and no answers. A pool counts how often each value stood in it, under a
fingerprint of the value; nothing says whose it was. A person is a mark that only the same file gives again.
"""

from __future__ import annotations

import hmac
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import Field

from workbook.model.answers import Edition, Pool, Voice
from workbook.model.base import Frozen
from workbook.model.editions.pools import collect_cells, name_place, write
from workbook.model.rounds import is_left_out
from workbook.model.withdrawn import mark_person

Level = Literal["named", "role"]
Mark = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Counts = dict[str, int]
WORDS_BESIDE = "#words"


class Release(Frozen):
    """One edition as it went out: its input, the files that were packed, and the marks of those whose answers it
    holds, be it in a total.
    """

    edition: Edition
    input: Annotated[str, Field(description="the short hash at the foot of its pages")]
    files: tuple[str, ...] = ()
    voices: Annotated[tuple[Mark, ...], Field(description="a mark for each person whose answers it holds")] = ()
    last: Annotated[
        tuple[Mark, ...],
        Field(description="a mark for each person whose answers of the last round it holds", exclude_if=is_left_out),
    ] = ()


class Person(Frozen):
    """How somebody was shown, and beside which questions."""

    level: Level
    questions: tuple[str, ...] = ()


class Releases(Frozen):
    """Everything that went out of one engagement."""

    key: Annotated[str, Field(pattern=r"^([0-9a-f]{32,64})?$", description="random, for the marks and fingerprints")]
    releases: Annotated[tuple[Release, ...], Field(description="what went out, the first first")] = ()
    people: Annotated[dict[str, Person], Field(description="who was shown by name or role, by mark")] = Field(
        default_factory=dict
    )
    pools: Annotated[
        dict[str, tuple[Counts, ...]], Field(description="what each total held each time it was shown otherwise")
    ] = Field(default_factory=dict)
    members: Annotated[
        dict[str, tuple[Mark, ...]], Field(description="who was in each total when it was last shown, by mark")
    ] = Field(default_factory=dict)

    def mark(self, voice: Voice) -> str:
        """Return the mark of a person, by which releases name them."""
        return mark_person(self.key, voice)

    def find_person(self, voice: Voice) -> Person | None:
        """Return how somebody was shown before, None where they were not."""
        return self.people.get(self.mark(voice)) if self.people else None

    def knows(self, voice: Voice) -> bool:
        """Whether a person has a mark here."""
        return self.find_person(voice) is not None or bool(self.list_holding(voice))

    def list_holding(self, voice: Voice) -> tuple[Release, ...]:
        """Return the releases that hold answers of a person."""
        return tuple(one for one in self.releases if self.mark(voice) in one.voices) if self.key else ()

    def list_holding_last(self, voice: Voice) -> tuple[Release, ...]:
        """Return the releases that hold answers that a person of the last round gave there."""
        return tuple(one for one in self.releases if self.mark(voice) in one.last) if self.key else ()

    def holds(self, edition: Edition, fingerprint: str) -> bool:
        """Whether exactly this went out."""
        return any(one.edition is edition and one.input == fingerprint for one in self.releases)

    def allows(self, name: str, values: Sequence[Any], minimum: int) -> bool:
        """Whether values may be shown after all that were shown under this name before.

        What two of them differ by is a pool of its own: nothing, or as many as a group needs, and not all alike.
        """
        now = self._count(name, values)
        return all(_may_differ(now, Counter(before), minimum) for before in self.pools.get(name, ()))

    def add(
        self,
        release: Release,
        people: Mapping[str, Person],
        *,
        pools: Mapping[str, Pool],
        members: Mapping[str, tuple[str, ...]],
    ) -> Releases:
        """Return the record with one more release; `members` are marks by question."""
        known = dict(self.people)
        for mark, person in people.items():
            before = known.get(mark, person)
            questions = tuple(sorted({*before.questions, *person.questions}))
            known[mark] = Person(level=before.level, questions=questions)
        return self.add_totals(pools).model_copy(
            update={
                "releases": (*self.releases, release),
                "people": dict(sorted(known.items())),
                "members": dict(sorted({**self.members, **members}.items())),
            }
        )

    def add_totals(self, pools: Mapping[str, Pool]) -> Releases:
        """Return the record with totals as they are shown somewhere; each is kept once."""
        shown = dict(self.pools)
        for name, values in list_parts(pools):
            counts = dict(sorted(self._count(name, values).items()))
            if counts not in shown.setdefault(name, ()):
                shown[name] = (*shown[name], counts)
        return self.model_copy(update={"pools": dict(sorted(shown.items()))})

    def forget(self, *voices: Voice) -> Releases:
        """Return the record without the marks of these people; what each total held stays, not who was in it."""
        gone = {self.mark(voice) for voice in voices} if self.key else set()

        def keep(marks: Iterable[str]) -> tuple[str, ...]:
            return tuple(one for one in marks if one not in gone)

        return self.model_copy(
            update={
                "releases": tuple(one.model_copy(update={"voices": keep(one.voices)}) for one in self.releases),
                "people": {mark: person for mark, person in self.people.items() if mark not in gone},
                "members": {name: keep(marks) for name, marks in self.members.items()},
            }
        )

    def forget_last(self, *voices: Voice) -> Releases:
        """Return the record without the marks of these people of the last round."""
        gone = {self.mark(voice) for voice in voices} if self.key else set()
        kept = (
            one.model_copy(update={"last": tuple(mark for mark in one.last if mark not in gone)})
            for one in self.releases
        )
        return self.model_copy(update={"releases": tuple(kept)})

    def keep_level(self, *voices: Voice, level: Level) -> Releases:
        """Return the record as if these people had been shown by name or by role, where it does not know them."""
        known = {self.mark(voice): Person(level=level) for voice in voices}
        return self.model_copy(update={"people": dict(sorted({**known, **self.people}.items()))})

    def note_files(self, edition: Edition, fingerprint: str, files: Sequence[str]) -> Releases:
        """Return the record with the files that were packed of what went out last under this fingerprint."""
        done = [
            one.model_copy(update={"files": tuple(sorted({*one.files, *files}))})
            if (one.edition, one.input) == (edition, fingerprint)
            else one
            for one in self.releases
        ]
        return self.model_copy(update={"releases": tuple(done)})

    def _count(self, name: str, values: Sequence[Any]) -> Counter[str]:
        key = bytes.fromhex(self.key)
        told = (json.dumps([name, write(value)], ensure_ascii=False).encode() for value in values)
        return Counter(hmac.digest(key, one, "sha256").hex()[:16] for one in told)


NOTHING_RELEASED = Releases(key="")


def list_parts(pools: Mapping[str, Pool]) -> Iterator[tuple[str, list[Any]]]:
    """Yield each part of pools that a reader can set beside the same part of another page, with its values."""
    for question, pool in pools.items():
        tables = [value for value in pool.values if isinstance(value, dict)]
        for place, values in collect_cells(tables).items():
            yield name_place(question, place), values
        if rest := [value for value in pool.values if not isinstance(value, dict)]:
            yield question, rest
        if pool.remarks:
            yield question + WORDS_BESIDE, [[remark.kind, remark.text] for remark in pool.remarks]


def _may_differ(now: Counter[str], before: Counter[str], minimum: int) -> bool:
    gone, come = before - now, now - before
    return all(not side or (side.total() >= minimum and len(side) > 1) for side in (gone, come))
