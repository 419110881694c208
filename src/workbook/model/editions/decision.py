"""What one shared edition may show, decided question by question; `redact` says the rules in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from workbook.model.answers import Answer, Consent, Edition, Pool, Remark, Voice
from workbook.model.base import UNSURE
from workbook.model.editions.people import list_shown, settle
from workbook.model.editions.pools import collect_cells, count_known, is_mixed, pool_values, write
from workbook.model.editions.releases import WORDS_BESIDE, Level, Releases, list_parts
from workbook.model.editions.rounds import NO_EARLIER, Earlier
from workbook.model.engagement import Engagement, list_words

Given = tuple[Voice, Answer]


class Decision:
    """What is decided so far, question by question."""

    def __init__(
        self,
        engagement: Engagement,
        edition: Edition,
        words: Mapping[str, bool],
        released: Releases,
        earlier: Earlier = NO_EARLIER,
    ) -> None:
        self.edition = edition
        self.words = words
        self.released, self.earlier = released, earlier
        self.minimum = engagement.facts.minimum_group
        self.reads = engagement.facts.is_call
        self.voices = tuple(one for voice in engagement.voices if (one := settle(voice, released, earlier)) is not None)
        self.attributed: dict[str, dict[str, Answer]] = {}
        self.pools: dict[str, Pool] = {}
        self.withheld: dict[str, str] = {}
        self.members: dict[str, tuple[str, ...]] = {}
        self.marks = {voice.id: released.mark(voice) for voice in engagement.voices} if released.key else {}
        for question in sorted({key for voice in self.voices for key in voice.answers}):
            self._decide(question)

    def _decide(self, question: str) -> None:
        whole = [(voice, voice.answers[question]) for voice in self.voices if question in voice.answers]
        read = [one for one in whole if self._is_reading(one, question)]
        for voice, answer in read:
            self._attribute(question, voice, answer, value=answer.value)
        given = [one for one in whole if one not in read]
        open_ = [one for one in given if one[0].consent_of(question).attributes]
        hidden = [one for one in given if not one[0].consent_of(question).attributes]
        if not open_ and not hidden:
            return
        if self.words.get(question, True):
            self._decide_words(question, open_, hidden)
        else:
            self._decide_values(question, open_, hidden)

    def _is_reading(self, one: Given, question: str) -> bool:
        """Whether an answer is read from a public call by somebody who lets it be shown as theirs."""
        voice, _ = one
        return self.reads and voice.reads_call and voice.consent_of(question).attributes

    def _decide_words(self, question: str, open_: list[Given], hidden: list[Given]) -> None:
        for voice, answer in open_:
            self._attribute(question, voice, answer, value=answer.value)
        self._pool(question, hidden)
        if len(self._values(question)) < len(hidden):
            self.withheld[question] = "small_group"

    def _decide_values(self, question: str, open_: list[Given], hidden: list[Given]) -> None:
        all_attributed = self.edition is Edition.PARTNERS and not hidden
        smallest = 0 if all_attributed else self.minimum
        shown = [answer.value for _, answer in open_]
        self._pool(question, hidden)
        pooled = self._values(question)
        if not all_attributed and any(isinstance(value, dict) for value in (*shown, *pooled)):
            shown = _thin_cells(shown, pooled, self.minimum)
        enough = count_known((*shown, *pooled)) >= smallest
        for (voice, answer), value in zip(open_, shown, strict=True):
            self._attribute(question, voice, answer, value=value if enough else None)
        if not enough:
            self.withheld[question] = "small_group"
        elif len(pooled) < len(hidden):
            self.withheld[question] = "small_remainder"

    def _values(self, question: str) -> tuple[Any, ...]:
        return self.pools.get(question, Pool()).values

    def _pool(self, question: str, hidden: list[Given]) -> None:
        """Pool what everybody gave; where that is held back for what went out before, what those gave who were in it.

        So people who come later wait until there are enough of them, and the others need not.
        """
        whole = self._make_pool(question, hidden)
        values, remarks = whole.values, whole.remarks
        people, writers = hidden, hidden
        if (stayed := self._list_stayed(question, hidden)) is not None:
            shown = self._make_pool(question, stayed).values
            if _count_leaves(shown) > _count_leaves(values):
                values, people = shown, stayed
        if (stayed := self._list_stayed(question + WORDS_BESIDE, hidden)) is not None:
            told = self._make_pool(question, stayed).remarks
            if len(told) > len(remarks):
                remarks, writers = told, stayed
        self._keep(question, values, people)
        self._keep(question + WORDS_BESIDE, remarks, writers)
        if values or remarks:
            self.pools[question] = Pool(values=values, remarks=remarks)

    def _list_stayed(self, name: str, hidden: list[Given]) -> list[Given] | None:
        """List who was there when this was shown last, None where that is everybody or nobody."""
        before = self.released.members.get(name, ())
        stayed = [one for one in hidden if self.marks[one[0].id] in before] if before else []
        return stayed if 0 < len(stayed) < len(hidden) else None

    def _keep(self, name: str, shown: Sequence[object], people: list[Given]) -> None:
        if shown:
            self.members[name] = tuple(sorted(voice.id for voice, _ in people))

    def _make_pool(self, question: str, hidden: list[Given]) -> Pool:
        unnamed = self._list_unnamed(question, hidden)
        if self.words.get(question, True):
            values = self._allow_words(question, unnamed, len(hidden))
            unnamed = unnamed if values else []
        else:
            values = pool_values(question, [answer.value for _, answer in hidden], self.minimum, self._allow)
        return Pool(values=tuple(values), remarks=tuple(self._allow_remarks(question, unnamed, len(hidden))))

    def _allow_words(self, question: str, unnamed: list[Given], people: int) -> list[Any]:
        texts = [answer.value for _, answer in unnamed]
        parts = list(list_parts({question: Pool(values=tuple(texts))}))
        alike = any(len(given) >= people and not is_mixed(given) for _, given in parts)
        if alike or not all(self._allow(name, given) for name, given in parts):
            return []
        return sorted(texts, key=write)

    def _allow(self, name: str, values: Sequence[Any]) -> bool:
        return all(one.allows(name, values, self.minimum) for one in (self.released, self.earlier))

    def _list_unnamed(self, question: str, hidden: list[Given]) -> list[Given]:
        known = sum(answer.value not in (UNSURE, {}, None) for _, answer in hidden)
        if self.edition is not Edition.PARTNERS or known < self.minimum:
            return []
        return [one for one in hidden if one[0].consent_of(question) is Consent.UNNAMED]

    def _allow_remarks(self, question: str, unnamed: list[Given], people: int) -> list[Remark]:
        given = [remark for _, answer in unnamed for remark in list_words(answer, None)]
        told = [[remark.kind, remark.text] for remark in given]
        # The same words from everybody would be everybody's.
        alike = any(told.count(one) >= people for one in told)
        if alike or not self._allow(question + WORDS_BESIDE, told):
            return []
        return sorted(given, key=lambda remark: (remark.text, remark.kind))

    def _attribute(self, question: str, voice: Voice, answer: Answer, *, value: Any) -> None:
        if value is not None or answer.note or answer.evidence:
            self.attributed.setdefault(voice.id, {})[question] = answer.model_copy(
                update={"value": value, "consent": None}
            )

    def make_voices(self) -> dict[str, Voice]:
        """Return a voice, by the id it has in the files, for each person whose name or role may be shown."""
        return list_shown(
            voice.model_copy(
                update={
                    "answers": self.attributed[voice.id],
                    "consent": Consent.NAMED if voice.name else Consent.ROLE,
                }
            )
            for voice in self.voices
            if voice.id in self.attributed
        )

    def list_people(self) -> Iterator[tuple[str, Level, tuple[str, ...]]]:
        """Yield who is shown by name or role, by id, and beside which questions."""
        for voice in self.voices:
            if voice.id in self.attributed:
                yield voice.id, "named" if voice.name else "role", tuple(sorted(self.attributed[voice.id]))

    def list_held(self) -> Iterator[str]:
        """Yield whose answers are shown, be it in a total, by id."""
        pooled = {id_ for ids in self.members.values() for id_ in ids}
        yield from (voice.id for voice in self.voices if voice.id in self.attributed or voice.id in pooled)

    def count_heard(self) -> int | None:
        """Count the voices that may be counted; None where the number would give a small group or a person away."""
        people = [voice for voice in self.voices if voice.has_answered and not (self.reads and voice.reads_call)]
        readers = sum(voice.id in self.attributed for voice in self.voices if self.reads and voice.reads_call)
        if not people and readers:
            return readers
        rest = sum(not _is_open(voice) for voice in people)
        if 0 < rest < self.minimum:
            return None
        small_team = self.edition is Edition.PARTNERS and rest == 0
        return len(people) if small_team or len(people) >= self.minimum else None

    @property
    def is_lone(self) -> bool:
        """Whether all that is shown is one person's, and nobody else is counted."""
        answered = [voice for voice in self.voices if voice.has_answered]
        return len(answered) == 1 and _is_open(answered[0])


