"""What the framing of chapter 01 says in sentences: headline, the two readings, what follows."""

from __future__ import annotations

from collections.abc import Sequence

from workbook.analysis.framing import FacetReading, FramingReading, Side
from workbook.analysis.voices.scales import ScaleReading, WordsReading
from workbook.model.answers import Edition, Response
from workbook.model.chapters import Chapter
from workbook.model.wordings import load_wording
from workbook.theme import join_words
from workbook.views.pieces import voices
from workbook.views.pieces.blocks import Block, fill, make_block, make_readings

MOST_TOP = 3


def write_headline(reading: FramingReading) -> str:
    """The finding in a few words; as one voice sees it, where it rests on one."""
    headline = _write_headline(reading)
    return voices.attribute(headline, reading.lone) if reading.is_answered else headline


def _write_headline(reading: FramingReading) -> str:
    words = reading.chapter
    if reading.is_call and reading.pattern == "learning":
        return words.get_word("headline.call_learning")
    if reading.pattern == "early":
        return _add_apart(reading, _write_headline_early(reading))
    if reading.pattern == "disputed":
        apart = len(reading.list_in("disputed"))
        name = "disputed" if apart > 1 else "disputed_one"
        return fill(words.get_word(f"headline.{name}"), count=apart, total=len(reading.facets))
    if reading.pattern == "mixed" and not _is_split(reading):
        return words.get_word("headline.mixed_some")
    return _add_apart(reading, _write_verdict(reading))


def _write_verdict(reading: FramingReading) -> str:
    words, pulls = reading.chapter, len(reading.list_in("tension"))
    if reading.pattern != "tension":
        return words.get_word(f"headline.{reading.pattern}")
    return fill(words.get_word("headline.tension"), count=pulls, total=len(reading.known))


def _add_apart(reading: FramingReading, headline: str) -> str:
    """Add on how many facets voices are far apart, so that no verdict hides it."""
    apart = len(reading.list_in("disputed"))
    if not apart:
        return headline
    name = "apart" if apart > 1 else "apart_one"
    return reading.chapter.get_word(f"headline.{name}").format(headline=headline, count=voices.write_count(apart))


def _write_headline_early(reading: FramingReading) -> str:
    count = len(reading.placed)
    name = f"early{'' if reading.edition is Edition.PRIVATE else '_shown'}"
    name += "_none" if not count else "_one" if count == 1 else ""
    source = _name_source(reading, [scale for one in reading.placed for scale in (one.seed, one.soil)])
    return fill(reading.chapter.get_word(f"headline.{name}"), count=count, total=len(reading.facets), source=source)


def _name_source(reading: FramingReading, scales: Sequence[ScaleReading]) -> str:
    """Say from how many voices the ratings that count come, and if the group agreed some of them."""
    words = reading.chapter
    agreed = any(scale.agreed is not None for scale in scales)
    count = len({response.voice for scale in scales if scale.agreed is None for response in scale.responses})
    if not count:
        return words.get_word("sources.group")
    named = words.get_word(f"sources.{'one' if count == 1 else 'many'}").format(count=voices.write_count(count))
    return words.get_word("sources.and_group").format(voices=named) if agreed else named


def _is_split(reading: FramingReading) -> bool:
    """Whether some facets are in evaluation ground and some in learning ground."""
    return bool(reading.list_in("evaluation_ground") and reading.list_in("learning_ground"))


def compare_readings(reading: FramingReading) -> Block:
    """The two readings side by side, and what follows."""
    return make_block(make_readings(_read_as_evaluation(reading), _read_as_learning(reading), write_follows(reading)))


def read_twice(reading: FramingReading) -> tuple[list[str], list[str]]:
    """What the chapter says as evaluation, and as learning, sentence by sentence."""
    return _read_as_evaluation(reading), _read_as_learning(reading)


def write_follows(reading: FramingReading) -> str:
    """What follows, in one sentence; in a second one that it rests on one voice, where it does."""
    return voices.add_caution(_write_follows(reading), reading.lone if reading.is_answered else None)


