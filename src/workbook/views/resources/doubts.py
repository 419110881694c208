"""Chapter 05, the doubts on the page: what the answer hangs on, what to settle first, where each figure comes from."""

from __future__ import annotations

from workbook.analysis.audiences.names import name_audience
from workbook.analysis.resources.doubts import Doubt
from workbook.analysis.resources.elicited import Input
from workbook.analysis.resources.resources import ResourcesReading, name_doubt
from workbook.analysis.resources.tradeoff import TradeOff
from workbook.charts.swings import Swing, SwingChart, draw_swings
from workbook.model.chapters import load_chapter
from workbook.model.wordings import load_wording
from workbook.theme import format_number, format_percent, join_words
from workbook.views.pieces import blocks
from workbook.views.pieces.voices import write_count
from workbook.views.resources.plan import make_columns, write_money
from workbook.views.resources.tradeoff import stand_in, tell_blocked, write_worth

_MOST_ROWS = 24
_MOST_INPUTS = 72
_MOST_SWINGS = 7


def write_tornado(reading: ResourcesReading) -> str:
    """Say which figure the worth of today's plan (or of the best split) hangs on most."""
    result, words = reading.tradeoff, reading.chapter
    if result is None:
        return tell_blocked(reading)
    unit = result.tornado.likely.today_value
    if not result.tornado.bars or unit <= 0:
        return words.get_word("tornado.none" if not result.tornado.bars else "tornado.worthless")
    bar = result.tornado.bars[0]
    low, high = (write_worth(end.today_value / unit) for end in (bar.at_low, bar.at_high))
    what = words.get_word(f"tornado.{'best' if result.today is None else 'today'}")
    figure = name_doubt(reading, bar.doubt)
    sentence = blocks.fill(words.get_word("tornado.first"), what=what, figure=figure, low=low, high=high)
    return f"{sentence} {words.get_word('tornado.mean')}" if bar.doubt.field == "mean" else sentence


def draw_tornado(reading: ResourcesReading) -> blocks.Block:
    """What each doubt by itself does to the worth of today's plan, the widest first; the table adds the best split."""
    result, words = reading.tradeoff, reading.chapter
    if result is None:
        return stand_in(reading)
    unit = result.tornado.likely.today_value
    if not result.tornado.bars or unit <= 0:
        return blocks.make_block(blocks.make_paragraph(write_tornado(reading)))
    bars = result.tornado.bars[:_MOST_SWINGS]
    title = words.get_word("figures.tornado_title")
    swings = []
    for bar in bars:
        low, high = bar.at_low.today_value / unit, bar.at_high.today_value / unit
        name = name_doubt(reading, bar.doubt, short=True)
        swings.append(Swing(name, low * 100, high * 100, write_worth(low), write_worth(high)))
    low_name, high_name = words.words["figures"]["tornado_names"]
    chart = SwingChart(tuple(swings), 100.0, words.get_word("figures.tornado_centre"), names=(low_name, high_name))
    drawing = draw_swings(chart, title=title, description=words.get_word("figures.tornado_description"))
    table = _tabulate_tornado(reading, result, unit)
    return blocks.make_block(blocks.make_figure(drawing, title, blocks.make_paragraph(write_tornado(reading)), table))


def _tabulate_tornado(reading: ResourcesReading, result: TradeOff, unit: float) -> blocks.Block:
    columns = make_columns(reading.chapter.words["columns"]["tornado"], range(1, 5))
    rows = [
        [
            name_doubt(reading, bar.doubt),
            *(write_worth(end.today_value / unit) for end in (bar.at_low, bar.at_high)),
            *(format_percent(end.best_share) if end.best_value > 0 else "–" for end in (bar.at_low, bar.at_high)),
        ]
        for bar in result.tornado.bars[:_MOST_ROWS]
    ]
    caption = _note_cut(reading.chapter.get_word("figures.tornado_table"), len(result.tornado.bars), _MOST_ROWS)
    return blocks.make_block(blocks.make_table(caption, columns, rows))


def _note_cut(caption: str, count: int, most: int) -> str:
    """Say in a caption how many rows are shown where there are more."""
    cut = load_chapter("resources").get_word("amounts.cut")
    return caption if count <= most else blocks.fill(cut, caption=caption, most=most, count=count)


def show_settling(reading: ResourcesReading) -> blocks.Block:
    """What settling each doubt first would add, largest first."""
    result, words = reading.tradeoff, reading.chapter
    if result is None:
        return stand_in(reading)
    worth = [one for one in result.settling if one.relative >= words.get_number("settle_worth")]
    if not worth:
        return blocks.make_block(blocks.make_paragraph(write_settling(reading)))
    rows = [[name_doubt(reading, one.doubt), format_percent(one.relative)] for one in worth[:_MOST_ROWS]]
    columns = make_columns(words.words["columns"]["settle"], (1,))
    caption = _note_cut(words.get_word("figures.settle_table"), len(worth), _MOST_ROWS)
    return blocks.make_block(blocks.make_paragraph(write_settling(reading)), blocks.make_table(caption, columns, rows))


def write_settling(reading: ResourcesReading) -> str:
    """Say which doubt to settle first and what that would add, or that none is worth waiting for."""
    result, words = reading.tradeoff, reading.chapter
    if result is None:
        return tell_blocked(reading)
    least = words.get_number("settle_worth")
    if not result.settling or result.settling[0].relative < least:
        return blocks.fill(words.get_word("settle.none"), least=format_percent(least))
    first = result.settling[0]
    figure, gain = name_doubt(reading, first.doubt), format_percent(first.relative)
    return blocks.fill(words.get_word("settle.first"), figure=figure, gain=gain)


