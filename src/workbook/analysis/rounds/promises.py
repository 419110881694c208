"""Promises: every undertaking of every chapter in one list, and in the next round whether each was kept.

Only what the group agreed, and what the facts say, is a promise: what one voice would like is nobody's word yet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from workbook.analysis.resources.plan import SIDES
from workbook.analysis.voices.grids import ChoiceReading, read_matrix
from workbook.model.answers import Edition
from workbook.model.base import UNSURE
from workbook.model.chapters import Chapter, list_questions, load_chapter
from workbook.model.engagement import Engagement
from workbook.model.loose_days import find_span
from workbook.model.questions import GridQuestion
from workbook.model.rounds import Promise
from workbook.theme import format_money

State = Literal["kept", "partly", "not", "overtaken", "disputed", "claimed", "unknown", "later", "unshown"]
STATES: tuple[State, ...] = (
    *("not", "disputed", "partly", "kept", "overtaken", "claimed", "unknown", "later", "unshown"),
)
"""In the order in which a page tells them: what was not kept comes first."""
OWED: tuple[State, ...] = ("not", "disputed", "partly", "claimed", "unknown", "later")
SAYS: tuple[State, ...] = ("not", "partly", "kept", "overtaken")
TO_ALL = ("permission.challenge", "permission.areas", "brief.commitments", "safety.promise", "safety.first")


@dataclass(frozen=True)
class PromiseReading:
    """One promise of the last round: what those it was made to say, and what those who made it say.

    `is_later` says that its day had not come on the day up to which the facts hold, `is_whole` that all is here that
    anybody said: in a shared edition nobody can tell silence from what is held back.
    """

    promise: Promise
    received: ChoiceReading
    made: ChoiceReading
    is_later: bool = False
    is_whole: bool = True

    @property
    def is_spoken_of(self) -> bool:
        """Whether anybody said how it went."""
        return self.state not in ("unknown", "later", "unshown")

    @property
    def heard_by(self) -> State:
        """What those it was made to say, taken together."""
        return _settle(self.received)

    @property
    def said_by(self) -> State:
        """What those who made it say, taken together."""
        return _settle(self.made)

    @property
    def state(self) -> State:
        """Whether it was kept: what those it was made to say; disputed where those who made it say otherwise.

        Where only those who made it say that it was kept, it is claimed; that it was not, they may say alone. What
        is not due yet, and of which nobody spoke, is neither kept nor not.
        """
        heard, said = self.heard_by, self.said_by
        if heard == said == "unknown" and self.is_later:
            return "later"
        if heard == "unknown":
            return said if said == "not" else self._find_silence(said)
        return heard if said in (heard, "unknown") else "disputed"

    @property
    def is_said_tried(self) -> bool:
        """Whether anybody, or the group, says that it was kept, in whole or in part."""
        return any({cell.agreed, *cell.chosen} & {"kept", "partly"} for cell in (self.received, self.made))

    def _find_silence(self, said: State) -> State:
        """What it is where nobody is here of those it was made to, and those who made it do not say that it was not."""
        if not self.is_whole:
            return "unshown"
        return "unknown" if said == "unknown" else "claimed"


def _settle(cell: ChoiceReading) -> State:
    """Return what one side says; disputed where some say kept and some not, else the lowest that anybody says.

    What the group agreed counts before what voices say.
    """
    said = {cell.agreed} if cell.agreed is not None else set(cell.chosen)
    if not said:
        return "unknown"
    if {"kept", "not"} <= said or ("overtaken" in said and len(said) > 1):
        return "disputed"
    return next(state for state in SAYS if state in said)


def read_promises(engagement: Engagement) -> tuple[PromiseReading, ...]:
    """Read every promise of the last round, those not kept first."""
    questions = list_questions(engagement.facts)
    grids = [questions.get(f"rounds.{name}") for name in ("received", "made")]
    if not all(isinstance(grid, GridQuestion) for grid in grids):
        return ()
    received, made = (read_matrix(engagement, grid).choices for grid in grids if isinstance(grid, GridQuestion))
    whole = engagement.told_as is Edition.PRIVATE
    found = [
        PromiseReading(one, received[one.id, "kept"], made[one.id, "kept"], _is_later(one, engagement), whole)
        for one in engagement.facts.promises
    ]
    return tuple(sorted(found, key=lambda one: STATES.index(one.state)))


def _is_later(promise: Promise, engagement: Engagement) -> bool:
    """Whether all of the day, or of the days, by which it was promised lie after the day up to which the facts hold."""
    due, known = find_span(promise.by), find_span(engagement.facts.as_of)
    return bool(due and known and due[1] > known[1])


def list_promises(engagement: Engagement) -> tuple[Promise, ...]:
    """Return what is promised in this round, as the group agreed on it or the facts say it."""
    chapter = load_chapter("rounds")
    found = [
        *_list_undertakings(engagement),
        *_list_protections(engagement, chapter),
        *_list_terms(engagement),
        *_list_changes(engagement),
        *_list_steps(engagement),
        *_list_decisions(engagement, chapter),
        *_list_spending(engagement, chapter),
    ]
    return tuple(one.model_copy(update={"id": one.id.replace("_", "-")[:60]}) for one in found)


def _agreed(engagement: Engagement, question: str) -> Any:
    value = engagement.get_agreed(question)
    return None if value == UNSURE else value


def _make(engagement: Engagement, question: str, id_: str, **given: Any) -> Promise:
    return Promise.model_construct(id=id_, edition=engagement.agreed.edition_of(question), **_fill(given))


def _fill(given: dict[str, Any]) -> dict[str, Any]:
    return {"who": None, "to": (), "by": None, **given}


def _list_undertakings(engagement: Engagement) -> Iterator[Promise]:
    for question in TO_ALL:
        if text := _agreed(engagement, question):
            who = engagement.facts.commissioner
            yield _make(engagement, question, question.replace(".", "-"), what=text, who=who)


def _list_protections(engagement: Engagement, chapter: Chapter) -> Iterator[Promise]:
    question = list_questions(engagement.facts)["safety.protections"]
    labels = {column.id: column.label for column in question.columns} if isinstance(question, GridQuestion) else {}
    for audience, cells in (_agreed(engagement, question.id) or {}).items():
        for name, value in cells.items() if isinstance(cells, dict) else ():
            if value == "yes":
                what = chapter.get_word("promise.protection").format(protection=labels.get(name, name))
                given = {"what": what, "who": engagement.facts.commissioner, "to": (audience,)}
                yield _make(engagement, question.id, f"safety-{name}-{audience}", **given)


def _list_terms(engagement: Engagement) -> Iterator[Promise]:
    for audience, cells in (_agreed(engagement, "permission.terms") or {}).items():
        text = cells.get("promised") if isinstance(cells, dict) else None
        if text and text != UNSURE:
            given = {"what": text, "who": engagement.facts.commissioner, "to": (audience,)}
            yield _make(engagement, "permission.terms", f"permission-{audience}", **given)


def _list_changes(engagement: Engagement) -> Iterator[Promise]:
    names = {one.id: one.name for one in engagement.facts.audiences}
    for audience, cells in (_agreed(engagement, "audiences.do_differently") or {}).items():
        text = cells.get("change") if isinstance(cells, dict) else None
        if text and text != UNSURE:
            given = {"what": text, "who": names.get(audience, audience)}
            yield _make(engagement, "audiences.do_differently", f"change-{audience}", **given)


def _list_steps(engagement: Engagement) -> Iterator[Promise]:
    for facet in load_chapter("practices").facets:
        question = f"practices.{facet.id}.step"
        if text := _agreed(engagement, question):
            who = engagement.get_agreed(f"practices.{facet.id}.owner")
            yield _make(engagement, question, f"step-{facet.id}", what=text, who=who)


def _list_decisions(engagement: Engagement, chapter: Chapter) -> Iterator[Promise]:
    for number, one in enumerate(engagement.facts.learning_questions, 1):
        if one.decision not in (None, UNSURE):
            what = chapter.get_word("promise.decision").format(decision=one.decision)
            given = {"what": what, "who": one.decided_by, "by": one.by}
            yield Promise.model_construct(id=f"decision-{number}", edition=Edition.PUBLIC, **_fill(given))


def _list_spending(engagement: Engagement, chapter: Chapter) -> Iterator[Promise]:
    facts = engagement.facts
    for number, line in enumerate(facts.plan, 1):
        if line.audiences and SIDES[line.category] == "use":
            money = format_money(line.cost, facts.currency)
            what = chapter.get_word(f"promise.{'spend' if line.cost else 'do'}").format(
                money=money, activity=line.activity
            )
            given = {"what": what, "who": facts.commissioner, "to": line.audiences, "by": facts.end}
            yield Promise.model_construct(id=f"plan-{number}", edition=Edition.PUBLIC, **_fill(given))
