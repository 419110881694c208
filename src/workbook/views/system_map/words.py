"""What the map of chapter 09 says in sentences: links, loops, guesses, differences, the two readings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from markupsafe import Markup

from workbook.analysis.system_map.system_map import Loop, SystemMapReading, describe_sign, strip_article, word_link
from workbook.analysis.system_map.tables import SURENESS, Claim, Factor, Link
from workbook.markup import element, join
from workbook.model.wordings import load_wording
from workbook.theme import end_sentence, join_words
from workbook.views.pieces import blocks, voices
from workbook.views.pieces.naming import name_some

MOST_LEVERS = 6


def write_headline(reading: SystemMapReading) -> str:
    """The finding in a few words."""
    words, loops = reading.chapter, len(reading.loops)
    guessed = sum(loop.certainty == "guessed" for loop in reading.loops)
    counts = {"loops": _count(loops), "guessed": _count(guessed), "links": _count(len(reading.links))}
    if reading.state != "map":
        name = name_state(reading)
    elif reading.is_small:
        name = "small_one" if len(reading.links) == 1 else "small"
    elif len(reading.list_by("tested")) == len(reading.links):
        name = "tested"
    elif reading.more_loops:
        name, counts = "many", {"loops": str(loops)}
    elif not loops:
        name = _choose_without_loops(reading)
        counts["guessed"] = _count(len(reading.guesses))
    elif guessed:
        name = "loops_guess_one" if loops == 1 else "loops_guess_all" if guessed == loops else "loops_guess"
    else:
        name = "loops_one" if loops == 1 else "loops"
    return blocks.fill(words.get_word(f"headline.{name}"), all=voices.write_all(loops), **counts)


def name_state(reading: SystemMapReading) -> str:
    """Name the words for a map without links: why there is none, or why its factors have no links."""
    if reading.state != "no_links" or reading.links_lacking == "silent":
        return reading.state
    return f"no_links_{reading.links_lacking}"


def _choose_without_loops(reading: SystemMapReading) -> str:
    guesses = len(reading.guesses)
    return "line" if not guesses else "guess_one" if guesses == 1 else "guess"


def write_follows(reading: SystemMapReading) -> str:
    """What follows; and that it rests on one voice, where it does."""
    return voices.add_caution(_write_follows(reading), reading.lone if reading.state == "map" else None)


def _write_follows(reading: SystemMapReading) -> str:
    words = reading.chapter
    if reading.state != "map":
        return words.get_word(f"follows.{name_state(reading)}")
    if reading.guesses:
        link = reading.guesses[0]
        whom = words.get_word(f"agenda.whom_short.{link.source.kind}")
        name = "guess_open" if link.sign == "open" or link.is_disputed else "guess"
        return blocks.fill(words.get_word(f"follows.{name}"), whom=whom, **_name_ends(link, reading))
    tested = len(reading.list_by("tested")) == len(reading.links)
    name = "tested" if tested else "believed"
    if reading.goal is None:
        hidden = reading.goal_lacking in ("withheld", "not_here") and not reading.goals_named
        return words.get_word(f"follows.{name}_{'shown' if hidden else 'plain'}")
    return blocks.fill(words.get_word(f"follows.{name}"), goal=reading.goal.label)


def write_link(link: Link, reading: SystemMapReading) -> str:
    """A link in words, as it stands within a sentence."""
    return word_link(link, reading.chapter)


def write_loop(loop: Loop, reading: SystemMapReading) -> Markup:
    """A loop as an item of a list: its kind, the way round, and how sure it is."""
    words = reading.chapter
    item = words.get_word("loops.item").format(words=write_way_round(loop, reading), basis=_judge(loop, reading))
    unsaid = loop.kind == "open" and not any(link.is_disputed for link in loop.links if link.sign == "open")
    kind = words.get_word(f"loops.kinds.{'open_unsaid' if unsaid else loop.kind}").format(none=name_none(reading))
    return join([element("strong", kind), " ", item])


def write_way_round(loop: Loop, reading: SystemMapReading) -> str:
    """The way round a loop in one sentence without its full stop."""
    words, first = reading.chapter, strip_article(loop.links[0].source, reading.chapter)
    turned = loop.links[0].sign == "less"
    begin = {"first": first, "sign": words.get_word(f"signs.{loop.links[0].sign}")}
    start = f"loops.start{'_open' if loop.links[0].sign == 'open' else ''}"
    sentence = blocks.fill(words.get_word(start), second=strip_article(loop.links[0].target, words), **begin)
    for link in loop.links[1:-1]:
        sign = describe_sign(link.sign, turned=turned)
        sentence += words.get_word("loops.next").format(
            sign=words.get_word(f"signs.{sign}"), factor=strip_article(link.target, words)
        )
        turned = sign == "less"
    if loop.kind == "open":
        return sentence + words.get_word("loops.next").format(sign=words.get_word("signs.open"), factor=first)
    if loop.kind == "balancing":
        return sentence + words.get_word("loops.back_less").format(first=loop.links[0].source.label)
    return sentence + words.get_word("loops.back_more").format(first=first)


def _judge(loop: Loop, reading: SystemMapReading) -> str:
    words = reading.chapter
    disputed = sum(link.is_disputed for link in loop.links)
    differ = blocks.fill(words.get_word("loops.basis.disputed"), count=_count(disputed))
    return f"{_judge_certainty(loop, reading)} {differ}" if disputed else _judge_certainty(loop, reading)


def _judge_certainty(loop: Loop, reading: SystemMapReading) -> str:
    words, guessed = reading.chapter, loop.guessed
    if not guessed:
        return words.get_word(f"loops.basis.{loop.certainty}")
    name = "guessed_all" if guessed == len(loop.links) else "guessed_one" if guessed == 1 else "guessed"
    counts = {"count": _count(guessed), "links": _count(len(loop.links))}
    return blocks.fill(words.get_word(f"loops.basis.{name}"), **counts)


def describe_guess(link: Link, reading: SystemMapReading) -> Markup:
    """A guess as a learning question, what hangs on it, and what would change somebody's mind."""
    words = reading.chapter
    name = "question_open" if link.sign == "open" or link.is_disputed else "question"
    question = blocks.fill(words.get_word(f"guesses.{name}"), **_name_ends(link, reading))
    mind = words.get_word("guesses.no_change_mind")
    if link.change_mind:
        mind = blocks.fill(words.get_word("guesses.change_mind"), words=end_sentence(link.change_mind))
    return join([element("strong", question), " ", _say_what_hangs(link, reading), " ", mind])