def _write_follows(reading: FramingReading) -> str:
    words = reading.chapter
    if reading.pattern == "tension":
        return _follow_tension(reading)
    if reading.is_call and reading.pattern == "learning":
        ready = len(reading.list_in("learning_ground"))
        return fill(
            words.get_word("follows.call_learning"), count=ready, known=len(reading.known), total=len(reading.facets)
        )
    if reading.pattern == "mixed":
        return _follow_mixed(reading)
    if reading.pattern == "early":
        return _follow_early(reading)
    if reading.pattern == "disputed":
        return fill(words.get_word("follows.disputed"), facets=name_facets(reading.list_in("disputed")))
    pulls = reading.list_in("tension") if reading.pattern in ("evaluation", "learning") else ()
    name = f"follows.{reading.pattern}{'_pulled' if pulls else ''}"
    return fill(words.get_word(name), facets=name_facets(pulls))


def _follow_tension(reading: FramingReading) -> str:
    """Name the sharpest pull and a first step; where more facets are disputed than pull, those come first."""
    words, pulls, apart = reading.chapter, reading.list_in("tension"), reading.list_in("disputed")
    first = pulls[0].facet
    move = _lower_first(first.moves[0]) if first.moves else ""
    pair = {"seed": first.words.get("seed", ""), "soil": first.words.get("soil", "")}
    name = "follows.call_tension" if reading.is_call else "follows.tension"
    follows = fill(words.get_word(name), move=move, would_ask=_write_would_ask(reading), **pair)
    if len(apart) <= len(pulls) or reading.is_call:
        return follows
    return f"{fill(words.get_word('follows.disputed_first'), facets=name_facets(apart))} {follows}"


def _follow_mixed(reading: FramingReading) -> str:
    words = reading.chapter
    if _is_split(reading):
        evaluation, learning = (name_facets(reading.list_in(p)) for p in ("evaluation_ground", "learning_ground"))
        return fill(words.get_word("follows.mixed"), evaluation=evaluation, learning=learning)
    if reading.unsettled and reading.edition is not Edition.PRIVATE:
        return words.get_word("follows.mixed_shown")
    unsettled = [one for place in ("bare_ground", "disputed", "unknown") for one in reading.list_in(place)]
    return fill(words.get_word("follows.mixed_some"), open=name_facets(unsettled))


def _follow_early(reading: FramingReading) -> str:
    """Say what a verdict takes, and which facets to answer next where every answer is at hand."""
    words = reading.chapter
    name = f"{'call_' if reading.is_call else ''}early{'' if reading.edition is Edition.PRIVATE else '_shown'}"
    asked = reading.unsettled[: int(words.get_number("most_next"))]
    coming = join_words([_name_missing(one, words) for one in asked])
    least, asking = voices.write_count(reading.least), _write_would_ask(reading)
    return fill(words.get_word(f"follows.{name}"), least=least, next=coming, would_ask=asking)


def _write_would_ask(reading: FramingReading) -> str:
    return reading.chapter.get_word(f"would_ask.{'closed' if reading.is_closed else 'open'}")


def _name_missing(one: FacetReading, words: Chapter) -> str:
    """Name a facet, and the side it lacks where the other is known."""
    title = one.facet.title.lower()
    return words.get_word(f"early.missing.{one.missing[0]}").format(facet=title) if len(one.missing) == 1 else title


def word_side(reading: FramingReading, side: Side) -> str:
    """Word what is hoped for, or held to, on the middle facet of those known; nothing where too few are."""
    value = reading.seed if side == "seed" else reading.soil
    return "" if value is None else voices.word_step(getattr(reading.facets[0], side), value)


def write_talk_over(reading: FramingReading) -> str:
    """Say which facets have no place because voices differ too far."""
    return fill(reading.chapter.get_word("learning.talk_over"), facets=name_facets(reading.list_in("disputed")))


def _read_early(reading: FramingReading, name: str, side: Side) -> list[str]:
    """Say on how many facets one side is known, the answers, and on which voices differ too far for one."""
    words, answered = reading.chapter, _list_known(reading, side)
    known = [(scale, title) for scale, title in answered if not scale.is_disputed]
    apart = join_words([title for scale, title in answered if scale.is_disputed])
    disputed = [fill(words.get_word(f"{name}.disputed"), facets=apart)] if apart else []
    if not known:
        shown = "" if reading.edition is Edition.PRIVATE else "_shown"
        return disputed or [words.get_word(f"{name}.early{shown}_none")]
    return [_write_known(reading, name, known), *disputed]


