"""Chapter 02 on the page: how long discovery takes by the rule, how many to ask, two readings."""

from __future__ import annotations

from markupsafe import Markup

from workbook.analysis.discovery.discovery import (
    COUNTED,
    DiscoveryReading,
    read_pair,
    round_half_up,
    round_money,
    write_weeks,
)
from workbook.analysis.discovery.rule import Amount, Line
from workbook.analysis.voices.grids import ChoiceReading
from workbook.analysis.voices.scales import ScaleReading
from workbook.charts.bars import Bar, BarChart, draw_bars
from workbook.markup import element
from workbook.model.answers import Edition, Response
from workbook.model.wordings import Wording, load_wording
from workbook.theme import end_sentence, format_money, format_number, join_words
from workbook.views.discovery.agenda import name_camps
from workbook.views.discovery.interview_count import count_interviews
from workbook.views.pieces import blocks, voices

UNJUDGED = ("few", "unknown", "withheld")
"""What is no verdict, and so nobody's."""
RULE_COLUMN = 2
"""The place of the rule among the columns of the table of weeks."""


def write_headline(reading: DiscoveryReading) -> str:
    """The finding in a few words."""
    name: str = "hidden" if reading.pattern == "plain" and reading.rescope is None else reading.pattern
    if name == "unknown":
        name = _name_unknown(reading)
    headline = blocks.fill(reading.chapter.get_word(f"headline.{name}"), weeks=write_weeks(reading))
    return headline if reading.pattern in UNJUDGED else voices.attribute(headline, reading.lone)


def _name_unknown(reading: DiscoveryReading) -> str:
    """Say why nothing is known: nobody knows enough, nobody answered, or this edition shows none of it."""
    if voices.is_unsure(reading.cells) or reading.limits.state != "missing":
        return "unsure"
    return "unknown" if reading.edition == Edition.PRIVATE else "part"


def write_follows(reading: DiscoveryReading) -> str:
    """What follows; and that it rests on one voice, where it does."""
    missing = _write_about(reading, reading.missing)
    words, judged = reading.chapter, reading.pattern not in UNJUDGED
    name = "few_shown" if reading.pattern == "few" and reading.edition != Edition.PRIVATE else str(reading.pattern)
    if name == "long" and reading.is_alone:
        name = "long_alone"
    if name == "unknown" and _name_unknown(reading) == "part":
        name = "part"
    open_ = join_words([words.get_word(f"open_lines.{line.name}") for line in reading.needed])
    told = [blocks.fill(words.get_word(f"follows.{name}"), weeks=write_weeks(reading), missing=missing, open=open_)]
    if reading.is_answered and reading.is_power_unequal:
        told.append(
            words.get_word("follows.power_disputed" if reading.scales["power"].is_disputed else "follows.power")
        )
    return voices.add_caution(" ".join(told), reading.lone if judged else None)


def list_differences(reading: DiscoveryReading) -> blocks.Block:
    """Where voices differ on the questions of this chapter, and between whom."""
    words = reading.chapter
    if not reading.is_answered:
        return blocks.make_block(
            _note_held_back(reading) or blocks.make_paragraph(words.get_word("differences.missing"))
        )
    if not reading.differences:
        return blocks.make_block(blocks.make_paragraph(words.get_word("differences.none")))
    items = [_write_difference(reading, name) for name in reading.differences]
    return blocks.make_block(blocks.make_list(items, class_="differences"))


def draw_weeks(reading: DiscoveryReading) -> blocks.Block:
    """What each answer adds to discovery, as bars, and the rule as a table."""
    words = reading.chapter
    bars = tuple(
        Bar(words.get_word(f"lines.{line.name}"), line.high, _write_pair(line.low, line.high), line.low)
        for line in reading.lines
        if not line.left_out
    )
    title = words.get_word("figure.title")
    drawing = draw_bars(
        BarChart(bars, names=tuple(words.words["figure"]["names"])),
        title=title,
        description=words.get_word("figure.description"),
    )
    return blocks.make_block(blocks.make_figure(drawing, title, show_weeks(reading)))


def show_weeks(reading: DiscoveryReading, *, rule: bool = True) -> blocks.Block:
    """What each answer is, what it adds, and the sum; with the rule itself, unless `rule` is False."""
    words = reading.chapter
    names = words.words["table"]["columns"]
    shown = [place for place in range(len(names)) if rule or place != RULE_COLUMN]
    columns = [blocks.TableColumn(names[place], number=place == len(names) - 1) for place in shown]
    whole = [words.get_word("lines.total"), "", "", _write_pair(*reading.weeks)]
    total = [whole[place] for place in shown]
    rows = [[row[place] for place in shown] for row in (_make_row(reading, line) for line in reading.lines)]
    thin = reading.is_thinly_known
    table = blocks.make_table(words.get_word("table.title"), columns, rows, total=None if thin else total)
    few = blocks.make_paragraph(_write_thin(reading), "note") if thin else ""
    return blocks.make_block(table, _note_partners(reading), few or _note_unknown(reading))


