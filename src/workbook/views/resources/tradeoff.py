"""Chapter 05, the trade-off on the page: the curve over splits, the four corners, and plans side by side."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from workbook.analysis.resources.resources import ResourcesReading, name_doubt
from workbook.analysis.resources.tradeoff import PlanWorth, TradeOff
from workbook.charts.bars import Bar, BarChart, draw_bars
from workbook.charts.corners import Corner, CornerChart, draw_corners
from workbook.charts.lines import Band, Curve, LineChart, Position, Region, draw_lines
from workbook.markup import element
from workbook.model.chapters import Chapter, load_chapter
from workbook.model.wordings import load_wording
from workbook.theme import format_number, format_percent
from workbook.views.pieces import blocks
from workbook.views.resources.plan import make_columns, write_about, write_money, write_today

_EVERY = 10


def write_worth(worth: float) -> str:
    """A worth whose best is 1, as a whole number of 100; "under 1" where that would round to none."""
    tiny = 0 < worth < 0.005
    return load_chapter("resources").get_word("amounts.tiny_worth") if tiny else format_number(worth * 100, 0)


def write_people(people: float) -> str:
    """People of ten, to one decimal."""
    tiny = 0 < people < 0.05
    return load_chapter("resources").get_word("amounts.tiny_people") if tiny else format_number(people)


def write_cases(chance: float) -> str:
    """A chance as so many of 100, never rounded to none or to all."""
    if 0 < chance < 0.005:
        return load_chapter("resources").get_word("amounts.few_cases")
    if 0.995 <= chance < 1:
        return load_chapter("resources").get_word("amounts.most_cases")
    return format_number(chance * 100, 0)


def write_range(low: str, high: str) -> str:
    """Two ends in words."""
    return load_wording("page").get_word("to").format(low=low, high=high)


def tell_blocked(reading: ResourcesReading) -> str:
    """Say why no split can be valued."""
    words, inputs = reading.chapter, reading.elicited.inputs
    doubt, filled = reading.blocked_doubt, {}
    if reading.blocked == "crossed" and doubt:
        audience = next(one.name for one in reading.facts.audiences if one.id == doubt.audience)
        support = inputs[doubt._replace(field="ceiling")].figure.likely
        numbers = {"baseline": format_number(inputs[doubt].figure.likely), "ceiling": format_number(support)}
        filled = {"audience": audience, **numbers}
    elif reading.blocked == "free" and doubt:
        filled = {"figure": name_doubt(reading, doubt)}
    elif reading.blocked == "too_dear" and doubt:
        unit, setup = inputs[doubt].figure.likely, inputs[doubt._replace(field="setup")].figure.likely
        amounts = {"unit": unit, "setup": setup, "money": reading.money}
        filled = {name: write_money(reading, value) for name, value in amounts.items()}
    elif reading.blocked == "top_heavy" and reading.plan:
        top, budget = reading.plan.cost_of_side("top"), reading.budget or 0.0
        filled = {"top": write_money(reading, top), "budget": write_money(reading, budget)}
    return blocks.fill(words.get_word(f"blocked.{reading.blocked}"), **filled)


def stand_in(reading: ResourcesReading) -> blocks.Block:
    """What stands where a figure would, when no split can be valued."""
    return blocks.make_block(blocks.make_paragraph(tell_blocked(reading), "held-back"))


def draw_curve(reading: ResourcesReading, *, short: bool = False) -> blocks.Block:
    """What each split is expected to do, today's plan, the range nearly as good, and what the model leaves out.

    The `short` table has four columns.
    """
    if reading.tradeoff is None:
        return stand_in(reading)
    title = reading.chapter.get_word("figures.curve_title")
    figure = blocks.make_figure(draw_curve_alone(reading), title, tabulate_curve(reading, short=short))
    return blocks.make_block(figure, list_simplifications(reading))


def draw_curve_alone(reading: ResourcesReading) -> Markup:
    """The drawing without its table; nothing where no split can be valued."""
    result, words = reading.tradeoff, reading.chapter
    if result is None:
        return Markup("")
    ends = write_range(*(write_about(reading, share * result.money) for share in result.near))
    region = f"{words.get_word('figures.curve_region')}: {ends}"
    title = words.get_word("figures.curve_title")
    drawing = draw_lines(
        LineChart(
            curves=_make_curves(words, result),
            band=_make_band(words, result),
            region=Region(region, *result.near),
            positions=tuple(_make_positions(reading, result)),
            x_name=f"{words.get_word('figures.curve_x')}, of {write_money(reading, result.money)}",
            y_name=words.get_word("figures.curve_y"),
            format_x=format_percent,
        ),
        title=title,
        description=blocks.fill(words.get_word("figures.curve_description"), finding=f"{region}."),
    )
    return blocks.let_scroll(drawing, title)


def tabulate_curve(reading: ResourcesReading, *, short: bool) -> blocks.Block:
    """The points of the curve that have a name, as a table; the `short` one has four columns."""
    result = reading.tradeoff
    if result is None:
        return blocks.make_block()
    low, high = result.near
    shares = sorted({0.0, *([] if result.today is None else [result.today]), low, result.draws.best_share, high, 1.0})
    return _tabulate_curve(reading, result, shares, short=short)


def list_simplifications(reading: ResourcesReading) -> blocks.Block:
    """What the model leaves out, in plain words."""
    words = reading.chapter.words["simplified"]
    return blocks.make_block(element("h3", words["title"]), blocks.make_list(words["points"]))


def _pick(result: TradeOff) -> list[int]:
    """Positions of the curve that are drawn: every fifth, and those that are named."""
    choice = result.draws.choice
    return sorted({*range(0, result.draws.shares.size, _EVERY), choice.best, choice.low, choice.high})


def _make_curves(words: Chapter, result: TradeOff) -> tuple[Curve, Curve]:
    shares, values = result.draws.shares, result.draws.values
    mean, median = (
        tuple((float(shares[k]), float(line[k]) / result.reference * 100) for k in _pick(result))
        for line in (values.mean, values.median)
    )
    return (
        Curve(words.get_word("figures.curve_mean"), mean),
        Curve(words.get_word("figures.curve_median"), median, hue="quiet", pattern="dashed"),
    )


def _make_band(words: Chapter, result: TradeOff) -> Band:
    shares, values, unit = result.draws.shares, result.draws.values, result.reference / 100
    points = tuple((float(shares[k]), float(values.low[k]) / unit, float(values.high[k]) / unit) for k in _pick(result))
    return Band(words.get_word("figures.curve_band"), points)


def _make_positions(reading: ResourcesReading, result: TradeOff) -> list[Position]:
    words, best = reading.chapter, result.draws.best_share
    found = [Position(f"{words.get_word('figures.best')} {write_about(reading, best * result.money)}", best, "best")]
    if result.today is not None:
        today = write_today(reading, result.today * result.money)
        found.append(Position(f"{words.get_word('figures.today')} {today}", result.today, "today"))
    return found


def _tabulate_curve(
    reading: ResourcesReading, result: TradeOff, shares: Sequence[float], *, short: bool
) -> blocks.Block:
    words = reading.chapter
    ends = {0.0: "all_data", 1.0: "all_use", result.near[0]: "begins", result.near[1]: "ends"}
    names = {**ends, result.draws.best_share: "best", **({} if result.today is None else {result.today: "today"})}
    draws, unit = result.draws, result.reference
    rows = []
    for share in shares:
        place = min(range(draws.shares.size), key=lambda k: abs(draws.shares[k] - share))
        is_today = share == result.today and bool(draws.plans)
        mean = draws.plans[0].mean if is_today else float(draws.values.mean[place])
        spend = share * result.money
        name = words.get_word(f"rows.{names[share]}")
        amount = (write_today if is_today else write_money if share in (0, 1) else write_about)(reading, spend)
        whole = blocks.fill(words.get_word("amounts.row"), name=name, amount=amount)
        brought = [
            format_number(result.responses_at(result.money - spend)[1], 0),
            write_people(result.people_at(spend)),
            write_worth(mean / unit),
        ]
        # On a phone the last columns lie off the screen, so the short table begins with what decides.
        rows.append([whole, *reversed(brought)] if short else [name, amount, format_percent(share), *brought])
    columns = make_columns(words.words["columns"]["curve_short" if short else "curve"], range(1, 4 if short else 6))
    return blocks.make_block(blocks.make_table(words.get_word("figures.curve_table"), columns, rows))


def write_corners(reading: ResourcesReading) -> str:
    """Say which of knowing and using is the bottleneck, in numbers of which 100 is both at their best."""
    result, words = reading.tradeoff, reading.chapter
    if result is None:
        return tell_blocked(reading)
    whole = result.corners.d
    a, b, c = (write_worth(value / whole) for value in (result.corners.a, result.corners.b, result.corners.c))
    base = words.get_word("corners.base_open" if result.today is None else "corners.base")
    parts = [blocks.fill(base, a=a), blocks.fill(words.get_word(f"corners.{find_bottleneck(result)}"), b=b, c=c)]
    spend = None if result.today is None else write_today(reading, result.today * result.money)
    note = "today_note" if spend else "open_note"
    return " ".join([*parts, blocks.fill(words.get_word(f"corners.{note}"), use=spend)])


def find_bottleneck(result: TradeOff) -> str:
    """Name what holds back most: using, knowing, coin (nothing is known yet), or equal (within a twentieth)."""
    corners = result.corners
    if corners.b == 0:
        return "coin"
    if abs(corners.b - corners.c) <= max(corners.b, corners.c) / 20:
        return "equal"
    return "using" if corners.b > corners.c else "knowing"


def draw_corners_of(reading: ResourcesReading) -> blocks.Block:
    """The four corners, and what they say in words."""
    result, words = reading.tradeoff, reading.chapter
    if result is None:
        return stand_in(reading)
    corners = result.corners
    values = [value / corners.d for value in (corners.a, corners.b, corners.c, corners.d)]
    a, b, c, d = values
    (left, right), (upper, lower) = (tuple(words.words["figures"][f"corners_{part}"]) for part in ("columns", "rows"))
    title, finding = words.get_word("figures.corners_title"), write_corners(reading)
    steps = [("using", b - a), ("using", d - c), ("knowing", c - a), ("knowing", d - b)]
    drawing = draw_corners(
        CornerChart(
            corners=tuple(Corner(value, write_worth(value)) for value in values),  # type: ignore[arg-type]
            columns=(left, right),
            rows=(upper, lower),
            steps=tuple(  # type: ignore[arg-type]
                blocks.fill(words.get_word(f"corners.step_{way}"), step=write_worth(max(step, 0.0)))
                for way, step in steps
            ),
        ),
        title=title,
        description=blocks.fill(words.get_word("figures.corners_description"), finding=finding),
    )
    rows = [[upper, write_worth(a), write_worth(b)], [lower, write_worth(c), write_worth(d)]]
    columns = [blocks.TableColumn(""), blocks.TableColumn(left, number=True), blocks.TableColumn(right, number=True)]
    table = blocks.make_table(words.get_word("figures.corners_table"), columns, rows)
    return blocks.make_block(blocks.make_figure(drawing, title, table), blocks.make_paragraph(finding))


def compare_plans(reading: ResourcesReading) -> blocks.Block:
    """The commissioner's own plans side by side, as figure and as table, each with the money it has itself."""
    result, words = reading.tradeoff, reading.chapter
    if result is None:
        return stand_in(reading)
    if not result.plans:
        return blocks.make_block(blocks.make_paragraph(words.get_word("plans.none")))
    title = words.get_word("figures.plans_title")
    bars = tuple(Bar(one.plan.name, one.mean, write_worth(one.mean)) for one in result.plans)
    drawing = draw_bars(BarChart(bars), title=title, description=words.get_word("figures.plans_description"))
    columns = make_columns(words.words["columns"]["plans"], range(1, 10))
    rows = [_make_plan_row(reading, result, one) for one in result.plans]
    table = blocks.make_table(words.get_word("figures.plans_table"), columns, rows)
    return blocks.make_block(blocks.make_paragraph(write_plans(reading)), blocks.make_figure(drawing, title, table))