def _write_known(reading: FramingReading, name: str, known: Sequence[tuple[ScaleReading, str]]) -> str:
    words = reading.chapter
    shown = "" if reading.edition is Edition.PRIVATE else "_shown"
    return fill(
        words.get_word(f"{name}.early{shown}"),
        count=len(known),
        total=len(reading.facets),
        source=_name_source(reading, [scale for scale, _ in known]),
        facets=", ".join(_write_steps(known, words)),
    )


def _list_known(reading: FramingReading, side: Side) -> list[tuple[ScaleReading, str]]:
    """Return each known answer of one side with its facet, the highest answer first."""
    found = [(one.seed if side == "seed" else one.soil, one.facet.title.lower()) for one in reading.facets]
    known = [(scale, title) for scale, title in found if scale.value is not None]
    return sorted(known, key=lambda pair: -(pair[0].value or 0))


def _write_steps(known: Sequence[tuple[ScaleReading, str]], words: Chapter) -> list[str]:
    """Word each answer with its facets; those that the group agreed stand apart, as they do in the table."""
    steps: dict[tuple[str, bool], list[str]] = {}
    for scale, title in known:
        steps.setdefault((voices.word_step(scale, scale.value or 0), scale.agreed is not None), []).append(title)
    templates = {False: words.get_word("early.group"), True: words.get_word("early.group_agreed")}
    return [templates[agreed].format(step=step, facets=join_words(titles)) for (step, agreed), titles in steps.items()]


def _read_as_evaluation(reading: FramingReading) -> list[str]:
    words = reading.chapter
    if reading.pattern in ("early", "disputed"):
        stays = _write_stays(reading) if _is_any_said(reading) else []
        return [*_read_early(reading, "evaluation", "soil"), *stays]
    if reading.soil is None:
        return [words.get_word(f"follows.{reading.pattern}")]
    ground = reading.list_in("evaluation_ground")
    them, stand = ("it", "it stands") if len(ground) == 1 else ("them", "they stand")
    sentences = [
        _write_strength(reading, "evaluation"),
        fill(words.get_word("evaluation.ready"), facets=name_facets(ground), them=them, verb_stand=stand)
        if ground
        else words.get_word("evaluation.none_ready")
        if reading.list_in("tension")
        else "",
    ]
    return [one for one in sentences if one] + _write_stays(reading)


def _is_any_said(reading: FramingReading) -> bool:
    """Whether anybody says what stays evaluation, or who does it."""
    return any(reading.words[name].settled or reading.words[name].said for name in ("stays_evaluation", "evaluator"))


def _write_stays(reading: FramingReading) -> list[str]:
    words, stays, evaluator = reading.chapter, reading.words["stays_evaluation"], reading.words["evaluator"]
    if stays.state in ("missing", "unsure"):
        name = "hidden" if stays.state == "missing" and reading.edition is not Edition.PRIVATE else stays.state
        told = words.get_word(f"evaluation.stays_{name}")
    else:
        told = _quote(words, "evaluation.stays", stays=stays)
    return [sentence for sentence in (told, _write_evaluator(reading, evaluator)) if sentence]


def _write_evaluator(reading: FramingReading, evaluator: WordsReading) -> str:
    """Who evaluates, that it is not known, or that nobody has said, unless what stays is not known either."""
    quoted = _quote(reading.chapter, "evaluation.stays_by", evaluator=evaluator)
    if quoted:
        return quoted
    silent = reading.edition is not Edition.PRIVATE or reading.words["stays_evaluation"].state in ("missing", "unsure")
    if evaluator.state == "missing" and silent:
        return ""
    return reading.chapter.get_word(f"evaluation.stays_by_{evaluator.state}")


def _quote(words: Chapter, name: str, **given: WordsReading) -> str:
    """Quote what was agreed, what one voice says as that voice's, or what each of several says beside who says it."""
    [(key, said)] = given.items()
    if said.settled is not None:
        return fill(words.get_word(name), **{key: said.settled.rstrip(". ")})
    if not said.said:
        return ""
    if said.state == "several":
        kind = "several" if voices.differ_in_words(said.said) else "alike"
        unagreed = load_wording("voices").get_word(f"unagreed.{said.source}")
        return fill(words.get_word(f"{name}_{kind}"), unagreed=unagreed, **{key: voices.quote_each(said.said)})
    quoted = {key: said.said[0].value.rstrip(". ")}
    if said.source == "call":
        return fill(words.get_word(f"{name}_call"), **quoted)
    return fill(words.get_word(f"{name}_one"), introduced=voices.introduce(said), **quoted)


