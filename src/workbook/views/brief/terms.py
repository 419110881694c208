"""Chapter 11, the parts of the invitation that say what is done with which money, and on what terms."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.analysis.brief.brief import BriefReading
from workbook.analysis.resources.plan import CATEGORIES, MECHANISMS, SIDES, Coverage
from workbook.model.base import UNSURE
from workbook.model.chapters import load_chapter
from workbook.model.loose_days import find_span
from workbook.theme import end_sentence, format_number, format_percent, join_words
from workbook.views.brief.conduct import group_modes
from workbook.views.brief.parts import quote, quote_undertaking, write, write_open
from workbook.views.pieces.blocks import Piece, TableColumn, fill, make_list, make_table
from workbook.views.pieces.facts import write_day, write_span, write_sum
from workbook.views.pieces.phrases import name_audiences
from workbook.views.resources import plan


def write_activities(reading: BriefReading) -> Iterator[Piece]:
    """What is asked of the partner, the plan so far, and what exists already."""
    facts = reading.facts
    if facts.asked_for:
        yield write(reading, f"activities.asked{'_closed' if facts.is_past_call else ''}")
        yield make_list(facts.asked_for)
    if facts.plan:
        template = reading.chapter.get_word("activities.plan_line")
        yield write(reading, "activities.plan")
        yield make_list(
            template.format(activity=line.activity, quantity=format_number(line.quantity), unit=line.unit)
            for line in facts.plan
        )
    if not facts.asked_for and not facts.plan:
        yield write(reading, "activities.none")
    yield from quote(reading, "brief.existing", "activities.existing")
    if facts.kind == "public-call" and facts.not_stated:
        yield write(reading, "activities.not_stated")
        yield make_list(facts.not_stated)


def write_mobilisation(reading: BriefReading) -> Iterator[Piece]:
    """By which activities and in which ways each audience is reached, and the ways nobody uses."""
    resources = reading.resources
    if resources.plan is None:
        yield write(reading, "mobilisation.no_plan")
        return
    if not any(any(one.activities.values()) for one in resources.coverage):
        yield write(reading, "mobilisation.none")
        return
    yield write(reading, "mobilisation.lead")
    yield make_list(_write_coverage(reading, one) for one in resources.coverage)
    labels = _label_mechanisms()
    missing = [labels[way] for way in MECHANISMS if not any(one.activities[way] for one in resources.coverage)]
    if missing:
        yield write(reading, "mobilisation.missing", ways=join_words([f"“{way}”" for way in missing], "or"))


def _label_mechanisms() -> dict[str, str]:
    return {option.id: option.label.lower() for option in load_chapter("resources").lists["mechanisms"]}


def _write_coverage(reading: BriefReading, one: Coverage) -> str:
    words, labels = reading.chapter, _label_mechanisms()
    ways: dict[str, list[str]] = {}
    for way in MECHANISMS:
        for activity in one.activities[way]:
            ways.setdefault(activity, []).append(labels[way])
    template = words.get_word("mobilisation.activity")
    listed = [template.format(activity=activity, ways=", ".join(found)) for activity, found in ways.items()]
    audience = one.name or words.get_word("mobilisation.unnamed")
    text = "; ".join(listed) or words.get_word("mobilisation.nothing")
    return fill(words.get_word("mobilisation.item"), audience=audience, ways=text)


def write_split(reading: BriefReading) -> Iterator[Piece]:
    """The plan by kind of spending, its split with the range that does as well, and pay for people's time."""
    resources = reading.resources
    if resources.plan is None:
        yield write(reading, "split.no_plan")
    else:
        yield _tabulate_plan(reading)
        if resources.plan.use_share is not None:
            use, data = (plan.write_money(resources, resources.plan.cost_of_side(side)) for side in ("use", "data"))
            yield write(reading, "split.use", use=use, data=data)
    yield from _write_range(reading)
    paid = resources.plan.cost_of("participants_time") if resources.plan else None
    name = "time_open" if paid is None else "time" if paid else "time_none"
    yield write(reading, f"split.{name}", money=plan.write_money(resources, paid or 0.0))
    said = [one.audience for one in reading.safety.audiences if one.has("time_paid")] if name == "time_none" else []
    if said:
        yield write(reading, "split.time_said", audiences=name_audiences(said))
    if resources.plan:
        yield write(reading, "split.move")


def _write_range(reading: BriefReading) -> Iterator[Piece]:
    resources = reading.resources
    if resources.tradeoff is None or resources.is_ours:
        yield write_open(reading, "split.no_range")
        return
    low, high = (plan.write_about(resources, share * resources.money) for share in resources.tradeoff.near)
    yield write(reading, "split.range_point" if low == high else "split.range", low=low, high=high)
    if resources.is_mostly_ours:
        ours, every = resources.elicited.ours, resources.elicited.inputs
        yield write(reading, "split.ours", count=len(ours), total=len(every))


