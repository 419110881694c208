"""Chapter 07 on the page: how open each audience can afford to be, what holds it down, and what would raise it."""

from __future__ import annotations

from collections.abc import Sequence

from workbook.analysis.audiences.names import name_audience
from workbook.analysis.permission import NO_YES, find_state, lay_in_order, list_known
from workbook.analysis.safety import (
    WRITTEN,
    AudienceSafety,
    PartReading,
    SafetyReading,
    lay_stakes,
)
from workbook.analysis.voices.grids import ChoiceReading, NumberReading
from workbook.analysis.voices.scales import ScaleReading
from workbook.markup import element
from workbook.model.chapters import Chapter
from workbook.theme import end_sentence, format_number, join_words
from workbook.views.pieces import voices
from workbook.views.pieces.blocks import (
    Block,
    fill,
    make_block,
    make_list,
    make_paragraph,
    make_readings,
    make_section,
)
from workbook.views.pieces.phrases import name_audiences
from workbook.views.safety.figures import (
    draw_openness,
    format_score,
    name_parts,
    name_weakest,
    note_held_back,
)


def write_headline(reading: SafetyReading) -> str:
    """The finding in a few words."""
    words, known = reading.chapter, reading.known
    if (state := _find_state(reading)) != "ready":
        return words.get_word(f"headline.{'unknown' if state == 'unanswered' else state}")
    low = reading.list_between(0, words.get_number("low_openness"))
    name, score = known[0].audience.name, format_score(known[0].openness)
    bound = "_bound" if known[0].is_upper_bound else ""
    if len(low) > 1:
        return fill(
            words.get_word("headline.low_by_one" if voices.is_said_by_one(reading.lone) else "headline.low"),
            count=voices.write_count(len(low)),
            total=voices.write_count(len(reading.audiences)),
        )
    if not low and (known[0].openness or 0) >= words.get_number("open_enough"):
        return voices.attribute(words.get_word("headline.open"), reading.lone)
    by_one = "_by_one" if voices.is_said_by_one(reading.lone) else ""
    key = f"headline.{'low_one' if low else 'middle'}{bound}{by_one}"
    return fill(words.get_word(key), audience=name, score=score)


def write_follows(reading: SafetyReading) -> str:
    """What the commission should do first; and that it rests on one voice, where it does."""
    return voices.add_caution(_write_follows(reading), reading.lone if reading.known else None)


def _write_follows(reading: SafetyReading) -> str:
    words = reading.chapter
    if (state := _find_state(reading)) != "ready":
        return words.get_word(f"follows.{'unanswered' if state == 'unknown' else state}")
    one = reading.known[0]
    if (one.openness or 0) >= words.get_number("open_enough"):
        return words.get_word("follows.open")
    audience = name_audience(one.audience)
    if one.best is None:
        return fill(words.get_word(f"follows.{one.weakest[0].name}"), audience=audience)
    do, now, then = (
        words.get_word(f"do.{one.best.protection}"),
        format_score(one.openness),
        format_score(one.best.openness),
    )
    name = "lift_ties" if now == then else "lift_bound" if one.is_upper_bound else "lift"
    held = name_parts(words, one.best.weakest)
    return fill(words.get_word(f"follows.{name}"), do=do, audience=audience, now=now, then=then, parts=held)


def list_differences(reading: SafetyReading, *, most: int | None = None) -> Block:
    """Where voices differ on what an audience risks or what protects it, and between whom; the least open first."""
    words = reading.chapter
    ordered = (*reading.known, *(one for one in reading.audiences if one.openness is None))
    items = [text for one in ordered for text in _write_differences(reading, one)]
    if items:
        left = len(items) - len(items[:most])
        name = "more_one" if left == 1 else "more"
        more = fill(words.get_word(f"difference.{name}"), count=voices.write_count(left)) if left else ""
        return make_block(make_list(items[:most], class_="differences"), make_paragraph(more) if more else "")
    most = max((len(part.voices) for one in reading.audiences for part in one.parts), default=0)
    found = "none" if most > 1 else "one" if most else _name_silence(reading)
    return make_block(make_paragraph(words.get_word(f"difference.{found}")))


def list_lifts(reading: SafetyReading) -> Block:
    """What holds each audience down and what would raise it, the least open first."""
    items = [_write_weakest(reading, one) + " " + _write_lift(reading, one) for one in reading.known]
    return make_block(make_list(items, class_="lifts") if items else make_paragraph(write_follows(reading)))