def show_money(reading: DiscoveryReading) -> blocks.Block:
    """The share of the money by the rule, beside what the plan sets aside."""
    words = reading.chapter
    if reading.is_thinly_known:
        return blocks.make_block(blocks.make_paragraph(f"{_write_thin(reading)} {_write_planned(reading)}"))
    low, high = (format_number(share, 1) for share in reading.share)
    base, week = (format_number(words.get_number(name), 2) for name in ("share_base", "share_week"))
    sentences = [blocks.fill(words.get_word("money.rule"), base=base, week=week, low=low, high=high)]
    if reading.money and reading.total:
        least, most = (_write_about(reading, sum_) for sum_ in reading.money)
        sentences.append(
            blocks.fill(
                words.get_word(f"money.{'sum_most' if reading.is_most else 'sum'}"),
                budget=_write_money(reading, reading.total),
                low=least,
                high=most,
            )
        )
    return blocks.make_block(blocks.make_paragraph(" ".join([*sentences, _write_planned(reading)])))


def compare_readings(reading: DiscoveryReading) -> blocks.Block:
    """The two readings side by side, and what follows."""
    if not reading.is_answered:
        return blocks.make_block(blocks.make_paragraph(write_follows(reading), "follows"))
    return blocks.make_block(
        blocks.make_readings(_read_as_evaluation(reading), _read_as_learning(reading), write_follows(reading))
    )


def read_twice(reading: DiscoveryReading) -> tuple[list[str], list[str]]:
    """What the chapter says as evaluation, and as learning, sentence by sentence; nothing where it is not answered."""
    return (_read_as_evaluation(reading), _read_as_learning(reading)) if reading.is_answered else ([], [])


def summarise(reading: DiscoveryReading) -> blocks.Block:
    """The chapter's section of the summary; the agenda has a section of its own."""
    words = reading.chapter
    if not reading.is_answered:
        return blocks.make_section(
            "discovery", write_headline(reading), _note_held_back(reading), compare_readings(reading)
        )
    asked = any(one.origin in ("agreed", "voices") for one in reading.interviews.inputs.values())
    if reading.is_thinly_known:
        return blocks.make_section(
            "discovery",
            write_headline(reading),
            _note_held_back(reading),
            _list_counted(reading),
            *([element("h3", words.get_word("interviews.title")), count_interviews(reading)] if asked else ()),
            compare_readings(reading),
        )
    several = reading.voices > 1
    return blocks.make_section(
        "discovery",
        write_headline(reading),
        element("h3", words.get_word("differences.heading")) if several else "",
        list_differences(reading) if several else "",
        _note_held_back(reading),
        show_weeks(reading, rule=False),
        show_money(reading),
        element("h3", words.get_word("interviews.title")) if asked else "",
        count_interviews(reading) if asked else "",
        compare_readings(reading),
        subtitle=words.get_word("figure.subtitle"),
    )


def _list_counted(reading: DiscoveryReading) -> Markup | str:
    """Say which answers are known, where they are too few for a number of weeks."""
    words = reading.chapter
    counted = [one for one in reading.lines if one.known and one.name != "base" and one not in reading.needed]
    told = [f"{words.get_word(f'lines.{one.name}')}: {_word_answer(reading, one)}" for one in counted]
    return blocks.make_paragraph(blocks.fill(words.get_word("thin.known"), known="; ".join(told))) if told else ""


def _write_thin(reading: DiscoveryReading) -> str:
    """Say how little the range rests on, where most of it is not known."""
    words = reading.chapter
    return blocks.fill(
        words.get_word(f"thin.{'private' if reading.edition == Edition.PRIVATE else 'part'}"),
        known=voices.write_count(reading.evidence.settled),
        total=voices.write_count(reading.evidence.total),
    )


def _read_as_evaluation(reading: DiscoveryReading) -> list[str]:
    words = reading.chapter
    low, high = (format_number(share, 1) for share in reading.share)
    weeks = blocks.fill(words.get_word("evaluation.weeks"), weeks=write_weeks(reading), low=low, high=high)
    sentences = [
        _write_thin(reading) if reading.is_thinly_known else weeks,
        _word_rating(reading, "evaluation", "clarity"),
        _mark_alone(reading, words.get_word(f"evaluation.rescope_{_find_rescope(reading)}")),
    ]
    if reading.missing and reading.money:
        planned, least = _write_money(reading, reading.planned or 0.0), _write_about(reading, reading.money[0])
        sentences.append(blocks.fill(words.get_word("evaluation.thin"), planned=planned, low=least))
    return sentences