def _tabulate_plan(reading: BriefReading) -> Piece:
    words, resources = reading.chapter, reading.resources
    costed = resources.plan
    if costed is None:
        return None
    labels, sides = plan.label_categories(resources), resources.chapter.words["sides"]
    rows = [
        [
            labels[name],
            sides[SIDES[name]],
            plan.write_money(resources, costed.cost_of(name)),
            format_percent(costed.share_of(name)),
        ]
        for name in CATEGORIES
    ]
    columns = [TableColumn(name, number=place > 1) for place, name in enumerate(words.words["split"]["columns"])]
    total = [words.get_word("split.total"), "", plan.write_money(resources, costed.total), "100%"]
    return make_table(words.get_word("split.table"), columns, rows, total=total if costed.total else None)


def write_commitments(reading: BriefReading) -> Iterator[Piece]:
    """What the commissioner promises, what it shares first, and first steps with a name beside each."""
    yield from quote_undertaking(reading, "brief.commitments", "plain.commitments")
    yield from quote_undertaking(reading, "safety.first", "commitments.first")
    steps = [one for one in reading.practices.checkable if one.facet.id in reading.agreed_steps]
    if steps:
        template = reading.chapter.get_word("commitments.step")
        yield write(reading, "commitments.steps")
        yield make_list(
            fill(
                template,
                practice=one.facet.title,
                step=" ".join(end_sentence(name) for name in one.step.names),
                owner=(one.owner.settled or "").rstrip(". "),
            )
            for one in steps
        )


def write_skills(reading: BriefReading) -> Iterator[Piece]:
    """The skills that follow from who is to find the learning, and the ties a bidder must declare."""
    found = list(group_modes(reading))
    if not found:
        yield write_open(reading, "skills.none")
    for mode, mark, audiences in found:
        yield write(reading, f"skills.{mode}", audiences=name_audiences(audiences), mark=mark)
    if not reading.is_evaluation:
        yield write(reading, "skills.friend")
    yield from quote(reading, "brief.conflicts", "skills.conflicts")


def write_ethics(reading: BriefReading) -> Iterator[Piece]:
    """How people and data are kept safe, and who owns what."""
    yield from quote(reading, "brief.data", "ethics.data")
    yield from quote(reading, "brief.ownership", "ethics.ownership")


def write_budget(reading: BriefReading) -> Iterator[Piece]:
    """The sum, VAT, and whether the plan keeps to it."""
    facts, costed = reading.facts, reading.resources.plan
    if facts.most_money is None:
        yield write(reading, f"budget.{'unsure' if facts.budget == UNSURE else 'none'}")
        return
    sum_ = write_sum(facts.budget, facts.currency)
    vat = load_chapter("start_here").get_word(f"vat.{facts.vat}")
    yield write(reading, f"budget.sum{'_closed' if facts.is_past_call else ''}", budget=vat.format(budget=sum_))
    if costed and costed.over is not None:
        even = abs(costed.over) <= 1e-9 * costed.total
        name = "even" if even else "over" if costed.over > 0 else "under"
        amount = plan.write_money(reading.resources, abs(costed.over))
        yield write(reading, f"budget.{name}", over=amount, under=amount)


def write_timetable(reading: BriefReading) -> Iterator[Piece]:
    """When the work runs, the dates of the selection, and how the partner is chosen."""
    facts = reading.facts
    if find_span(facts.start) or find_span(facts.end):
        name = "timetable.runs_closed" if facts.is_past_call else "timetable.runs"
        yield write(reading, name, span=write_span(facts))
    elif not facts.length:
        yield write(reading, "timetable.dates_open")
    if facts.length:
        yield write(reading, "timetable.length", length=facts.length)
    if find_span(facts.deadline):
        name = "timetable.deadline_past" if facts.is_past_deadline else "timetable.deadline"
        yield write(reading, name, day=write_day(facts.deadline))
    if facts.timetable:
        template = reading.chapter.get_word("timetable.step")
        yield make_list([fill(template, what=one.what, day=write_day(one.when)) for one in facts.timetable])
    yield from quote(reading, "brief.timetable", "timetable.timetable")
    yield from quote(reading, "brief.selection", "timetable.selection")


def write_judged(reading: BriefReading) -> Iterator[Piece]:
    """How the partnership itself is judged, and how either side may end it."""
    yield from quote(reading, "brief.judged", "judged.judged")
    yield from quote(reading, "brief.ending", "judged.ending")


def write_outputs(reading: BriefReading) -> Iterator[Piece]:
    """What is made, and in what rhythm."""
    yield from quote(reading, "brief.outputs", "plain.outputs")


def write_governance(reading: BriefReading) -> Iterator[Piece]:
    """Who steers and who decides."""
    yield from quote(reading, "brief.governance", "plain.governance")
