"""What several voices say to one question on a scale: each of them, the middle, the spread, and who differs.

Every chapter reads its scales through here, so that a disagreement means the same thing everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any, Literal

from workbook.analysis.voices.consensus import agreement
from workbook.analysis.voices.spread import Spread
from workbook.model.answers import Edition, Response, Voice
from workbook.model.base import UNSURE
from workbook.model.chapters import list_questions
from workbook.model.engagement import Engagement
from workbook.model.questions import ScaleQuestion
from workbook.model.rounds import Target
from workbook.model.wordings import load_wording

Withheld = Literal["small_group", "small_remainder"]
Source = Literal["whole", "part", "call"]
"""What answers are read from: every answer, those that a shared edition may show, or a published call."""


@dataclass(frozen=True)
class ScaleReading(Spread):
    """One question on a scale of steps from 0.

    `responses` are the known answers in order of size. `middle`, `low` and `high` are the median and the
    lowest and highest answer in steps; None where nobody has answered or the answers are held back.
    `agreement` is van der Eijk's A, from −1 to 1, None for fewer than two answers.
    """

    steps: tuple[str, ...]
    unsure: tuple[Response, ...]
    agreed: int | None
    agreed_unsure: bool
    withheld: Withheld | None
    is_whole: bool  # whether every answer is here, or only those that a shared edition may show
    middle: float | None
    agreement: float | None
    differs: bool
    low_side: tuple[Response, ...]
    high_side: tuple[Response, ...]
    silent: int = 0  # how many voices answered something and not this; 0 where that may not be said
    not_asked: int = 0  # how many of the others were not asked, since only the commissioner's own can answer it
    source: Source = "whole"
    target: Target | None = None  # where the group wants to be

    @property
    def value(self) -> float | None:
        """The answer to reckon with, in steps: what was agreed, else the middle of the voices."""
        return self.middle if self.agreed is None else float(self.agreed)

    @property
    def score(self) -> float | None:
        """`value` as 0 to 100."""
        return None if self.value is None else self.value / (len(self.steps) - 1) * 100

    @property
    def is_disputed(self) -> bool:
        """Whether voices differ strongly and the group has not settled it: then a middle is nobody's answer."""
        return self.differs and self.agreed is None


def read_scale(engagement: Engagement, question: ScaleQuestion) -> ScaleReading:
    """Read one scale question over every voice an edition may show."""
    settings = load_wording("voices")
    responses = engagement.list_responses(question.id)
    known = tuple(sorted((r for r in responses if not r.is_unsure), key=lambda r: (r.value, r.voice or "")))
    counts = [sum(r.value == step for r in known) for step in range(len(question.steps))]
    agreed = engagement.get_agreed(question.id)
    agreed_on = agreement(counts) if len(known) > 1 else None
    low_side = tuple(r for r in known if r.value <= settings.get_number("low_side"))
    high_side = tuple(r for r in known if r.value >= settings.get_number("high_side"))
    far_apart = bool(known) and known[-1].value - known[0].value >= settings.get_number("strong_range")
    return ScaleReading(
        question=question.id,
        steps=question.steps,
        responses=known,
        unsure=tuple(r for r in responses if r.is_unsure),
        agreed=None if agreed == UNSURE else agreed,
        agreed_unsure=agreed == UNSURE,
        withheld=engagement.withheld.get(question.id),
        is_whole=engagement.told_as is Edition.PRIVATE,
        middle=float(median(r.value for r in known)) if known else None,
        agreement=agreed_on,
        differs=far_apart and agreed_on is not None and agreed_on < settings.get_number("strong_agreement"),
        low_side=low_side,
        high_side=high_side,
        **count_left(engagement, question.id),
        target=engagement.agreed.targets.get(question.id),
        source=name_source(engagement),
    )


def count_left(engagement: Engagement, question: str) -> dict[str, int]:
    """Count the voices that answered something and not this: `silent`, or `not_asked`; none in a shared edition.

    A question for the commissioner alone is not asked of people from elsewhere.
    """
    if engagement.edition is not Edition.PRIVATE:
        return {"silent": 0, "not_asked": 0}
    left = max(0, (engagement.heard or 0) - len(engagement.list_responses(question)))
    away = _count_away(engagement, question) if left and _is_for_commissioner(engagement, question) else 0
    return {"silent": max(0, left - away), "not_asked": min(left, away)}


def _is_for_commissioner(engagement: Engagement, question: str) -> bool:
    """Whether a question, or the one that a cell belongs to, is for the commissioner alone."""
    questions = list_questions(engagement.facts)
    asked = next((questions[one] for one in _list_wholes(question) if one in questions), None)
    return bool(asked and asked.commissioner_only)