def _make_plan_row(reading: ResourcesReading, result: TradeOff, one: PlanWorth) -> list[str]:
    data, use = one.plan.cost_of_side("data"), one.plan.cost_of_side("use")
    over = one.plan.over or 0.0
    balance = "even" if over == 0 else "over" if over > 0 else "under"
    return [
        one.plan.name,
        write_money(reading, one.plan.total),
        reading.chapter.get_word(f"amounts.{balance}").format(amount=write_money(reading, abs(over))),
        write_money(reading, data),
        write_money(reading, use),
        format_percent(one.plan.use_share or 0.0),
        format_number(result.responses_at(data)[1], 0),
        write_people(result.people_at(use)),
        write_worth(one.mean),
        write_range(write_worth(one.low), write_worth(one.high)),
    ]


def write_plans(reading: ResourcesReading) -> str:
    """Say which plan is worth most, and whether that one keeps to the budget."""
    result, words = reading.tradeoff, reading.chapter
    if result is None or not result.plans:
        return words.get_word("plans.none")
    if len(result.plans) == 1:
        only = result.plans[0]
        return blocks.fill(words.get_word("plans.one"), plan=only.plan.name, worth=write_worth(only.mean))
    ranked = sorted(result.plans, key=lambda one: -one.mean)
    first, second = ranked[:2]
    if first.mean == 0:
        return words.get_word("plans.worthless")
    if second.mean >= first.mean * 0.95:
        costs = [write_money(reading, one.plan.total) for one in (first, second)]
        names = {"first": first.plan.name, "second": second.plan.name}
        return blocks.fill(words.get_word("plans.close"), first_cost=costs[0], second_cost=costs[1], **names)
    over = (first.plan.over or 0.0) > 0
    sentence = blocks.fill(
        words.get_word("plans.first"),
        first=first.plan.name,
        worth=write_worth(first.mean),
        second=second.plan.name,
        next=write_worth(second.mean),
        chance=write_cases(first.chance_first),
    )
    return f"{sentence} {words.get_word('plans.over')}" if over else sentence
