"""What each edition may show: consent, and small numbers. One function decides, before anything else sees an answer.

`redact` drops what an edition may not show. Outside the private edition each question is decided by itself:

1. An answer whose consent is `none`, missing or unknown is dropped.
2. `named` and `role` answers stay beside their voice, under the name or under the role only.
3. `unnamed` and `aggregate` answers go into a pool, whose values say nothing of who gave them. A pool
   smaller than the engagement's `minimum_group` is dropped, since those who can subtract would know.
4. If fewer than `minimum_group` values are left, no value is shown, except in the partners edition where
   everyone who would be counted consented to `named` or `role`. "We do not know yet" makes no group bigger.
   In a matrix the rule holds for each cell.
5. What somebody outside reads from a public call is no answer of anybody concerned: with `named` or `role` it is
   shown as theirs, however few they are, and makes no group of people bigger.

Words (notes, evidence, text answers) are no numbers. Those of `named` and `role` answers stay. Those of
`unnamed` answers appear in the partners edition only, and only if at least `minimum_group` unattributed people
answered that question, since those who are named beside them are known not to have said it; those of
`aggregate` answers appear nowhere.

How many voices answered is said only where the number does not give a small rest away, and counts nobody who
consented to nothing. A person who gave some answers by name and some by role appears as two voices: the one by
name without the role, the other by role without the name.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from workbook.model.answers import Agreed, Answer, Consent, Edition, Pool, Remark, Voice
from workbook.model.base import UNSURE
from workbook.model.engagement import Engagement, list_words
from workbook.model.voice_names import rank_id

Given = tuple[Voice, Answer]


# What no shared edition holds of the facts: who was asked, beside who may be shown, would tell who refused.
OWN: Mapping[str, Any] = {"private": None, "invited": (), "audiences_set_aside": (), "plan_set_aside": ()}


def redact(engagement: Engagement, edition: Edition, *, words: Mapping[str, bool]) -> Engagement:
    """Return the engagement holding only what `edition` may show; `words` says which questions ask for words."""
    if edition is Edition.PRIVATE:
        return engagement.model_copy(update={"edition": edition})
    decided = _Decision(engagement, edition, words)
    for question in sorted({key for voice in engagement.voices for key in voice.answers}):
        decided.decide(question)
    return engagement.model_copy(
        update={
            "edition": edition,
            "facts": engagement.facts.model_copy(update=OWN),
            "voices": decided.make_voices(),
            "pools": decided.pools,
            "withheld": decided.withheld,
            "agreed": redact_agreed(engagement.agreed, edition),
            "heard": decided.count_heard(),
        }
    )


def redact_agreed(agreed: Agreed, edition: Edition) -> Agreed:
    """Return the agreed answers marked for `edition` or a wider one, without private notes."""
    wide_enough = {Edition.PARTNERS: (Edition.PARTNERS, Edition.PUBLIC), Edition.PUBLIC: (Edition.PUBLIC,)}[edition]
    kept = {
        question: answer.model_copy(update={"private": None})
        for question, answer in agreed.answers.items()
        if agreed.edition_of(question) in wide_enough
    }
    return agreed.model_copy(update={"answers": kept, "private": None})


class _Decision:
    """What is decided so far, question by question."""

    def __init__(self, engagement: Engagement, edition: Edition, words: Mapping[str, bool]) -> None:
        self.engagement = engagement
        self.edition = edition
        self.words = words
        self.minimum = engagement.facts.minimum_group
        self.attributed: dict[tuple[str, Consent], dict[str, Answer]] = {}
        self.pools: dict[str, Pool] = {}
        self.withheld: dict[str, str] = {}

    def decide(self, question: str) -> None:
        whole = [(voice, voice.answers[question]) for voice in self.engagement.voices if question in voice.answers]
        read = [one for one in whole if self._is_reading(one, question)]
        for voice, answer in read:
            self._attribute(question, voice, answer, value=answer.value)
        given = [one for one in whole if one not in read]
        open_ = [one for one in given if one[0].consent_of(question).attributes]
        hidden = [one for one in given if one[0].consent_of(question) in (Consent.UNNAMED, Consent.AGGREGATE)]
        if not open_ and not hidden:
            return  # an answer whose consent is none is the same as no answer, so nothing is held back
        if self.words.get(question, True):
            self._decide_words(question, open_, hidden)
        else:
            self._decide_values(question, open_, hidden)

    def _is_reading(self, one: Given, question: str) -> bool:
        """Whether an answer is read from a public call by somebody who lets it be shown as theirs."""
        voice, _ = one
        return self.engagement.facts.is_call and voice.reads_call and voice.consent_of(question).attributes

    def _decide_words(self, question: str, open_: list[Given], hidden: list[Given]) -> None:
        for voice, answer in open_:
            self._attribute(question, voice, answer, value=answer.value)
        unnamed = self._list_unnamed(question, hidden)
        texts = [answer.value for _, answer in unnamed]
        self._pool(question, texts, _remarks(unnamed))
        if len(unnamed) < len(hidden):
            self.withheld[question] = "small_group"

    def _decide_values(self, question: str, open_: list[Given], hidden: list[Given]) -> None:
        all_attributed = self.edition is Edition.PARTNERS and not hidden
        smallest = 0 if all_attributed else self.minimum
        shown = [answer.value for _, answer in open_]
        pooled = [answer.value for _, answer in hidden]
        if not all_attributed and any(isinstance(value, dict) for value in shown + pooled):
            shown, pooled = _thin_cells(shown, pooled, self.minimum)
        if _count_known(pooled) < self.minimum:
            pooled = []
        enough = _count_known(shown + pooled) >= smallest
        for (voice, answer), value in zip(open_, shown, strict=True):
            self._attribute(question, voice, answer, value=value if enough else None)
        self._pool(question, pooled if enough else [], _remarks(self._list_unnamed(question, hidden)))
        if not enough:
            self.withheld[question] = "small_group"
        elif len(pooled) < len(hidden):
            self.withheld[question] = "small_remainder"

    def _list_unnamed(self, question: str, hidden: list[Given]) -> list[Given]:
        if self.edition is not Edition.PARTNERS or len(hidden) < self.minimum:
            return []
        return [one for one in hidden if one[0].consent_of(question) is Consent.UNNAMED]

    def _attribute(self, question: str, voice: Voice, answer: Answer, *, value: Any) -> None:
        if value is not None or answer.note or answer.evidence:
            said = answer.model_copy(update={"value": value, "private": None})
            # Without a name, `named` shows no more than `role` does; two entries would look like two people.
            level = voice.consent_of(question) if voice.name else Consent.ROLE
            self.attributed.setdefault((voice.id, level), {})[question] = said

    def _pool(self, question: str, values: list[object], remarks: list[Remark]) -> None:
        if values or remarks:
            in_order = sorted(values, key=lambda value: json.dumps(value, sort_keys=True))
            self.pools[question] = Pool(
                values=tuple(in_order), remarks=tuple(sorted(remarks, key=lambda remark: (remark.text, remark.kind)))
            )

    def make_voices(self) -> tuple[Voice, ...]:
        """Return a voice per person and level of attribution, so that a role answer never meets the name."""
        known = {voice.id: voice for voice in self.engagement.voices}
        ordered = sorted(self.attributed, key=lambda key: (known[key[0]].role, key[1], rank_id(key[0])))
        split = self._find_split()
        voices = [
            _disguise(known[voice], consent, self.attributed[voice, consent], split=voice in split)
            for voice, consent in ordered
        ]
        # Numbered by label, so that neither the number nor the order brings the two halves of a person together.
        in_order = sorted(voices, key=lambda voice: voice.label)
        return tuple(voice.model_copy(update={"id": f"voice-{number}"}) for number, voice in enumerate(in_order, 1))

    def _find_split(self) -> set[str]:
        """Return the people who appear once by name and once by role."""
        levels = Counter(voice for voice, _ in self.attributed)
        return {voice for voice, count in levels.items() if count > 1}

    def count_heard(self) -> int | None:
        """Count the voices that may be counted; None where the number would give a small group or a person away."""
        if self._find_split():
            return None  # fewer people than voices shown would tell that two are one
        reads = self.engagement.facts.is_call
        people = [voice for voice in self.engagement.voices if not (reads and voice.reads_call)]
        counted = [voice for voice in people if _may_count(voice)]
        known = {voice.id for voice in people}
        attributed = {voice for voice, _ in self.attributed if voice in known}
        readers = {voice for voice, _ in self.attributed} - attributed
        if not counted and readers:
            return len(readers)
        rest = len(counted) - len(attributed)
        if 0 < rest < self.minimum:
            return None
        small_team = self.edition is Edition.PARTNERS and rest == 0
        return len(counted) if small_team or len(counted) >= self.minimum else None


def _may_count(voice: Voice) -> bool:
    return voice.has_answered and any(voice.consent_of(question) is not Consent.NONE for question in voice.answers)


def _disguise(voice: Voice, consent: Consent, answers: dict[str, Answer], *, split: bool) -> Voice:
    named = consent is Consent.NAMED
    by_name_alone = named and split and voice.name is not None
    return Voice(
        id="voice",
        reads_call=voice.reads_call,
        role=voice.name if by_name_alone and voice.name else voice.role,
        name=voice.name if named and not split else None,
        organisation=voice.organisation if named else None,
        consent=consent,
        date=voice.date if named else None,
        answers=answers,
    )


def _remarks(given: list[Given]) -> list[Remark]:
    shown = [answer.model_copy(update={"private": None}) for _, answer in given]
    return [remark for answer in shown for remark in list_words(answer, None)]


def _count_known(values: Iterable[Any]) -> int:
    """Count the values that say something; where nobody knows, count those who said so."""
    given = [value for value in values if value not in ({}, None)]
    return sum(value != UNSURE for value in given) or len(given)


def _thin_cells(shown: list[Any], pooled: list[Any], minimum: int) -> tuple[list[Any], list[Any]]:
    """Take the cells out that too few answered: first from the pool, then from everyone."""
    cells = {(row, cell) for value in shown + pooled for row, cell, _ in _list_cells(value)}
    for place in sorted(cells):
        hidden, known = _count_cell(pooled, place), _count_cell(shown, place)
        if hidden < minimum:
            pooled = [_drop_cell(value, place) for value in pooled]
            hidden = 0
        if known + hidden < minimum:
            shown = [_drop_cell(value, place) for value in shown]
    return shown, pooled


Place = tuple[str, str]


def _list_cells(value: Any) -> list[tuple[str, str, Any]]:
    """List the cells of a matrix; points and rows that are unsure have one unnamed cell a row."""
    if not isinstance(value, dict):
        return []
    rows = [(row, cells if isinstance(cells, dict) else {"": cells}) for row, cells in value.items()]
    return [(row, cell, content) for row, cells in rows for cell, content in cells.items()]


def _count_cell(values: list[Any], place: Place) -> int:
    return _count_known(
        content for value in values for row, cell, content in _list_cells(value) if (row, cell) == place
    )


def _drop_cell(value: Any, place: Place) -> Any:
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