def _read_as_learning(reading: DiscoveryReading) -> list[str]:
    rated = [_word_rating(reading, "learning", name) for name in ("aims", "understanding", "power")]
    return [*rated, _write_rescope(reading)]


def _write_rescope(reading: DiscoveryReading) -> str:
    words = reading.chapter
    sentence = _mark_alone(reading, words.get_word(f"learning.rescope_{_find_rescope(reading)}"))
    if reading.rescope != "limits":
        return sentence
    if reading.limits.settled:
        return (
            f"{sentence} {blocks.fill(words.get_word('learning.limits'), limits=end_sentence(reading.limits.settled))}"
        )
    if reading.limits.state == "one":
        told = {"introduced": voices.introduce(reading.limits), "limits": end_sentence(reading.limits.said[0].value)}
        return f"{sentence} {blocks.fill(words.get_word('learning.limits_one'), **told)}"
    written = reading.limits.state != "missing" or reading.limits.withheld or reading.edition != Edition.PRIVATE
    return sentence if written else f"{sentence} {words.get_word('learning.limits_missing')}"


def _mark_alone(reading: DiscoveryReading, sentence: str) -> str:
    """Mark what one voice alone says of the scope, where no caution under the chapter does."""
    if reading.rescope is None or (reading.lone is not None and reading.pattern not in UNJUDGED):
        return sentence
    return voices.mark_alone(sentence, reading.choices["rescope"], whole=reading.edition == Edition.PRIVATE)


def _find_rescope(reading: DiscoveryReading) -> str:
    return reading.rescope or ("hidden" if reading.rescope_hidden else "unknown")


def _word_rating(reading: DiscoveryReading, side: str, name: str) -> str:
    """Word one rating: which side of the boundary it is on, or that it is not known."""
    words, scale = reading.chapter, reading.scales[name]
    if scale.is_disputed:
        return blocks.fill(words.get_word(f"{side}.{'agree' if name == 'understanding' else name}_disputed"))
    if scale.value is None:
        known = reading.edition == Edition.PRIVATE or scale.unsure or scale.agreed_unsure
        state = "unknown" if known else "hidden"
        return words.get_word(f"{side}.{'agree' if name == 'understanding' else name}_{state}")
    apart = words.get_number("apart")
    if name in ("aims", "power"):
        found = f"{name}_{'apart' if scale.value >= apart else 'near'}"
    else:
        found = f"{'agree' if name == 'understanding' else name}_{'weak' if scale.value <= apart else 'good'}"
    return blocks.fill(words.get_word(f"{side}.{found}"), answer=_word_scale(words, scale))