def compare_readings(reading: SafetyReading) -> Block:
    """The two readings side by side, and what follows."""
    follows = write_follows(reading)
    if _find_state(reading) != "ready":
        evaluation, learning = (reading.chapter.get_word(f"{side}.unanswered") for side in ("evaluation", "learning"))
        said = [_write_said(reading, name) for name in WRITTEN] if reading.is_answered else []
        return make_block(make_readings([evaluation], [learning, *said], follows))
    return make_block(make_readings(_read_as_evaluation(reading), _read_as_learning(reading), follows))


def read_twice(reading: SafetyReading) -> tuple[list[str], list[str]]:
    """What the chapter says as evaluation, and as learning, sentence by sentence; nothing where too little is known."""
    return (_read_as_evaluation(reading), _read_as_learning(reading)) if _find_state(reading) == "ready" else ([], [])


def summarise(reading: SafetyReading) -> Block:
    """The chapter's section of the summary."""
    words = reading.chapter
    if _find_state(reading) != "ready":
        protected = _write_protected(reading)
        return make_section(
            "safety",
            write_headline(reading),
            note_held_back(reading),
            make_paragraph(protected) if protected else "",
            make_paragraph(write_follows(reading), "follows"),
        )
    part = "" if reading.is_whole else f" {words.get_word('figure.subtitle_part')}"
    several = max(len(p.voices) for one in reading.audiences for p in one.parts) > 1
    return make_section(
        "safety",
        write_headline(reading),
        element("h3", words.get_word("headings.differences")) if several else "",
        list_differences(reading, most=int(words.get_number("most_differences"))) if several else "",
        draw_openness(reading, whole=False),
        compare_readings(reading),
        subtitle=words.get_word("figure.subtitle") + part,
    )


def _write_protected(reading: SafetyReading) -> str:
    """Say which protections are in place, where nothing else is known."""
    words = reading.chapter
    found = [
        (one, [words.get_word(f"protections.{name}") for name in one.protections if one.has(name)])
        for one in reading.audiences
    ]
    return " ".join(
        fill(words.get_word("notes.in_place"), audience=name_audience(one.audience), protections=join_words(names))
        for one, names in found
        if names
    )


def _find_state(reading: SafetyReading) -> str:
    """Whether there is something to read, and if not why: no audiences, not answered, held back."""
    if not reading.audiences:
        return "no_audiences"
    if reading.known:
        return "ready"
    if reading.is_whole:
        return "unanswered"
    if reading.withheld:
        return "withheld"
    return "unanswered" if _find_silence(reading) == "unsure" else "part"


def _name_silence(reading: SafetyReading) -> str:
    silence = _find_silence(reading)
    return silence if reading.is_whole or silence == "unsure" else "not_shown"


def _find_silence(reading: SafetyReading) -> str:
    return "unsure" if any(part.cell.unsure for one in reading.audiences for part in one.parts) else "unanswered"


def _write_differences(reading: SafetyReading, one: AudienceSafety) -> list[str]:
    words, name, found = reading.chapter, one.audience.name, []
    for part in one.parts:
        whether = words.words["whether"].get(part.name, "")
        if isinstance(part.cell, NumberReading):
            if part.cell.gap >= words.get_number("months_apart"):
                found.append(_write_months(words, name, whether, part.cell))
        elif (scale := _find_far(words, part)) is not None:
            sides = voices.name_sides(scale)
            found.append(fill(words.get_word("difference.scale"), audience=name, whether=whether, sides=sides))
    for protection, cell in one.protections.items():
        if cell.differs:
            sides = voices.name_sides(lay_in_order(cell, NO_YES, {"no": "no", "yes": "yes"}))
            whether = words.get_word(f"whether.{protection}")
            found.append(fill(words.get_word("difference.scale"), audience=name, whether=whether, sides=sides))
    return found


def _find_far(words: Chapter, part: PartReading) -> ScaleReading | None:
    """Return the answers to comfort or to a pending decision where voices lie far apart."""
    if isinstance(part.cell, ScaleReading):
        return part.cell if part.cell.differs else None
    if part.name == "decision" and isinstance(part.cell, ChoiceReading):
        scale = lay_stakes(part.cell, words)
        return scale if {"yes", "no"} <= set(part.cell.chosen) else None
    return None