def list_differences(reading: SystemMapReading, *, most: int | None = None) -> blocks.Block:
    """Where voices contradict each other on the map, and the links that only some draw; beyond `most`, counted."""
    words = reading.chapter
    if not reading.links:
        return blocks.make_block(blocks.make_paragraph(words.get_word("differences.nothing")))
    items = [
        blocks.fill(
            words.get_word("differences.sign"), sides=_name_sides(link, "signs", reading), **_name_ends(link, reading)
        )
        for link in reading.disputed
    ]
    items += [
        blocks.fill(
            words.get_word("differences.certainty"),
            sides=_name_sides(link, "certainty", reading),
            lowest=words.get_word(f"certainty.{link.certainty}"),
            link=write_link(link, reading),
        )
        for link in reading.doubted
    ]
    items += _list_added(reading)
    if items:
        left = len(items) - len(items[:most])
        more = [blocks.fill(words.get_word("differences.more"), count=_count(left))] if left else []
        apart = blocks.make_paragraph(words.get_word("differences.apart"), "note") if reading.added else ""
        return blocks.make_block(blocks.make_list([*items[:most], *more], class_="differences"), apart)
    if reading.claimants > 1:
        name = "none"
    elif reading.is_of_one_voice:
        name = "one"
    else:
        name = "group" if reading.links[0].claims[0].agreed else "unnamed"
    return blocks.make_block(blocks.make_paragraph(words.get_word(f"differences.{name}")))


def _name_sides(link: Link, about: str, reading: SystemMapReading) -> str:
    """Say who claims what of a link; a side that holds somebody unnamed comes last, after those they are other than."""
    words = reading.chapter
    sides: dict[str, list[Claim]] = defaultdict(list)
    for claim in link.claims:
        side = claim.sign if about == "signs" else claim.certainty
        if side and side != "open":  # who does not say is on no side
            sides[side].append(claim)
    order = ("more", "less", *reversed(SURENESS))
    hidden = {side: any(not one.voice and not one.agreed for one in claims) for side, claims in sides.items()}
    named = [
        words.get_word("differences.side").format(
            claim=words.get_word(f"{about}.{side}"), names=_name_claims(sides[side], reading)
        )
        for side in sorted(sides, key=lambda side: (hidden[side], order.index(side)))
    ]
    return blocks.fill("{sides}", sides="; ".join(named))