def _count_leaves(value: Any) -> int:
    if isinstance(value, dict | tuple):
        return sum(map(_count_leaves, value.values() if isinstance(value, dict) else value))
    return 1


def _is_open(voice: Voice) -> bool:
    return any(voice.consent_of(question).attributes for question in voice.answers)


def _thin_cells(shown: list[Any], pooled: Sequence[Any], minimum: int) -> list[Any]:
    """Take the cells out of attributed answers that too few answered, the pool counted with them."""
    together = collect_cells(value for value in (*shown, *pooled) if isinstance(value, dict))
    counts = {place: count_known(given) for place, given in together.items()}
    for row, cell in sorted({(row, cell) for value in shown for row, cell, _ in _list_cells(value)}):
        # A row that is unsure is so in every cell of it.
        count = counts[row, cell] if cell else max(counts[place] for place in counts if place[0] == row)
        if count < minimum:
            shown = [_drop_cell(value, (row, cell)) for value in shown]
    return shown


def _list_cells(value: Any) -> list[tuple[str, str, Any]]:
    """List the cells of a matrix; points and rows that are unsure have one unnamed cell a row."""
    if not isinstance(value, dict):
        return []
    rows = [(row, cells if isinstance(cells, dict) else {"": cells}) for row, cells in value.items()]
    return [(row, cell, content) for row, cells in rows for cell, content in cells.items()]


def _drop_cell(value: Any, place: tuple[str, str]) -> Any:
    if not isinstance(value, dict):
        return value
    kept: dict[str, Any] = {}
    for row, cell, content in _list_cells(value):
        if (row, cell) != place:
            if cell:
                kept.setdefault(row, {})[cell] = content
            else:
                kept[row] = content
    return kept
