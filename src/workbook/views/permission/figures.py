"""Chapter 06 on the page: who has agreed that findings may be named, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from workbook.analysis.audiences.names import name_audience
from workbook.analysis.permission import (
    LADDER,
    NO_YES,
    PLACES,
    TERMS,
    AudiencePermission,
    PermissionReading,
    find_state,
    lay_in_order,
    list_known,
    settle_lower,
)
from workbook.analysis.voices.grids import ChoiceReading
from workbook.analysis.voices.scales import ScaleReading, WordsReading
from workbook.charts.dots import DotAnswers, DotChart, DotRow, DotSeries, draw_dots
from workbook.markup import element
from workbook.model.engagement import Audience
from workbook.model.wordings import load_wording
from workbook.theme import end_sentence, join_words
from workbook.views.permission.boundaries import word_active, word_places, word_step, word_step_and_left
from workbook.views.pieces import blocks, voices
from workbook.views.pieces.phrases import name_audiences

NOTEBOOK_COLUMNS = (2, 3)
"""The columns of the table that only the chapter's notebook shows: what voices say, and a clear yes."""


def write_headline(reading: PermissionReading) -> str:
    """The finding in a few words."""
    words = reading.chapter
    if (state := _find_state(reading)) != "ready":
        return words.get_word(f"headline.{'unknown' if state == 'unanswered' else state}")
    withdrawn = [one for one in reading.audiences if one.step == "withdrawn"]
    if withdrawn:
        all_say = any(not one.cell.differs or one.cell.agreed is not None for one in withdrawn)
        name = f"withdrawn{'' if all_say else '_some'}{'_one' if len(withdrawn) == 1 else ''}"
        count = voices.write_count(len(withdrawn))
        headline = blocks.fill(
            words.get_word(f"headline.{name}"), audience=name_audience(withdrawn[0].audience), count=count
        )
        return voices.attribute(headline, reading.lone, [one.audience.name for one in reading.audiences])
    beside = len(reading.asked) < len(reading.audiences)
    audiences = words.get_word(f"headline.audiences{'_beside' if beside else ''}")
    granted = [one for one in reading.asked if one.is_granted]
    if not granted and _name_silence(reading) == "not_shown":
        paying = "_beside" if any(one.is_granted for one in reading.audiences) else ""
        return words.get_word(f"headline.none_part{paying}")
    if len(granted) == len(reading.asked):
        name = "all" if all(one.step == "agreed" for one in granted) else "all_limited"
        return voices.attribute(words.get_word(f"headline.{name}{'_beside' if beside else ''}"), reading.lone)
    # Where an edition holds some back, the others are no reason to call their agreement missing.
    counted = [one for one in reading.asked if reading.is_whole or one.step != "unknown"]
    shown = counted and len(counted) < len(reading.asked)
    name = "shown" if shown else {0: "none", 1: "one"}.get(len(granted), "some")
    if name == "none" and any(one.is_granted for one in reading.audiences):
        name = "none_beside"
    count, total = (voices.write_count(len(found)) for found in (granted, counted))
    headline = blocks.fill(words.get_word(f"headline.{name}"), count=count, total=total, audiences=audiences)
    return voices.attribute(headline, reading.lone) if granted else headline


def write_follows(reading: PermissionReading) -> str:
    """What the commission should do; and that it rests on one voice, where it does."""
    rated = any(one.step != "unknown" for one in reading.audiences)
    return voices.add_caution(_write_follows(reading), reading.lone if rated else None)


def _write_follows(reading: PermissionReading) -> str:
    words = reading.chapter
    if (state := _find_state(reading)) != "ready":
        return words.get_word(f"follows.{'unanswered' if state == 'unknown' else state}")
    if reading.gaps:
        one, gap = reading.gaps[0]
        return blocks.fill(words.get_word(f"follows.{gap}"), audience=name_audience(one.audience))
    if reading.is_whole and not list_known(reading.words["challenge"]):
        return words.get_word("follows.challenge")
    return words.get_word("follows.ready" if all(one.is_granted for one in reading.asked) else "follows.part")