def _name_claims(claims: Sequence[Claim], reading: SystemMapReading) -> str:
    words = reading.chapter
    group = [words.get_word("agreed")] if any(claim.agreed for claim in claims) else []
    named = sorted({claim.voice for claim in claims if claim.voice})
    hidden = sum(claim.voice is None and not claim.agreed for claim in claims)
    template = load_wording("voices").get_word("others")
    others = [words.get_word("unnamed") if hidden == 1 else template.format(count=_count(hidden))] if hidden else []
    return join_words([*group, *named, *others])


def _list_added(reading: SystemMapReading) -> list[str]:
    """Say which links stand apart from the agreed map, gathered by who draws them."""
    words = reading.chapter
    gathered: dict[tuple[str, str], list[str]] = defaultdict(list)
    for link in reading.added:
        verb = words.get_word(f"differences.{'adds_one' if len(link.claims) == 1 else 'adds_many'}")
        gathered[_name_claims(link.claims, reading), verb].append(write_link(link, reading))
    return [
        blocks.fill(words.get_word("differences.added"), names=names, verb=verb, links="; ".join(links))
        for (names, verb), links in gathered.items()
    ]


def write_small(reading: SystemMapReading) -> str:
    """A map of few links, a sentence for each, and what follows."""
    words = reading.chapter
    links = [
        blocks.fill(
            words.get_word("table.link"),
            link=write_link(link, reading),
            certainty=word_certainty(link, reading),
        )
        for link in reading.links
    ]
    return " ".join([*links, write_follows(reading)])


def word_certainty(link: Link, reading: SystemMapReading) -> str:
    """How sure a link is; where no answer says it, that it is not said or not known."""
    if link.is_judged:
        return reading.chapter.get_word(f"certainty.{link.certainty}")
    return reading.chapter.get_word(f"table.unjudged.{'unsure' if link.is_unsure('certainty') else 'silent'}")


def compare_readings(reading: SystemMapReading) -> blocks.Block:
    """The two readings side by side, and what follows, with what hangs on it."""
    follows = write_follows(reading)
    if reading.state == "map" and reading.guesses:
        follows = f"{follows} {_say_what_hangs(reading.guesses[0], reading)}"
    return blocks.make_block(blocks.make_readings(_read_as_evaluation(reading), _read_as_learning(reading), follows))


def read_twice(reading: SystemMapReading) -> tuple[list[str], list[str]]:
    """What the chapter says as evaluation, and as learning, sentence by sentence."""
    return _read_as_evaluation(reading), _read_as_learning(reading)


def _read_as_evaluation(reading: SystemMapReading) -> list[str]:
    words = reading.chapter
    if reading.state != "map":
        return [words.get_word(f"{'evaluation' if reading.state == 'no_links' else 'follows'}.{name_state(reading)}")]
    return [*_count_links(reading), *_judge_attribution(reading), *_count_testable(reading)]


def _count_links(reading: SystemMapReading) -> list[str]:
    words, unjudged = reading.chapter, len(reading.unjudged)
    if len(reading.links) == 1:
        if unjudged:
            return [blocks.fill(words.get_word("evaluation.unjudged_only"), none=name_none(reading))]
        certainty = words.get_word(f"certainty.{reading.links[0].certainty}")
        return [blocks.fill(words.get_word("evaluation.counted_one"), certainty=certainty)]
    told = {"links": _count(len(reading.links)), "count": _count(unjudged), "none": name_none(reading)}
    for certainty in SURENESS:
        count = sum(link.is_judged for link in reading.list_by(certainty))
        name = ("is_none", "is_one")[count] if count < 2 else "is_many"
        told[certainty] = words.get_word(f"evaluation.{name}").format(count=_count(count))
    template = words.get_word(f"evaluation.counted{'_unjudged' if unjudged else ''}")
    return [blocks.fill(template, **told), *([words.get_word("evaluation.unjudged")] if unjudged else [])]


def name_none(reading: SystemMapReading) -> str:
    """Nobody's answer, as a sentence's subject: of all answers, or of those that a shared edition may show."""
    return reading.chapter.get_word(f"none.{'whole' if reading.edition == 'private' else 'part'}")


