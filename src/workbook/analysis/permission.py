"""Chapter 06: how far each audience has agreed that findings may be named, and what each gap puts at risk.

Unknown consent is no consent: where voices differ, the lower step counts. What the group settled counts before
what voices say, except that nobody can settle away a permission that a voice says was withdrawn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Literal

from workbook.analysis.agenda_points import AgendaPoint
from workbook.analysis.audiences.names import name_audience
from workbook.analysis.audiences.per_audience import PerAudience
from workbook.analysis.voices.consensus import agreement
from workbook.analysis.voices.evidence import Evidence, make_part
from workbook.analysis.voices.grids import ChoiceReading, MatrixReading, read_matrix
from workbook.analysis.voices.scales import ScaleReading, WordsReading, find_lone, read_words
from workbook.model.answers import Edition
from workbook.model.chapters import Chapter, list_questions, load_chapter_of
from workbook.model.engagement import Audience, Engagement
from workbook.model.questions import GridQuestion, Question

Basis = Literal["agreed", "withdrawn", "lowest", "voices", "one", "none"]

LADDER = ("withdrawn", "not_asked", "asked", "limited", "agreed")
"""The steps an answer can take, the least permission first."""
GRANTED = ("limited", "agreed")
NO_YES = ("no", "yes")
PLACES = ("report", "workshop", "one_to_one", "public")
TERMS = ("asked_by", "bounds", "promised")
UNDERTAKINGS = ("challenge", "areas", "needs")


PAYING = "funders"


@dataclass(frozen=True)
class AudiencePermission:
    """One audience: the step that counts, what that rests on, and the terms.

    `active` is None where the audience's group takes no risk by answering, so that no clear yes is needed.
    `gaps` names what is missing, the most pressing first: a step of the ladder or a term.
    """

    audience: Audience
    cell: ChoiceReading
    step: str
    basis: Basis
    active: ChoiceReading | None
    places: dict[str, ChoiceReading]
    terms: dict[str, WordsReading]
    gaps: tuple[str, ...]

    @property
    def is_granted(self) -> bool:
        """Whether findings may be named, with or without limits."""
        return self.step in GRANTED

    @property
    def is_held_back(self) -> bool:
        """Whether the step is unknown only because this edition may not show it."""
        return self.step == "unknown" and self.cell.withheld == "small_group"

    def list_places(self, value: str) -> tuple[str, ...]:
        """Return the places that are settled as `yes` or as `no`."""
        return tuple(place for place in PLACES if settle_lower(self.places[place], NO_YES) == value)

    def may_hear(self, *places: str) -> bool:
        """Whether findings may be named in at least one of some places."""
        return self.is_granted and any(settle_lower(self.places[place], NO_YES) == "yes" for place in places)


@dataclass(frozen=True)
class PermissionReading(PerAudience[AudiencePermission]):
    """The chapter's result, an audience at a time in the engagement's order."""

    @property
    def asked(self) -> tuple[AudiencePermission, ...]:
        """The audiences whose yes is asked for: a funder is not told to ask itself, unless nobody else is named."""
        return tuple(one for one in self.audiences if one.audience.group != PAYING) or self.audiences

    @property
    def standing(self) -> dict[str, str]:
        """The step that counts, by audience id: a step of the ladder, or `unknown`."""
        return {one.audience.id: one.step for one in self.audiences}

    @property
    def is_answered(self) -> bool:
        """Whether anything of the chapter is known in this edition."""
        return self.has_words or any(_is_touched(one) for one in self.audiences)

    @property
    def gaps(self) -> tuple[tuple[AudiencePermission, str], ...]:
        """Every gap: withdrawn ones first, then those of the audiences with most to lose."""
        order = list(self.chapter.words["group_order"])
        found = [(one, gap) for one in self.audiences for gap in one.gaps]
        return tuple(sorted(found, key=lambda pair: (pair[1] != "withdrawn", _rank(order, pair[0].audience.group))))


def read_permission(engagement: Engagement) -> PermissionReading:
    """Read who has given permission for what."""
    chapter = load_chapter_of(engagement, "permission")
    questions = list_questions(engagement.facts)
    grids = {
        name: read_matrix(engagement, _as_grid(questions[f"permission.{name}"]))
        for name in ("standing", "places", "terms")
    }
    audiences = tuple(_read_audience(engagement, chapter, one, grids) for one in engagement.facts.audiences)
    words = {name: read_words(engagement, f"permission.{name}") for name in UNDERTAKINGS}
    asked = [one for one in audiences if one.audience.group != PAYING]
    evidence = Evidence(tuple(make_part(one.cell, known=one.step != "unknown") for one in asked))
    return PermissionReading(
        chapter=chapter,
        audiences=audiences,
        words=words,
        withheld=tuple(reason for grid in grids.values() for reason in grid.withheld),
        edition=engagement.told_as,
        minimum_group=engagement.facts.minimum_group,
        lone=find_lone(engagement, "permission.standing", "permission.places", backed=evidence.carries != "one_voice"),
    )


def settle_lower(cell: ChoiceReading, order: Sequence[str]) -> str | None:
    """Return the option to reckon with where the lower one counts: what was agreed, else the lowest named."""
    if cell.agreed is not None:
        return cell.agreed
    return next((option for option in order if cell.list_for(option)), None)


def lay_in_order(cell: ChoiceReading, order: Sequence[str], labels: Mapping[str, str]) -> ScaleReading:
    """Return a choice as a scale whose steps are its options in `order`, with the lowest answers facing all others."""
    rank = {option: step for step, option in enumerate(order)}
    known = sorted((r.model_copy(update={"value": rank[r.value]}) for r in cell.responses), key=lambda r: r.value)
    counts = [sum(r.value == step for r in known) for step in range(len(order))]
    return ScaleReading(
        question=cell.question,
        steps=tuple(labels[option] for option in order),
        responses=tuple(known),
        unsure=cell.unsure,
        agreed=None if cell.agreed is None else rank[cell.agreed],
        agreed_unsure=cell.agreed_unsure,
        withheld=cell.withheld,
        is_whole=cell.is_whole,
        silent=cell.silent,
        middle=float(median(r.value for r in known)) if known else None,
        agreement=agreement(counts) if len(known) > 1 else None,
        differs=cell.differs,
        low_side=tuple(r for r in known if r.value == known[0].value),
        high_side=tuple(r for r in known if r.value > known[0].value),
    )


def list_points(reading: PermissionReading) -> tuple[AgendaPoint, ...]:
    """Return an agenda point for each audience whose permission is disputed or has a gap, and for the commissioner.

    An audience that somebody is unsure about gets no point for that alone: the agenda asks about every `unsure`.
    """
    if not reading.is_answered:
        return ()
    points = [point for one in reading.audiences if (point := _make_point(reading, one))]
    if reading.is_whole and reading.words["challenge"].state == "missing":
        words = reading.chapter
        weight, text, whom = (
            words.get_number("weight_gap"),
            words.get_word("agenda.challenge"),
            words.get_word("agenda.whom_challenge"),
        )
        points.append(AgendaPoint("permission.challenge", "permission", "gap", text, whom, weight))
    return tuple(points)


def _make_point(reading: PermissionReading, one: AudiencePermission) -> AgendaPoint | None:
    words, subject = reading.chapter, f"permission.{one.audience.id}"
    if one.cell.differs and one.cell.agreed is None:
        steps = words.words["steps"]
        low, *rest = (steps[step].lower() for step in LADDER if step in one.cell.chosen)
        text = words.get_word("agenda.disagreement").format(
            audience=name_audience(one.audience), low=low, high=", ".join(f"“{step}”" for step in rest)
        )
        whom = words.get_word("agenda.whom_disagreement").format(audience=name_audience(one.audience))
        return AgendaPoint(subject, "permission", "disagreement", text, whom, _weigh(words, one, one.step))
    gap = next((gap for gap in one.gaps if not _is_asked_already(one, gap)), None)
    if gap is None or (one.step == "unknown" and gap != "unknown"):
        return None
    return AgendaPoint(
        subject=subject,
        chapter="permission",
        reason="gap",
        text=words.get_word(f"agenda.{gap}").format(audience=name_audience(one.audience)),
        whom=words.get_word("agenda.whom").format(audience=name_audience(one.audience)),
        weight=_weigh(words, one, gap),
    )


def _is_asked_already(one: AudiencePermission, gap: str) -> bool:
    """Whether a gap stands for nothing but "we do not know yet", which the agenda asks about by itself."""
    if gap == "unknown":
        return bool(one.cell.unsure)
    if gap == "active" and one.active is not None:
        return settle_lower(one.active, NO_YES) is None and bool(one.active.unsure)
    if gap == "places":
        return any(cell.unsure for cell in one.places.values())
    return gap in one.terms and bool(one.terms[gap].given)


def _weigh(words: Chapter, one: AudiencePermission, gap: str) -> float:
    if gap == "withdrawn":
        return words.get_number("weight_withdrawn")
    if gap not in (*LADDER, "unknown"):
        return words.get_number("weight_detail")
    return words.get_number("weight_other" if one.active is None else "weight_gap")


def _as_grid(question: Question) -> GridQuestion:
    if not isinstance(question, GridQuestion):
        raise TypeError(f"{question.id} should be a matrix")
    return question


def _read_audience(
    engagement: Engagement, chapter: Chapter, audience: Audience, grids: dict[str, MatrixReading]
) -> AudiencePermission:
    cell = grids["standing"].choices[audience.id, "step"]
    step, basis = _find_step(cell)
    needs_yes = audience.group in chapter.words["consent_groups"]
    one = AudiencePermission(
        audience=audience,
        cell=cell,
        step=step,
        basis=basis,
        active=grids["standing"].choices[audience.id, "active"] if needs_yes else None,
        places={place: grids["places"].choices[audience.id, place] for place in PLACES},
        terms={term: grids["terms"].words[audience.id, term] for term in TERMS},
        gaps=(),
    )
    return replace(one, gaps=_list_gaps(one, whole=engagement.told_as is Edition.PRIVATE))


def _find_step(cell: ChoiceReading) -> tuple[str, Basis]:
    step = settle_lower(cell, LADDER)
    if cell.list_for("withdrawn") or step == "withdrawn":
        return "withdrawn", "withdrawn"
    if step is None:
        return "unknown", "none"
    if cell.agreed is not None:
        return step, "agreed"
    return step, "lowest" if cell.differs else "one" if len(cell.responses) == 1 else "voices"


def _list_gaps(one: AudiencePermission, *, whole: bool) -> tuple[str, ...]:
    """List what is missing. That nobody said a thing can only be told from an edition that holds every answer."""
    gaps = []
    unasked = one.audience.group == PAYING and one.step != "withdrawn"
    if not one.is_granted and not unasked and (whole or one.step != "unknown"):
        gaps.append(one.step)
    if one.step == "limited" and whole and not list_known(one.terms["bounds"]):
        gaps.append("bounds")
    if one.is_granted and whole and not one.list_places("yes"):
        gaps.append("places")
    if one.active is not None and _lacks_yes(one.active, whole=whole):
        gaps.append("active")
    if one.active is not None and whole and not list_known(one.terms["promised"]):
        gaps.append("promised")
    return tuple(gaps)


def _lacks_yes(active: ChoiceReading, *, whole: bool) -> bool:
    said = settle_lower(active, NO_YES)
    return said == "no" or (said is None and whole)


def list_known(words: WordsReading) -> tuple[str, ...]:
    """Return what is written of one term: what was agreed, else what each voice gave, without "we do not know"."""
    given = [words.agreed] if words.agreed is not None else [response.value for response in words.given]
    return tuple(dict.fromkeys(text for text in given if text != "unsure"))


def find_state(words: WordsReading, *, whole: bool) -> str:
    """Say whether words are settled, or named by voices and not settled (`one`, `several`), `unsure` or `missing`.

    In an edition that does not hold every answer, `part` stands for missing, and `several_part` for several:
    the group may have settled on words which that edition does not show.
    """
    if words.settled is not None:
        return "settled"
    known = list_known(words)
    if known:
        return "one" if len(known) == 1 else "several" if whole else "several_part"
    return "unsure" if words.state == "unsure" else "missing" if whole else "part"


def _is_touched(one: AudiencePermission) -> bool:
    cells = [one.cell, *one.places.values(), *([one.active] if one.active else [])]
    answered = any(cell.responses or cell.unsure or cell.agreed is not None or cell.agreed_unsure for cell in cells)
    return answered or any(words.given or words.agreed is not None for words in one.terms.values())


def _rank(order: Sequence[str], group: str) -> int:
    return order.index(group) if group in order else len(order)