def draw_ladder(reading: PermissionReading, *, whole: bool = True) -> blocks.Block:
    """Every voice's step of the ladder by audience and the step that counts; `whole` adds what else is known."""
    words = reading.chapter
    rows = tuple(DotRow(one.audience.name, (_make_answers(reading, one),)) for one in reading.audiences)
    low, high = words.words["ladder_ends"]
    title = words.get_word("figure.title")
    drawing = draw_dots(
        DotChart(
            series=(DotSeries(words.get_word("figure.mark"), hue="ink"),),
            rows=rows,
            ends=(low, high),
            voice_word=words.get_word("figure.voice"),
            middle_word=words.get_word("figure.counts"),
            agreed_word=words.get_word("figure.agreed"),
        ),
        title=title,
        description=blocks.with_table(words.get_word("figure.steps")),
    )
    return blocks.make_block(
        _note_held_back(reading), blocks.make_figure(drawing, title, _tabulate(reading, whole=whole))
    )


def list_differences(reading: PermissionReading, *, places: bool = True) -> blocks.Block:
    """Where voices differ on what was permitted, and between whom; `places` counts the rooms in."""
    words = reading.chapter
    items = [text for one in reading.audiences for text in _write_differences(reading, one, places=places)]
    if items:
        return blocks.make_block(blocks.make_list(items, class_="differences"))
    most = max((len(one.cell.responses) for one in reading.audiences), default=0)
    found = "none" if most > 1 else "one" if most else _name_silence(reading)
    return blocks.make_block(blocks.make_paragraph(words.get_word(f"difference.{found}")))


def _name_silence(reading: PermissionReading) -> str:
    silence = _find_silence(reading)
    return silence if reading.is_whole or silence == "unsure" else "not_shown"


def _find_silence(reading: PermissionReading) -> str:
    return "unsure" if any(one.cell.unsure for one in reading.audiences) else "unanswered"


def list_gaps(reading: PermissionReading, *, most: int | None = None) -> blocks.Block:
    """What is missing and what it puts at risk, the most pressing first; `most` keeps one gap an audience."""
    gaps = list(reading.gaps)
    if most is not None:
        gaps = list({one.audience.id: (one, gap) for one, gap in reversed(gaps)}.values())[::-1][:most]
    if not gaps:
        return blocks.make_block(blocks.make_paragraph(write_follows(reading)))
    return blocks.make_block(
        blocks.make_list([_write_gap(reading, one, gap) for one, gap in gaps], ordered=True, class_="gaps")
    )


def list_terms(reading: PermissionReading) -> blocks.Block:
    """Who asked each audience, what is out of bounds and what was promised, in the words given."""
    words = reading.chapter
    rows = [
        [one.audience.name, *(_quote(one.terms[term], words.get_word("terms.none")) for term in TERMS)]
        for one in reading.audiences
    ]
    columns = [blocks.TableColumn(name) for name in words.words["terms"]["columns"]]
    return blocks.make_block(_note_held_back(reading), blocks.make_table(words.get_word("terms.title"), columns, rows))


def compare_readings(reading: PermissionReading) -> blocks.Block:
    """The two readings side by side, and what follows."""
    follows = write_follows(reading)
    if _find_state(reading) != "ready":
        evaluation, learning = (reading.chapter.get_word(f"{side}.unanswered") for side in ("evaluation", "learning"))
        return blocks.make_block(blocks.make_readings([evaluation], [learning], follows))
    return blocks.make_block(blocks.make_readings(_read_as_evaluation(reading), _read_as_learning(reading), follows))


def read_twice(reading: PermissionReading) -> tuple[list[str], list[str]]:
    """What the chapter says as evaluation, and as learning, sentence by sentence; nothing where too little is known."""
    return (_read_as_evaluation(reading), _read_as_learning(reading)) if _find_state(reading) == "ready" else ([], [])


def summarise(reading: PermissionReading) -> blocks.Block:
    """The chapter's section of the summary."""
    words = reading.chapter
    if _find_state(reading) != "ready":
        return blocks.make_section(
            "permission",
            write_headline(reading),
            _note_held_back(reading),
            blocks.make_paragraph(write_follows(reading), "follows"),
        )
    if not any(one.step != "unknown" for one in reading.audiences):
        undertaken = [_write_undertaking(reading, name) for name in ("challenge", "areas") if _is_said(reading, name)]
        return blocks.make_section(
            "permission",
            write_headline(reading),
            _note_held_back(reading),
            blocks.make_paragraph(" ".join([words.get_word("figure.yes"), *undertaken])),
            blocks.make_paragraph(write_follows(reading), "follows"),
        )
    several = max(len(one.cell.responses) for one in reading.audiences) > 1
    subtitles = ["yes", "subtitle", *([] if reading.is_whole else ["subtitle_part"])]
    return blocks.make_section(
        "permission",
        write_headline(reading),
        element("h3", words.get_word("headings.differences")) if several else "",
        list_differences(reading, places=False) if several else "",
        draw_ladder(reading, whole=False),
        compare_readings(reading),
        element("h3", words.get_word("headings.gaps")) if reading.gaps else "",
        list_gaps(reading, most=int(words.get_number("most_gaps"))) if reading.gaps else "",
        subtitle=" ".join(words.get_word(f"figure.{name}") for name in subtitles),
    )