def _word_scale(words: Wording, scale: ScaleReading) -> str:
    """Word the answer to reckon with, and whether it was agreed, is the only one or the middle of several."""
    value = scale.value or 0.0
    labels = [scale.steps[step].lower() for step in sorted({int(value), -int(-value // 1)})]
    kind = "agreed" if scale.agreed is not None else "only" if len(scale.responses) == 1 else "middle"
    template = words.get_word(f"answers.{kind}" if len(labels) == 1 else "answers.between")
    return template.format(first=labels[0], last=labels[-1])


def _write_difference(reading: DiscoveryReading, name: str) -> str:
    question = next(one for one in reading.chapter.questions if one.id == f"discovery.{name}")
    if name in reading.scales:
        sides = voices.name_sides(reading.scales[name])
    else:
        sides = name_camps(_list_camps(reading, reading.choices[name]))
    return blocks.fill(reading.chapter.get_word("differences.choice"), question=question.text, sides=sides)


def _list_camps(reading: DiscoveryReading, choice: ChoiceReading) -> tuple[tuple[str, tuple[Response, ...]], ...]:
    labels = _label_options(reading, choice)
    return tuple((labels[option], choice.list_for(option)) for option in choice.chosen)


def _label_options(reading: DiscoveryReading, choice: ChoiceReading) -> dict[str, str]:
    question = next(one for one in reading.chapter.questions if one.id == choice.question)
    return {option.id: option.label for option in getattr(question, "options", ())}


def _make_row(reading: DiscoveryReading, line: Line) -> list[str]:
    words = reading.chapter
    weeks = "–" if line.left_out else _write_pair(line.low, line.high)
    return [words.get_word(f"lines.{line.name}"), _word_answer(reading, line), _word_rule(reading, line), weeks]


def _word_answer(reading: DiscoveryReading, line: Line) -> str:
    words = reading.chapter
    if line.name == "base":
        return "–"
    if not line.known:
        missing = _word_missing(reading, line)
        return words.get_word("table.left_out").format(missing=missing) if line.left_out else missing
    if line.name == "places":
        return words.get_word("units.places").format(value=reading.places)
    if line.name in COUNTED:
        return _word_amount(reading, line.name, reading.amounts[line.name])
    if line.name in reading.scales:
        return voices.word_middle_and_left(reading.scales[line.name])
    before = reading.choices["before"]
    labels = _label_options(reading, before)
    if before.agreed:
        return f"{labels[before.agreed].lower()} ({words.get_word('origins.agreed')})"
    quoted = load_wording("voices").get_word("quoted")
    told = join_words([quoted.format(label=labels[option]) for option in before.chosen], _word_or())
    return voices.add_left(told, before)


def _word_missing(reading: DiscoveryReading, line: Line) -> str:
    """Say why a line of the rule has no answer, and how many do not know or have not said."""
    if line.name in reading.scales:
        return voices.word_middle_and_left(reading.scales[line.name])
    cell = reading.amounts[line.name].number if line.name in reading.amounts else reading.choices[line.name]
    return voices.add_left(voices.word_missing(cell), cell)


def _word_amount(reading: DiscoveryReading, name: str, amount: Amount) -> str:
    words, value = reading.chapter, round_half_up(amount.value or 0)
    unit = words.get_word(f"units.{name}_one" if name == "months" and value == 1 else f"units.{name}")
    if name == "partners" and amount.origin == "facts":
        return words.get_word("units.partners_named").format(value=value)
    one = "_one" if amount.origin == "voices" and len(amount.number.responses) == 1 else ""
    origin = words.get_word(f"origins.{amount.origin}{one}")
    left = voices.list_left(amount.number) if amount.origin == "voices" else []
    if name == "months" and amount.origin == "facts" and reading.length:
        return f"{reading.length} ({origin})"  # "up to three years" is no number of months
    return f"{unit.format(value=value)} ({'; '.join([origin, *left])})"


def _word_rule(reading: DiscoveryReading, line: Line) -> str:
    words = reading.chapter
    template = words.get_word(f"rules.{line.name}")
    if line.name == "before":
        pairs = [read_pair(words, f"weeks_before_{option}") for option in ("some", "none")]
        (low, high), (none_low, none_high) = (tuple(format_number(n, 2) for n in pair) for pair in pairs)
        return template.format(low=low, high=high, none_low=none_low, none_high=none_high)
    low, high = (format_number(number, 2) for number in read_pair(words, f"weeks_{line.name}"))
    return template.format(low=low, high=high)


def _word_or() -> str:
    return load_wording("page").get_word("or")


def _write_pair(low: float, high: float) -> str:
    """A range of weeks to a tenth."""
    first, last = (format_number(number, 1) for number in (low, high))
    return first if first == last else load_wording("page").get_word("to").format(low=first, high=last)


def _write_planned(reading: DiscoveryReading) -> str:
    words, planned = reading.chapter, reading.planned
    if planned is None or not reading.total:
        return words.get_word("money.no_plan")
    if not planned:
        return words.get_word("money.planned_nothing")
    share = format_number(planned / reading.total * 100, 1)
    return blocks.fill(words.get_word("money.planned"), planned=_write_money(reading, planned), share=share)


def _write_money(reading: DiscoveryReading, amount: float) -> str:
    return format_money(round(amount), reading.currency)


def _write_about(reading: DiscoveryReading, amount: float) -> str:
    """An amount that the rule gives, no finer than the rule is."""
    return _write_money(reading, round_money(amount))


def _note_partners(reading: DiscoveryReading) -> Markup:
    """Say that organisations which the facts name are not all of them, where others do the work."""
    doers = any(audience.group == "delivery" for audience in reading.audiences)
    if reading.amounts["partners"].origin != "facts" or not doers:
        return Markup("")
    low, high = (format_number(weeks, 2) for weeks in read_pair(reading.chapter, "weeks_partners"))
    return blocks.make_paragraph(blocks.fill(reading.chapter.get_word("table.partners"), low=low, high=high), "note")


def _note_unknown(reading: DiscoveryReading) -> Markup:
    """Say how many answers widen the range because they are not known."""
    count = sum(not line.known and not line.left_out for line in reading.lines)
    if not count:
        return Markup("")
    name = "wide_one" if count == 1 else "wide"
    text = blocks.fill(reading.chapter.get_word(f"table.{name}"), count=voices.write_count(count))
    return blocks.make_paragraph(text, "note")


def _note_held_back(reading: DiscoveryReading) -> Markup:
    return voices.note_held_back(reading.withheld, reading.minimum_group)