def list_inputs(reading: ResourcesReading) -> blocks.Block:
    """Every figure the trade-off reckons with, and where it comes from; a default says so until somebody changes it."""
    words, inputs = reading.chapter, list(reading.elicited.inputs.values())
    columns = make_columns(words.words["columns"]["inputs"], (1, 2, 3))
    rows = [
        [
            name_doubt(reading, one.doubt),
            *(write_figure(reading, one, end) for end in (one.figure.low, one.figure.likely, one.figure.high)),
            _mark_origin(reading, one),
        ]
        for one in inputs[:_MOST_INPUTS]
    ]
    caption = _note_cut(words.get_word("figures.inputs_table"), len(inputs), _MOST_INPUTS)
    table = blocks.make_table(caption, columns, rows)
    notes = [count_defaults(reading), write_weights(reading), write_openness(reading)]
    return blocks.make_block(blocks.make_paragraph(" ".join(notes)), table)


def write_figure(reading: ResourcesReading, one: Input, value: float) -> str:
    """A figure with its unit."""
    if one.unit == "money":
        return write_money(reading, value)
    number = format_number(value * 100 if one.unit == "chance" else value, 0 if one.unit == "chance" else 1)
    return blocks.fill(reading.chapter.get_word(f"units.{one.unit}"), number=number)


def _mark_origin(reading: ResourcesReading, one: Input) -> str:
    origin = "withheld" if one.is_ours and not reading.is_whole else one.origin
    return blocks.fill(reading.chapter.get_word(f"origins.{origin}"), voices=count_voices(one.voices))


def count_voices(count: int) -> str:
    """So many voices, in words."""
    if count == 1:
        return load_wording("page").get_word("one_voice")
    return load_chapter("resources").get_word("amounts.voices").format(count=write_count(count))


def count_defaults(reading: ResourcesReading) -> str:
    """Say how many of the figures are ours."""
    words, ours = reading.chapter, reading.elicited.ours
    held, total = reading.is_held_back, len(reading.elicited.inputs)
    if not ours:
        return words.get_word("defaults_none")
    if reading.is_ours:
        return words.get_word("defaults_held" if held else "defaults_all" if len(ours) == total else "defaults_plan")
    name = f"defaults_{'one' if len(ours) == 1 else 'some'}{'_held' if held else ''}"
    count = write_count(len(ours))
    return blocks.fill(words.get_word(name), count=count[:1].upper() + count[1:], total=total)


def name_defaults(reading: ResourcesReading) -> str:
    """Name the figures that are ours, alike ones together; empty where there are none, or nothing but them."""
    words, ours = reading.chapter, reading.elicited.ours
    if not ours or reading.is_ours:
        return ""
    kinds: dict[str, list[Doubt]] = {}
    for one in ours:
        kinds.setdefault(one.doubt.field, []).append(one.doubt)
    names = "; ".join(name_asks(reading, doubts) for doubts in kinds.values())
    return blocks.fill(words.get_word("defaults_name" if len(ours) == 1 else "defaults_names"), names=names)


def _join_names(reading: ResourcesReading, names: list[str], most: int = 8) -> str:
    """Join names that may hold "and" or commas; the first few of many."""
    if len(names) > most:
        names = [*names[:most], blocks.fill(reading.chapter.get_word("more"), count=len(names) - most)]
    return "; ".join(names)


def name_asks(reading: ResourcesReading, doubts: list[Doubt]) -> str:
    """Name figures of one kind as a sentence goes on: whose the one is, or of how many audiences they are."""
    words = reading.chapter
    ask = words.get_word(f"asks.{doubts[0].field}")
    if not doubts[0].audience:
        return ask
    if len(doubts) > 1:
        return words.get_word("asks.of_many").format(ask=ask, count=write_count(len(doubts)))
    named = next(one for one in reading.facts.audiences if one.id == doubts[0].audience)
    return words.get_word("asks.of_one").format(ask=ask, audience=name_audience(named))


def name_first_asks(reading: ResourcesReading, most: int = 3) -> str:
    """Name the kinds of figure to ask for first: those of ours that move the best split most."""
    words, ours = reading.chapter, {one.doubt for one in reading.elicited.ours}
    kinds = {doubt.field for doubt in ours}
    order = [field for field in words.words["asks"]["first"] if field in kinds]
    if reading.tradeoff is not None:
        bars = sorted(reading.tradeoff.tornado.bars, key=lambda bar: (-bar.split_swing, bar.doubt))
        order = list(dict.fromkeys(bar.doubt.field for bar in bars if bar.doubt in ours)) or order
    return join_words([words.get_word(f"asks.{field}") for field in order[:most]])


def write_weights(reading: ResourcesReading) -> str:
    """Say how much each audience counts, and why."""
    return reading.chapter.get_word(f"weight_origins.{reading.weights.origin}")


def write_openness(reading: ResourcesReading) -> str:
    """Say whose uptake is lowered for want of openness or permission, and for whom nothing is known."""
    words, known = reading.chapter, reading.openness
    if not known:
        return words.get_word("openness_notes.none")
    names = {audience.id: audience.name for audience in reading.facts.audiences}
    lowered = [
        blocks.fill(words.get_word("openness_notes.lowered_one"), share=format_percent(share), audience=names[key])
        for key, share in known.items()
        if share < 1
    ]
    open_ = [name for key, name in names.items() if key not in known]
    sentences = []
    if lowered:
        sentences.append(blocks.fill(words.get_word("openness_notes.lowered"), audiences=_join_names(reading, lowered)))
    if open_:
        sentences.append(blocks.fill(words.get_word("openness_notes.some"), audiences=_join_names(reading, open_)))
    return " ".join(sentences) or words.get_word("openness_notes.full")