def _is_said(reading: PermissionReading, name: str) -> bool:
    return bool(list_known(reading.words[name]))


def _find_state(reading: PermissionReading) -> str:
    """Whether there is something to read, and if not why: no audiences, not answered, held back."""
    if not reading.audiences:
        return "no_audiences"
    if any(one.step != "unknown" for one in reading.audiences):
        return "ready"
    if reading.is_whole:
        return "ready" if reading.is_answered else "unanswered"
    if reading.withheld:
        return "withheld"
    return "ready" if _find_silence(reading) == "unsure" else "part"


def _make_answers(reading: PermissionReading, one: AudiencePermission) -> DotAnswers:
    scale = _lay_on_ladder(reading, one)
    if one.step == "unknown":
        return DotAnswers(words=word_step_and_left(reading, one).lower())
    values = tuple(float(r.value) for r in scale.responses)
    agreed = None if scale.agreed is None else float(scale.agreed)
    left = "; ".join(voices.list_left(one.cell))
    return DotAnswers(values=values, middle=float(LADDER.index(one.step)), agreed=agreed, left=left)


def _lay_on_ladder(reading: PermissionReading, one: AudiencePermission) -> ScaleReading:
    return lay_in_order(one.cell, LADDER, reading.chapter.words["steps"])


def _tabulate(reading: PermissionReading, *, whole: bool) -> Markup:
    words = reading.chapter
    rows = [_make_row(reading, one) for one in reading.audiences]
    names = words.words["table"]["columns"]
    shown = [place for place in range(len(names)) if whole or place not in NOTEBOOK_COLUMNS]
    columns = [blocks.TableColumn(names[place]) for place in shown]
    return blocks.make_table(words.get_word("table.title"), columns, [[row[place] for place in shown] for row in rows])


def _make_row(reading: PermissionReading, one: AudiencePermission) -> list[str]:
    allowed = [reading.chapter.get_word(f"places.{place}") for place in one.list_places("yes")]
    return [
        one.audience.name,
        word_step_and_left(reading, one),
        voices.word_range(_lay_on_ladder(reading, one)),
        word_active(reading, one.active),
        word_places(one, allowed) if one.is_granted else "–",
    ]


def _write_differences(reading: PermissionReading, one: AudiencePermission, *, places: bool) -> list[str]:
    words, name = reading.chapter, one.audience.name
    found = []
    if one.cell.differs:
        key = "step_settled" if one.basis == "agreed" else "step"
        sides, step = voices.name_sides(_lay_on_ladder(reading, one)), word_step(reading, one)
        step = step.lower() if one.basis == "agreed" else f"“{step}”"
        found.append(blocks.fill(words.get_word(f"difference.{key}"), audience=name, sides=sides, step=step))
    if one.active is not None and one.active.differs:
        found.append(blocks.fill(words.get_word("difference.active"), audience=name, sides=_name_no_yes(one.active)))
    for place in PLACES if places else ():
        if one.places[place].differs:
            where, sides = words.get_word(f"places.{place}"), _name_no_yes(one.places[place])
            found.append(blocks.fill(words.get_word("difference.place"), audience=name, place=where, sides=sides))
    return found


def _name_no_yes(cell: ChoiceReading) -> str:
    return voices.name_sides(lay_in_order(cell, NO_YES, {"no": "no", "yes": "yes"}))


def _write_gap(reading: PermissionReading, one: AudiencePermission, gap: str) -> Markup:
    words = reading.chapter
    standing = gap in ("not_asked", "asked", "unknown")
    risk = words.get_word(f"risks.standing.{one.audience.group}" if standing else f"risks.{gap}")
    some = gap == "withdrawn" and one.cell.differs and one.cell.agreed is None
    missing = words.get_word(f"missing.{gap}{'_some' if some else ''}")
    return element("strong", blocks.fill("{audience}: {missing}. ", audience=one.audience.name, missing=missing)) + risk