def _count_away(engagement: Engagement, question: str) -> int:
    """Count the voices from elsewhere that did not answer a question."""
    own = {name.casefold() for name in (engagement.facts.commissioner, *engagement.facts.commissioned_with)}
    return sum(
        question not in voice.answers and voice.organisation.casefold() not in own
        for voice in engagement.voices
        if voice.organisation is not None
    )


def _list_wholes(question: str) -> Iterator[str]:
    """Yield a question's id and those of the questions it may be a cell of, the longest first."""
    parts = question.split(".")
    yield from (".".join(parts[:count]) for count in range(len(parts), 1, -1))


@dataclass(frozen=True)
class WordsReading:
    """One question answered in words: what was agreed, and what each voice wrote.

    Words of a voice are that voice's, however few others answered: only what was agreed is settled.
    """

    question: str
    agreed: str | None
    given: tuple[Response, ...]
    withheld: Withheld | None
    source: Source

    @property
    def settled(self) -> str | None:
        """What was agreed; None if open or unsure."""
        return None if self.agreed == UNSURE else self.agreed

    @property
    def said(self) -> tuple[Response, ...]:
        """The answers that say something."""
        return tuple(response for response in self.given if not response.is_unsure)

    @property
    def unsure(self) -> tuple[Response, ...]:
        """The answers that say "we do not know yet"."""
        return tuple(response for response in self.given if response.is_unsure)

    @property
    def state(self) -> Literal["settled", "unsure", "one", "several", "missing"]:
        """Whether it is settled, known to be unknown, answered by voices without agreement, or not answered.

        `one` is one voice shown here that says something; others may not know, or may be left out of this edition.
        """
        if self.settled is not None:
            return "settled"
        if self.agreed == UNSURE or (self.given and not self.said):
            return "unsure"
        return "missing" if not self.said else "one" if len(self.said) == 1 else "several"


def read_words(engagement: Engagement, question: str) -> WordsReading:
    """Read one question answered in words over every voice an edition may show."""
    given = engagement.list_responses(question)
    return WordsReading(
        question=question,
        agreed=engagement.get_agreed(question),
        given=given,
        withheld=engagement.withheld.get(question),
        source=name_source(engagement),
    )


Manner = Literal["own", "one", "part", "single"]


@dataclass(frozen=True)
class Lone:
    """What rests on no more than one voice: who it is, what it is read from, and how a page says so.

    `own` is the commissioner's own voice in its own copy, `one` somebody else's, `part` the only one an edition
    shows. `single` are several voices that each speak of other parts; then `who` is empty.
    """

    who: str
    source: Source
    manner: Manner = "one"


def find_lone(engagement: Engagement, *questions: str, backed: bool = True) -> Lone | None:
    """Return the only voice that answers any of some questions, by how their ids begin.

    None where nobody does, where several do, where answers are shown without a name, or the group agreed on one.
    Where enough is known, but not `backed` by two voices or the group, several count as single voices.
    """
    found = _find_only_voice(engagement, *questions)
    return Lone("", name_source(engagement), "single") if found is None and not backed else found


def _find_only_voice(engagement: Engagement, *questions: str) -> Lone | None:
    if any(name.startswith(questions) and one.value != UNSURE for name, one in engagement.agreed.answers.items()):
        return None
    if any(name.startswith(questions) and any(map(_says, one.values)) for name, one in engagement.pools.items()):
        return None
    labels = engagement.labels
    speakers = [
        voice
        for voice in engagement.voices
        if any(name.startswith(questions) and _says(one.value) for name, one in voice.answers.items())
    ]
    if len(speakers) != 1:
        return None
    return Lone(labels[speakers[0].id], name_source(engagement), _name_manner(engagement, speakers[0]))


def _name_manner(engagement: Engagement, voice: Voice) -> Manner:
    """Say whose the one voice is; in the private edition one without another organisation is the commissioner's own."""
    if engagement.edition is not Edition.PRIVATE:
        return "part"
    own = (voice.organisation or engagement.facts.commissioner).casefold() == engagement.facts.commissioner.casefold()
    return "own" if own else "one"


def _says(value: Any) -> bool:
    """Whether an answer, or a cell of it, is more than "we do not know yet"."""
    return any(map(_says, value.values())) if isinstance(value, dict) else value not in (None, UNSURE)


def name_source(engagement: Engagement) -> Source:
    """Name what an answer that is not agreed is read from; a call, as long as nobody concerned has answered too."""
    if engagement.is_read_from_outside:
        return "call"
    return "whole" if engagement.edition is Edition.PRIVATE else "part"