def _judge_attribution(reading: SystemMapReading) -> list[str]:
    """Say from which factors tested links alone lead to the goal."""
    words, goal = reading.chapter, reading.goal
    if goal is None:
        if reading.goals_named:
            return [blocks.fill(words.get_word("evaluation.goal_split"), names=join_words(list(reading.goals_named)))]
        lacking = "lost" if reading.goal_lost else reading.goal_lacking
        return [blocks.fill(words.get_word(f"evaluation.goal_{lacking}"), name=reading.goal_lost or "")]
    tested, leading = reading.leading_tested, reading.leading
    names = {
        "goal": goal.label,
        "all": _count(len(leading)),
        "every": voices.write_all(len(leading)),
        "names": name_some([one.label for one in tested]),
    }
    if not leading or not tested:
        return [blocks.fill(words.get_word(f"evaluation.goal_{'none' if leading else 'nothing'}"), **names)]
    if len(tested) == len(leading):
        return [blocks.fill(words.get_word(f"evaluation.goal_{'all' if len(leading) > 1 else 'single'}"), **names)]
    name = "goal_one" if len(tested) == 1 else "goal_some"
    counted = blocks.fill(words.get_word(f"evaluation.{name}"), count=_count(len(tested)), **names)
    return [counted, words.get_word("evaluation.goal_rest")]


def _count_testable(reading: SystemMapReading) -> list[str]:
    """Say for how many of the untested links it is written down what would change somebody's mind."""
    words = reading.chapter
    untested = [link for link in reading.links if link.certainty != "tested"]
    ready = sum(link.change_mind is not None for link in untested)
    if not untested:
        return []
    name = "change_none" if not ready else "change_all" if ready == len(untested) else "change_some"
    return [blocks.fill(words.get_word(f"evaluation.{name}"), count=_count(ready), all=_count(len(untested)))]


def _read_as_learning(reading: SystemMapReading) -> list[str]:
    words = reading.chapter
    if reading.state != "map":
        return [words.get_word(f"{'learning' if reading.state == 'no_links' else 'follows'}.{name_state(reading)}")]
    sentences = _describe_loops(reading)
    if reading.levers and len(reading.loops) != 1:
        sentences.append(_describe_lever(reading))
    return sentences if reading.guesses else [*sentences, words.get_word("learning.no_guess")]


def _describe_lever(reading: SystemMapReading) -> str:
    """Name the place to act, or the places where several are alike."""
    words, best = reading.chapter, reading.levers[0]
    labels = [one.factor.label for one in reading.levers if (one.loops, one.reach) == (best.loops, best.reach)]
    name = "lever_plain" if not best.loops else "lever_goal" if reading.goal else "lever"
    return blocks.fill(
        words.get_word(f"learning.{name}"),
        goal=reading.goal.label if reading.goal else "",
        label=name_some(labels, most=MOST_LEVERS, last=load_wording("page").get_word("or")),
        it=words.get_word("learning.it" if len(labels) == 1 else "learning.each"),
        loops=count_loops(best.loops, reading),
        reach=count_reach(best.reach, reading),
    )


def _describe_loops(reading: SystemMapReading) -> list[str]:
    words = reading.chapter
    if not reading.loops:
        return [words.get_word("learning.no_loops")]
    kinds = [loop.kind for loop in reading.loops]
    counted = [
        words.get_word(f"learning.{kind}_one" if kinds.count(kind) == 1 else f"learning.{kind}").format(
            count=_count(kinds.count(kind))
        )
        for kind in ("reinforcing", "balancing", "open")
        if kind in kinds
    ]
    return [blocks.fill(words.get_word("learning.loops"), kinds=join_words(counted))]


def _say_what_hangs(link: Link, reading: SystemMapReading) -> str:
    words = reading.chapter
    loops = reading.count_loops(link)
    if loops:
        counted = count_loops(loops, reading)
        return blocks.fill(words.get_word("learning.hangs_one" if loops == 1 else "learning.hangs"), loops=counted)
    if reading.goal and reading.lies_on_way(link):
        return blocks.fill(words.get_word("learning.hangs_goal"), goal=reading.goal.label)
    return blocks.fill(words.get_word("learning.hangs_none"), reach=count_reach(reading.count_reach(link), reading))


def count_loops(count: int, reading: SystemMapReading) -> str:
    """So many loops, in words."""
    name = "loops_none" if not count else "loops_one" if count == 1 else "loops"
    return reading.chapter.get_word(f"levers.{name}").format(count=_count(count))


def count_reach(count: int, reading: SystemMapReading) -> str:
    """So many other factors, in words."""
    return reading.chapter.get_word(f"levers.{'reach_one' if count == 1 else 'reach'}").format(count=_count(count))


def _name_ends(link: Link, reading: SystemMapReading) -> dict[str, str]:
    ends: tuple[Factor, Factor] = (link.source, link.target)
    return {
        "source": strip_article(ends[0], reading.chapter),
        "target": strip_article(ends[1], reading.chapter),
        "sign": reading.chapter.get_word(f"signs.{link.sign}"),
    }


def _count(count: int) -> str:
    return voices.write_count(count)