def _quote(words: WordsReading, none: str) -> Markup | str:
    said = voices.quote_words(words)
    known = [f"{text} ({who})" if who else text for who, text in said if text != "unsure"]
    if not known:
        return load_wording("voices").get_word("unsure") if said else none
    return known[0] if len(known) == 1 else blocks.make_list(known)


def _read_as_evaluation(reading: PermissionReading) -> list[str]:
    report = [one.audience for one in reading.audiences if one.may_hear("report")]
    public = [one.audience for one in reading.audiences if one.may_hear("public")]
    sentences = [
        _name_or_none(reading, f"evaluation.{place}", named)
        for place, named in (("report", report), ("public", public))
        if named or place == "report"
    ]
    return [*sentences, *_write_consent(reading), _write_bounds(reading)]


def _name_or_none(reading: PermissionReading, name: str, named: Sequence[Audience]) -> str:
    words = reading.chapter
    if not named:
        return words.get_word(f"{name}_{'none' if reading.is_whole else 'part'}")
    return blocks.fill(words.get_word(name), names=name_audiences(named))


def _write_consent(reading: PermissionReading) -> list[str]:
    words = reading.chapter
    asked = [one for one in reading.audiences if one.active is not None]
    lacking = [one.audience for one in asked if "active" in one.gaps]
    if lacking:
        name = "active" if reading.is_whole else "active_part"
        return [blocks.fill(words.get_word(f"evaluation.{name}"), names=name_audiences(lacking))]
    done = asked and all(one.active and settle_lower(one.active, NO_YES) == "yes" for one in asked)
    return [words.get_word("evaluation.active_done")] if done else []


def _write_bounds(reading: PermissionReading) -> str:
    words = reading.chapter
    limited = [one.audience for one in reading.audiences if list_known(one.terms["bounds"])]
    if limited:
        told = [one.terms["bounds"] for one in reading.audiences if one.audience in limited]
        alone = all(one.state == "one" for one in told) and not reading.lone
        name = "bounds_one" if not alone else "bounds_alone" if reading.is_whole else "bounds_alone_part"
        return blocks.fill(words.get_word(f"evaluation.{name}"), names=name_audiences(limited))
    return words.get_word("evaluation.bounds_none" if reading.is_whole else "evaluation.bounds_part")


def _read_as_learning(reading: PermissionReading) -> list[str]:
    asked = ("needs",) if reading.words["needs"].state != "missing" else ()
    undertaken = [_write_undertaking(reading, name) for name in ("challenge", "areas", *asked)]
    return [*_write_rooms(reading), *_write_promises(reading), *undertaken]


def _write_rooms(reading: PermissionReading) -> list[str]:
    """Say in which of the two rooms the partner may tell each audience what it sees, those of one kind together."""
    rooms: dict[tuple[str, ...], list[Audience]] = {}
    for one in reading.audiences:
        allowed = tuple(place for place in ("workshop", "one_to_one") if one.may_hear(place))
        if allowed:
            rooms.setdefault(allowed, []).append(one.audience)
    if not rooms:
        return [reading.chapter.get_word(f"learning.room_{'none' if reading.is_whole else 'part'}")]
    return [
        blocks.fill(
            reading.chapter.get_word("learning.room"),
            names=name_audiences(named),
            places=join_words([reading.chapter.get_word(f"places.{place}") for place in allowed], "or"),
        )
        for allowed, named in rooms.items()
    ]


def _write_promises(reading: PermissionReading) -> list[str]:
    words = reading.chapter
    asked = [one for one in reading.audiences if one.active is not None]
    lacking = [one.audience for one in asked if not list_known(one.terms["promised"])]
    if not asked:
        return []
    if not lacking:
        return [words.get_word("learning.promised_done")]
    if not reading.is_whole:
        return [words.get_word("learning.promised_part")]
    return [blocks.fill(words.get_word("learning.promised"), names=name_audiences(lacking))]


def _write_undertaking(reading: PermissionReading, name: str) -> str:
    said, state = reading.words[name], find_state(reading.words[name], whole=reading.is_whole)
    key = name if state == "settled" else f"{name}_{state}"
    introduced = voices.introduce(said) if state == "one" else ""
    known = voices.quote_each(said.said) if state.startswith("several") else " ".join(list_known(said)[:1])
    return blocks.fill(
        reading.chapter.get_word(f"learning.{key}"), introduced=introduced, **{name: end_sentence(known)}
    )


def _note_held_back(reading: PermissionReading) -> Markup:
    return voices.note_held_back(reading.withheld, reading.minimum_group)
