"""Chapter 07 on the page: how open each audience can afford to be, what holds it down, and what would raise it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workbook.analysis.audiences.names import name_audience
from workbook.analysis.permission import NO_YES, PAYING, find_state, lay_in_order, list_known
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
from workbook.views.pieces import blocks, voices
from workbook.views.pieces.phrases import name_audiences
from workbook.views.safety.figures import (
    draw_openness,
    name_parts,
    name_weakest,
    note_held_back,
    word_band,
)


def write_headline(reading: SafetyReading, *, whole: bool = True) -> str:
    """The finding in a few words, on those who do not pay; as one voice sees it, where it rests on one.

    `whole` adds on whom voices are far apart.
    """
    words = reading.chapter
    if (state := _find_state(reading)) != "ready":
        silence = "unsure" if reading.is_answered else "unknown"
        return words.get_word(f"headline.{silence if state == 'unanswered' else state}")
    if (found := _find_finding(reading)) in ("few", "disputed"):
        names = _name([one for one in reading.audiences if one.disputed])
        return blocks.fill(words.get_word(f"headline.{found}"), audiences=names)
    headline = blocks.fill(words.get_word(f"headline.{found}"), audiences=_name(_list_least(reading)))
    if reading.lone is None and all(map(_rests_on_one, _list_least(reading))):
        part = "" if reading.is_whole else "_part"
        called = [one.audience.name for one in reading.audiences]
        headline = blocks.fill(words.get_word(f"headline.alone{part}"), headline=voices.lower_start(headline, called))
    apart = [one for one in reading.audiences if one.disputed and one not in _list_least(reading)] if whole else []
    if apart:
        headline = words.get_word("headline.apart").format(headline=headline, audiences=_name(apart))
    return voices.attribute(headline, reading.lone, [one.audience.name for one in reading.audiences])


def _find_finding(reading: SafetyReading) -> str:
    """Say how open those who do not pay can be, at the least; that all can be open takes enough of them."""
    band = reading.find_band(reading.at_risk[0].openness or 0) if reading.at_risk else "open"
    if band == "open" and not reading.evidence.is_enough:
        return "disputed" if any(one.disputed for one in reading.audiences) else "few"
    bound = "_bound" if band == "partly" and all(one.is_upper_bound for one in _list_least(reading)) else ""
    return f"{band}{bound}"


def _rests_on_one(one: AudienceSafety) -> bool:
    """Whether what holds an audience down is what one voice alone says of it."""
    return all(len(part.voices) == 1 and part.cell.agreed is None for part in one.weakest)


def _list_least(reading: SafetyReading) -> list[AudienceSafety]:
    """List those in the lowest band among those who do not pay."""
    bands = [reading.find_band(one.openness or 0) for one in reading.at_risk]
    return [one for one, band in zip(reading.at_risk, bands, strict=True) if band == bands[0]]


def write_follows(reading: SafetyReading) -> str:
    """What the commission should do first; and that it is as one voice sees it, where it is."""
    judged = reading.at_risk and _find_finding(reading) not in ("few", "disputed")
    return voices.add_caution(_write_follows(reading), reading.lone if judged else None)


def _write_follows(reading: SafetyReading) -> str:
    words = reading.chapter
    if (state := _find_state(reading)) != "ready":
        return words.get_word(f"follows.{'unanswered' if state == 'unknown' else state}")
    if (found := _find_finding(reading)) in ("few", "disputed"):
        asked = [one for one in reading.audiences if one.audience.group != PAYING]
        open_ = [one for one in asked if (bool(one.disputed) if found == "disputed" else one.is_open_ended)]
        return blocks.fill(words.get_word(f"follows.{found}"), audiences=_name(open_ or asked))
    one = reading.at_risk[0]
    if reading.find_band(one.openness or 0) == "open":
        return words.get_word("follows.open")
    audience = name_audience(one.audience)
    if one.best is None:
        name = "confirm" if one.reported else one.weakest[0].name
        said = join_words([words.get_word(f"protections.{protection}") for protection in one.reported])
        return blocks.fill(words.get_word(f"follows.{name}"), audience=audience, protections=said)
    do = words.get_word(f"do_for.{one.best.protection}").format(audience=audience)
    held = name_parts(words, one.best.weakest)
    told = {"now": word_band(reading, one.openness), "then": word_band(reading, one.best.openness)}
    return blocks.fill(words.get_word(f"follows.{_name_lift(one, told)}"), do=do, audience=audience, parts=held, **told)


def _name_lift(one: AudienceSafety, told: Mapping[str, str]) -> str:
    """Say whether a protection changes the band, only helps, or leaves another part as weak."""
    if one.best is None or one.best.openness == one.openness:
        return "lift_ties"
    if told["now"] == told["then"]:
        return "lift_some"
    return "lift_bound" if one.is_upper_bound else "lift"


def list_differences(reading: SafetyReading, *, most: int | None = None) -> blocks.Block:
    """Where voices differ on what an audience risks or what protects it, and between whom; the least open first."""
    words = reading.chapter
    rest = (one for one in reading.audiences if one not in reading.at_risk)
    ordered = (*reading.at_risk, *sorted(rest, key=lambda one: one.audience.group == PAYING))
    items = [text for one in ordered for text in _write_differences(reading, one)]
    if items:
        left = len(items) - len(items[:most])
        name = "more_one" if left == 1 else "more"
        more = blocks.fill(words.get_word(f"difference.{name}"), count=voices.write_count(left)) if left else ""
        return blocks.make_block(
            blocks.make_list(items[:most], class_="differences"), blocks.make_paragraph(more) if more else ""
        )
    most = max((len(part.voices) for one in reading.audiences for part in one.parts), default=0)
    found = "none" if most > 1 else "one" if most else _name_silence(reading)
    return blocks.make_block(blocks.make_paragraph(words.get_word(f"difference.{found}")))


def list_lifts(reading: SafetyReading) -> blocks.Block:
    """What holds each audience down and what would raise it, the least open first."""
    items = [_write_weakest(reading, one) + " " + _write_lift(reading, one) for one in reading.known]
    return blocks.make_block(
        blocks.make_list(items, class_="lifts") if items else blocks.make_paragraph(write_follows(reading))
    )


def compare_readings(reading: SafetyReading) -> blocks.Block:
    """The two readings side by side, and what follows."""
    follows = write_follows(reading)
    if _find_state(reading) != "ready":
        evaluation, learning = (reading.chapter.get_word(f"{side}.unanswered") for side in ("evaluation", "learning"))
        said = [_write_said(reading, name) for name in WRITTEN] if reading.is_answered else []
        return blocks.make_block(blocks.make_readings([evaluation], [learning, *said], follows))
    return blocks.make_block(blocks.make_readings(_read_as_evaluation(reading), _read_as_learning(reading), follows))


def read_twice(reading: SafetyReading) -> tuple[list[str], list[str]]:
    """What the chapter says as evaluation, and as learning, sentence by sentence; nothing where too little is known."""
    return (_read_as_evaluation(reading), _read_as_learning(reading)) if _find_state(reading) == "ready" else ([], [])


def summarise(reading: SafetyReading) -> blocks.Block:
    """The chapter's section of the summary."""
    words = reading.chapter
    if _find_state(reading) != "ready":
        protected = _write_protected(reading)
        # What people said of it is read, even where nobody's openness is known.
        said = any(list_known(words) for words in reading.words.values())
        return blocks.make_section(
            "safety",
            write_headline(reading),
            note_held_back(reading),
            blocks.make_paragraph(protected) if protected else "",
            compare_readings(reading) if said else blocks.make_paragraph(write_follows(reading), "follows"),
        )
    part = "" if reading.is_whole else f" {words.get_word('figure.subtitle_part')}"
    several = max(len(p.voices) for one in reading.audiences for p in one.parts) > 1
    return blocks.make_section(
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
    in_place = [
        blocks.fill(
            words.get_word("notes.in_place"), audience=name_audience(one.audience), protections=join_words(names)
        )
        for one, names in found
        if names
    ]
    return " ".join([*in_place, *_write_reported(reading)])


def _find_state(reading: SafetyReading) -> str:
    """Whether there is something to read, and if not why: no audiences, not answered, held back."""
    if not reading.audiences:
        return "no_audiences"
    if all(one.audience.group == PAYING for one in reading.audiences):
        return "paying_only"
    if reading.known or any(one.disputed for one in reading.audiences):
        return "ready"
    if reading.is_whole:
        return "unanswered"
    if any(part.cell.withheld for one in reading.audiences for part in one.parts if part.name != "time"):
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
            found.append(blocks.fill(words.get_word("difference.scale"), audience=name, whether=whether, sides=sides))
    for protection, cell in one.protections.items():
        if cell.differs:
            sides = voices.name_sides(lay_in_order(cell, NO_YES, {"no": "no", "yes": "yes"}))
            whether = words.get_word(f"whether.{protection}")
            found.append(blocks.fill(words.get_word("difference.scale"), audience=name, whether=whether, sides=sides))
    return found


def _find_far(words: Chapter, part: PartReading) -> ScaleReading | None:
    """Return the answers to comfort or to a pending decision where voices lie far apart, or choose otherwise."""
    if isinstance(part.cell, ScaleReading):
        return part.cell if part.cell.differs else None
    if part.name == "decision" and isinstance(part.cell, ChoiceReading):
        scale = lay_stakes(part.cell, words)
        return scale if part.cell.differs else None
    return None


def _write_months(words: Chapter, name: str, whether: str, cell: NumberReading) -> str:
    ends = {"low": cell.responses[0], "high": cell.responses[-1]}
    told = {key: format_number(response.value) for key, response in ends.items()}
    named = {f"{key}_voices": response.voice for key, response in ends.items()}
    key = "months" if all(named.values()) else "months_unnamed"
    return blocks.fill(words.get_word(f"difference.{key}"), audience=name, whether=whether, **told, **named)


def _read_as_evaluation(reading: SafetyReading) -> list[str]:
    words = reading.chapter
    low, enough = words.get_number("low_openness"), words.get_number("open_enough")
    selective, doubtful = reading.list_between(0, low), reading.list_between(low, enough)
    name = "low" if selective else "middle" if doubtful else "open" if reading.evidence.is_enough else "open_some"
    name = name if reading.known else "open_none"
    sentences = [
        blocks.fill(words.get_word(f"evaluation.{name}"), names=_name(selective or doubtful or reading.known)),
        _write_decision(reading),
    ]
    for protection, otherwise in (("unattributed", "attributed"), ("first_sight", "first_sight_none")):
        having = [one for one in reading.audiences if one.has(protection)]
        if having or reading.is_whole:
            key = protection if having else otherwise
            sentences.append(blocks.fill(words.get_word(f"evaluation.{key}"), names=_name(having)))
    return sentences


def _write_decision(reading: SafetyReading) -> str:
    words = reading.chapter
    decisions = [(one, part) for one in reading.audiences for part in one.parts if part.name == "decision"]
    free = words.get_number("decision_no")
    apart = [one for one, part in decisions if part.is_disputed]
    known = [(one, part) for one, part in decisions if part.base is not None and part.base < free]
    alone = [one for one, part in known if len(part.voices) == 1 and part.cell.agreed is None and not reading.lone]
    kept = [one for one, _ in known if one not in alone and one.has("apart")]
    hangs = [one for one, _ in known if one not in alone and one not in kept]
    most = [one for one, part in decisions if part.base is not None and part.base >= free > min(part.voices, default=1)]
    none = [one for one, part in decisions if part.base is not None and part.base >= free and one not in most]
    by_one = [one for one, part in decisions if one in none and voices.is_alone(part.cell) and not reading.lone]
    none = [one for one in none if one not in by_one]
    told = [
        blocks.fill(words.get_word(f"evaluation.{name}"), names=_name(found))
        for name, found in (
            ("decision", hangs),
            ("decision_kept", kept),
            (f"decision_one{'' if reading.is_whole else '_part'}", alone),
            ("decision_apart", apart),
            ("decision_most", most),
            ("decision_none", [] if known else none),
            (f"decision_none_one{'' if reading.is_whole else '_part'}", [] if known else by_one),
        )
        if found
    ]
    return " ".join(told) or words.get_word(f"evaluation.decision_{'unknown' if reading.is_whole else 'part'}")


def _read_as_learning(reading: SafetyReading) -> list[str]:
    words, said = reading.chapter, [_write_said(reading, name) for name in WRITTEN]
    reported = _write_reported(reading)
    if not reading.at_risk:
        apart = [one for one in reading.audiences if one.disputed]
        name = "disputed" if apart else "paying_only"
        return [blocks.fill(words.get_word(f"learning.{name}"), audiences=_name(apart)), *reported, *said]
    least = reading.at_risk[0]
    if reading.find_band(least.openness or 0) == "open":
        sentences = [blocks.fill(words.get_word("learning.all_open"), audiences=_name(reading.at_risk))]
    else:
        # What follows says the lift, where there is one.
        lift = [] if least.best is not None else [_write_lift(reading, least)]
        sentences = [_write_weakest(reading, least), *lift]
    return [*sentences, *reported, *said]


def _write_reported(reading: SafetyReading) -> list[str]:
    """Say which protections one voice alone reports: they are not counted as in place."""
    words = reading.chapter
    return [
        blocks.fill(
            words.get_word("learning.reported"),
            audience=name_audience(one.audience),
            protections=join_words([words.get_word(f"protections.{name}") for name in one.reported]),
        )
        for one in reading.audiences
        if one.reported
    ]


def _write_weakest(reading: SafetyReading, one: AudienceSafety) -> str:
    words, band = reading.chapter, word_band(reading, one.openness)
    if (one.openness or 0) >= 1:
        return blocks.fill(words.get_word("learning.weakest_none"), audience=one.audience.name, band=band)
    detail = _write_detail(words, one.weakest[0]) if len(one.weakest) == 1 else ""
    parts = name_weakest(words, one)
    name = "weakest_bound" if one.is_upper_bound else "weakest"
    return blocks.fill(
        words.get_word(f"learning.{name}"), audience=one.audience.name, band=band, parts=parts, detail=detail
    )


def _write_detail(words: Chapter, part: PartReading) -> str:
    months = _word_months(words, part.cell) if isinstance(part.cell, NumberReading) else ""
    comfort = voices.word_middle(part.cell) if isinstance(part.cell, ScaleReading) else ""
    return words.get_word(f"learning.{part.name}").format(months=months, comfort=comfort)


def _word_months(words: Chapter, cell: NumberReading) -> str:
    """The months that count, and how far the answers behind a middle run."""
    months = format_number(cell.value or 0)
    low, high = (format_number(one) for one in (cell.low or 0, cell.high or 0))
    if cell.agreed is not None or not cell.responses or low == high:
        return words.get_word("learning.months").format(months=months)
    return words.get_word("learning.months_run").format(months=months, low=low, high=high)


def _write_lift(reading: SafetyReading, one: AudienceSafety) -> str:
    words = reading.chapter
    if one.best is None:
        return words.get_word("learning.lift_none") if (one.openness or 0) < 1 and not one.reported else ""
    band = reading.find_band(one.best.openness)
    same = band == reading.find_band(one.openness or 0)
    return blocks.fill(
        words.get_word("learning.lift_some" if same else "learning.lift_open" if band == "open" else "learning.lift"),
        do=words.get_word(f"do.{one.best.protection}"),
        then=word_band(reading, one.best.openness),
        parts=name_parts(words, one.best.weakest),
    )


def _write_said(reading: SafetyReading, name: str) -> str:
    said, state = reading.words[name], find_state(reading.words[name], whole=reading.is_whole)
    key = name if state == "settled" else f"{name}_{state}"
    introduced = voices.introduce(said) if state == "one" else ""
    known = voices.quote_each(said.said) if state.startswith("several") else " ".join(list_known(said)[:1])
    return blocks.fill(
        reading.chapter.get_word(f"learning.{key}"), introduced=introduced, **{name: end_sentence(known)}
    )


def _name(found: Sequence[AudienceSafety]) -> str:
    return name_audiences([one.audience for one in found])