def _write_months(words: Chapter, name: str, whether: str, cell: NumberReading) -> str:
    ends = {"low": cell.responses[0], "high": cell.responses[-1]}
    told = {key: format_number(response.value) for key, response in ends.items()}
    named = {f"{key}_voices": response.voice for key, response in ends.items()}
    key = "months" if all(named.values()) else "months_unnamed"
    return fill(words.get_word(f"difference.{key}"), audience=name, whether=whether, **told, **named)


def _read_as_evaluation(reading: SafetyReading) -> list[str]:
    words = reading.chapter
    low, enough = words.get_number("low_openness"), words.get_number("open_enough")
    selective, doubtful = reading.list_between(0, low), reading.list_between(low, enough)
    name = "low" if selective else "middle" if doubtful else "open"
    sentences = [
        fill(words.get_word(f"evaluation.{name}"), names=_name(selective or doubtful)),
        _write_decision(reading),
    ]
    for protection, otherwise in (("unattributed", "attributed"), ("first_sight", "first_sight_none")):
        having = [one for one in reading.audiences if one.has(protection)]
        if having or reading.is_whole:
            key = protection if having else otherwise
            sentences.append(fill(words.get_word(f"evaluation.{key}"), names=_name(having)))
    return sentences


def _write_decision(reading: SafetyReading) -> str:
    words = reading.chapter
    decisions = [(one, part.base) for one in reading.audiences for part in one.parts if part.name == "decision"]
    hangs = [one for one, base in decisions if base is not None and base < words.get_number("decision_no")]
    if hangs:
        return fill(words.get_word("evaluation.decision"), names=_name(hangs))
    known = any(base is not None for _, base in decisions)
    return words.get_word(f"evaluation.decision_{'none' if known else 'unknown' if reading.is_whole else 'part'}")


def _read_as_learning(reading: SafetyReading) -> list[str]:
    words, least = reading.chapter, reading.known[0]
    if (least.openness or 0) >= words.get_number("open_enough"):
        sentences = [fill(words.get_word("learning.all_open"), score=format_score(least.openness))]
    else:
        # What follows says the lift, where there is one.
        lift = [] if least.best is not None else [_write_lift(reading, least)]
        sentences = [_write_weakest(reading, least), *lift]
    return [*sentences, *(_write_said(reading, name) for name in WRITTEN)]


def _write_weakest(reading: SafetyReading, one: AudienceSafety) -> str:
    words, score = reading.chapter, format_score(one.openness)
    if (one.openness or 0) >= 1:
        return fill(words.get_word("learning.weakest_none"), audience=one.audience.name, score=score)
    detail = _write_detail(words, one.weakest[0]) if len(one.weakest) == 1 else ""
    parts = name_weakest(words, one)
    name = "weakest_bound" if one.is_upper_bound else "weakest"
    return fill(words.get_word(f"learning.{name}"), audience=one.audience.name, score=score, parts=parts, detail=detail)


def _write_detail(words: Chapter, part: PartReading) -> str:
    months = format_number(part.cell.value or 0) if isinstance(part.cell, NumberReading) else ""
    comfort = voices.word_middle(part.cell) if isinstance(part.cell, ScaleReading) else ""
    return words.get_word(f"learning.{part.name}").format(months=months, comfort=comfort)


def _write_lift(reading: SafetyReading, one: AudienceSafety) -> str:
    words = reading.chapter
    if one.best is None:
        return words.get_word("learning.lift_none") if (one.openness or 0) < 1 else ""
    enough = one.best.openness >= words.get_number("open_enough")
    return fill(
        words.get_word("learning.lift_open" if enough else "learning.lift"),
        do=words.get_word(f"do.{one.best.protection}"),
        then=format_score(one.best.openness),
        parts=name_parts(words, one.best.weakest),
    )


def _write_said(reading: SafetyReading, name: str) -> str:
    said, state = reading.words[name], find_state(reading.words[name], whole=reading.is_whole)
    key = name if state == "settled" else f"{name}_{state}"
    known, introduced = " ".join(list_known(said)[:1]), voices.introduce(said) if state == "one" else ""
    return fill(reading.chapter.get_word(f"learning.{key}"), introduced=introduced, **{name: end_sentence(known)})


def _name(found: Sequence[AudienceSafety]) -> str:
    return name_audiences([one.audience for one in found])