def _read_as_learning(reading: FramingReading) -> list[str]:
    words = reading.chapter
    if reading.pattern in ("early", "disputed"):
        switched = [] if reading.switched == "missing" else [_write_switching(reading)]
        return [*_read_early(reading, "learning", "seed"), *switched]
    if reading.seed is None:
        return [words.get_word(f"follows.{reading.pattern}")]
    sentences = [_write_strength(reading, "learning")]
    tensions, ground = reading.list_in("tension"), reading.list_in("learning_ground")
    if tensions:
        facet = tensions[0].facet
        pair = {"seed_words": facet.words.get("seed", ""), "soil_words": facet.words.get("soil", "")}
        sentences.append(fill(words.get_word("learning.tension"), facet=facet.title.lower(), **pair))
    else:
        sentences.append(words.get_word("learning.no_tension"))
    if ground:
        sentences.append(fill(words.get_word("learning.ground"), facets=name_facets(ground)))
    if reading.list_in("disputed"):
        sentences.append(write_talk_over(reading))
    return [*sentences, _write_switching(reading)]


def _write_switching(reading: FramingReading) -> str:
    words = reading.chapter
    if not reading.switching:
        return _write_not_switched(reading)
    titles = _name_moved(reading, reading.switching)
    count = len(reading.switched_by)
    name = "" if not count else "_one" if count == 1 else "_two" if count == 2 else "_most"
    who = voices.name_speakers(reading.switched_by[:1])
    moved = fill(words.get_word(f"learning.switched{name}"), facets=titles, who=who, count=voices.write_count(count))
    return moved[:1].upper() + moved[1:] + _write_said_aloud(reading)


def _write_not_switched(reading: FramingReading) -> str:
    """Say that voices differ on what is moved, that nothing is, that it is not known, or that nobody has said."""
    words, name = reading.chapter, reading.switched
    if name == "missing" and reading.edition is not Edition.PRIVATE:
        return words.get_word("learning.switched_hidden")
    nothing = words.get_word("learning.switched_nowhere")
    said = [Response(value=_name_moved(reading, one.value) or nothing, voice=one.voice) for one in reading.switched_by]
    unagreed = load_wording("voices").get_word(f"unagreed.{reading.words['said_aloud'].source}")
    return fill(words.get_word(f"learning.not_switched_{name}"), said=voices.quote_each(said), unagreed=unagreed)


def _write_said_aloud(reading: FramingReading) -> str:
    said = reading.words["said_aloud"]
    told = _quote(reading.chapter, "learning.switched_said", said_aloud=said)
    if told:
        return told
    shown = reading.edition is Edition.PRIVATE or said.state == "unsure"
    return reading.chapter.get_word(f"learning.switched_{said.state if shown else 'untold'}")


def _name_moved(reading: FramingReading, facets: Sequence[str]) -> str:
    return join_words([one.facet.title.lower() for one in reading.facets if one.facet.id in facets])


def _write_strength(reading: FramingReading, side: str) -> str:
    """Say on how many of the facets with a place one side is high, and on which most."""
    words, high = reading.chapter, reading.chapter.get_number("high")
    scales = {one.facet.title: one.soil if side == "evaluation" else one.seed for one in reading.placed}
    best = max((scale.score or 0 for scale in scales.values()), default=0)
    top = [title.lower() for title, scale in scales.items() if scale.score == best]
    count = sum((scale.score or 0) > high for scale in scales.values())
    name = "strength_none" if not count else "strength" if len(top) <= MOST_TOP else "strength_plain"
    steps = {voices.word_step(scale, scale.value or 0) for scale in scales.values() if scale.score == best}
    return fill(
        words.get_word(f"{side}.{name}"),
        count=count,
        total=len(scales),
        top=join_words(top),
        step=min(steps, default=""),
    )


def name_facets(facets: Sequence[FacetReading]) -> str:
    """Facets by their titles, as they stand within a sentence."""
    return join_words([one.facet.title.lower() for one in facets])


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
