"""Chapter 11, the parts of the invitation that say what the learning is and how it is done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markupsafe import Markup

from workbook.analysis.audiences.audiences import AudienceReading
from workbook.analysis.audiences.names import join_names
from workbook.analysis.brief.brief import BriefReading
from workbook.analysis.framing import FacetReading
from workbook.analysis.voices.basis import judge_together
from workbook.markup import element
from workbook.model.answers import Edition
from workbook.theme import end_sentence, join_words
from workbook.views import start_here
from workbook.views.pieces.blocks import Piece, fill, make_facts, make_list, make_paragraph
from workbook.views.pieces.facts import tell_questions_kept, write_kind, write_sum
from workbook.views.pieces.phrases import name_audiences


def write(reading: BriefReading, name: str, **words: object) -> Markup:
    """A paragraph of the chapter's words."""
    return make_paragraph(fill(reading.chapter.get_word(name), **words))


def write_open(reading: BriefReading, name: str, **words: object) -> Markup:
    """A paragraph on what is open; a shared edition says instead that it does not show it."""
    return write(reading, name if reading.is_whole else f"{name}_part", **words)


def quote(reading: BriefReading, question: str, name: str) -> Iterator[Markup]:
    """Yield what is settled on a question, as a paragraph; nothing where there are no words."""
    said = reading.said[question]
    if said.words:
        words = end_sentence(said.words.strip())
        yield write(reading, name, words=words if said.status == "known" else mark_unconfirmed(reading, words))


def quote_undertaking(reading: BriefReading, question: str, name: str) -> Iterator[Markup]:
    """Yield what the commissioner undertakes; what one voice says is never told as if the commissioner said it."""
    said = reading.said[question]
    if said.words and said.status != "known":
        speaker = reading.chapter.get_word(f"speaker.{name_source(reading)}")
        yield write(reading, f"{name}_one", speaker=speaker, words=end_sentence(said.words.strip()))
    else:
        yield from quote(reading, question, name)


def mark_unconfirmed(reading: BriefReading, words: str) -> str:
    """Say beside the words of a lone voice that they are not agreed."""
    source = name_source(reading)
    name = "unconfirmed" if source == "whole" else f"unconfirmed_{source}"
    return fill(reading.chapter.get_word(name), words=words)


def mark_answered(reading: BriefReading, name: str = "answered") -> str:
    """Say behind what voices answered that it is not agreed; `middle` where it is the middle of their answers."""
    return f" {reading.chapter.get_word(f'{name}.{name_source(reading)}')}"


def name_source(reading: BriefReading) -> str:
    """Name what an answer that is not agreed is read from: every answer, those shown, or a published call."""
    return "call" if reading.framing.is_call else "whole" if reading.is_whole else "part"


def name_facets(facets: Iterable[FacetReading]) -> str:
    """Name facets, in quotation marks: "on purpose" would be something else."""
    return join_words([f"“{one.facet.title.lower()}”" for one in facets])


def list_about(reading: BriefReading) -> list[tuple[str, str]]:
    """List who commissions it, with whom, about what work: each fact that is known, with its name."""
    facts = reading.facts
    names = reading.chapter.words["about"]["facts"]
    money = write_sum(facts.programme_budget, facts.currency) if facts.programme_budget is not None else ""
    values = (
        facts.commissioner,
        join_names(facts.commissioned_with),
        facts.programme or "",
        money,
        join_names(facts.workstreams),
        join_names([audience.name for audience in facts.audiences]),
        join_names(facts.places),
        join_names(facts.others_at_work),
        str(facts.partners_sought) if isinstance(facts.partners_sought, int) else "",
    )
    return [(name, value) for name, value in zip(names, values, strict=True) if value]


def write_about(reading: BriefReading) -> Iterator[Piece]:
    """Who commissions it, with whom, about what work."""
    yield make_facts(list_about(reading))
    if not reading.facts.programme:
        yield write(reading, "about.none")


def write_why(reading: BriefReading) -> Iterator[Piece]:
    """Why a learning partner, or why an evaluation; the move between the two, and what stays evaluation."""
    framing = reading.framing
    if not framing.is_answered:
        yield write_open(reading, "why.unknown")
    elif framing.pattern == "evaluation":
        known = sum(one.place != "unknown" for one in framing.facets)
        yield from _write_basis(reading)
        yield write(reading, "why.evaluation", count=len(framing.list_in("evaluation_ground")), total=known)
    else:
        yield from _write_basis(reading)
        yield from _write_ground(reading)
        yield from _write_pulls(reading)
    if framing.pattern != "evaluation":
        agreed = reading.said["framing.switching"].status == "known"
        moved = [one for one in framing.facets if agreed and one.facet.id in framing.switching]
        if not agreed and framing.switching:
            mark = mark_answered(reading, "alone" if len(framing.switched_by) == 1 else "answered")
            named = name_facets(one for one in framing.facets if one.facet.id in framing.switching)
            yield write(reading, "why.switching_said", facets=named, mark=mark)
        elif moved or reading.said["framing.switching"].status == "unsure":
            yield write(reading, f"why.switching{'' if moved else '_none'}", facets=name_facets(moved))
        elif agreed:
            yield write(reading, "why.switching_nowhere")
        else:
            yield write_open(reading, "why.switching_none")
        yield from quote(reading, "framing.switching_why", "why.reason")
        yield from quote(reading, "framing.said_aloud", "why.aloud")
    yield from quote(reading, "framing.stays_evaluation", "why.stays")
    yield from quote(reading, "framing.evaluator", "why.evaluator")


def _write_basis(reading: BriefReading) -> Iterator[Piece]:
    """Say what the ratings rest on: agreed on some facets, the middle of the answers on others."""
    rated = [one for one in reading.framing.facets if one.place != "unknown"]
    bases = {one.facet.id: judge_together((one.seed, one.soil)) for one in rated}
    agreed, differ = (
        name_facets(one for one in rated if bases[one.facet.id] == basis) for basis in ("agreed", "several")
    )
    source = name_source(reading)
    if agreed and set(bases.values()) != {"agreed"}:
        yield write(reading, "why.basis_some", facets=agreed)
    elif not agreed:
        one = "_one" if set(bases.values()) == {"one"} and source != "call" else ""
        yield write(reading, f"why.basis{one}" if source == "whole" else f"why.basis{one}_{source}")
    if differ:
        yield write(reading, "why.basis_differ", facets=differ)


def _write_ground(reading: BriefReading) -> Iterator[Piece]:
    learning, evaluation = (_name_facets(reading, place) for place in ("learning_ground", "evaluation_ground"))
    if reading.framing.pattern == "bare":
        yield write(reading, "why.bare")
    elif learning and evaluation:
        yield write(reading, "why.mixed", learning=learning, evaluation=evaluation)
    elif learning:
        yield write(reading, "why.learning", facets=learning)
    elif not reading.framing.list_in("tension"):
        yield write(reading, "why.mixed_open")


def _write_pulls(reading: BriefReading) -> Iterator[Piece]:
    words, framing = reading.chapter, reading.framing
    pulls = framing.list_in("tension")
    if not pulls:
        return
    total = sum(one.place != "unknown" for one in framing.facets)
    most = int(words.get_number("most_pulls"))
    name = "_only" if total == 1 else "_one" if len(pulls) == 1 else ""
    yield write(reading, f"why.tension{name}", count=len(pulls), total=total)
    template = words.get_word("why.pull")
    yield make_list(fill(template, facet=one.facet.title, **one.facet.words) for one in pulls[:most])
    if pulls[most:]:
        yield write(reading, "why.pulls_more", facets=name_facets(pulls[most:]))
    yield write(reading, "why.honest")


def _name_facets(reading: BriefReading, place: str) -> str:
    return name_facets(reading.framing.list_in(place))  # type: ignore[arg-type]


def write_whose(reading: BriefReading) -> Iterator[Piece]:
    """Whose learning comes first, how that was agreed, and what each is to do differently."""
    audiences = reading.audiences
    places = audiences.agreed_places or audiences.places
    if not audiences.audiences:
        yield write(reading, "whose.nobody")
        return
    yield _write_order_lead(reading)
    apart = bool(audiences.evidence.disputed) and not audiences.agreed_places
    places = {} if apart else places
    unplaced = len(audiences.audiences) + 1
    ordered = sorted(audiences.audiences, key=lambda one: places.get(one.audience.id, unplaced))
    yield make_list([_write_audience(reading, one) for one in ordered], ordered=len(set(places.values())) > 1)
    if len(audiences.top) > 1 and not apart:
        shared = name_audiences([one.audience for one in audiences.top])
        yield write(reading, "whose.shared", audiences=shared)
    if reading.order_note and audiences.agreed_places:
        yield write(reading, "whose.how", words=end_sentence(reading.order_note))
    if audiences.pattern == "order_differs":
        first = name_audiences([one.audience for one in audiences.list_first(audiences.places)])
        yield write(reading, "whose.differs", points=first)
    if not audiences.list_in("people"):
        yield write(reading, "whose.no_people")


def _write_order_lead(reading: BriefReading) -> Markup:
    words = reading.chapter
    if reading.audiences.agreed_places:
        day = reading.agreed_on
        when = words.get_word("whose.when").format(day=start_here.write_day(day)) if day else ""
        return write(reading, "whose.agreed", when=when)
    name = "disputed" if reading.audiences.evidence.disputed else "voices" if reading.audiences.places else "none"
    return write_open(reading, f"whose.{name}")


def _write_audience(reading: BriefReading, one: AudienceReading) -> str:
    words = reading.chapter
    change = one.change.settled or (one.change.said[0].value if one.change.state == "one" else "")
    if not change:
        return fill(words.get_word("whose.item"), audience=one.audience.name)
    text = end_sentence(change)
    if one.change.agreed is None:
        text = mark_unconfirmed(reading, text)
    return fill(words.get_word("whose.item_change"), audience=one.audience.name, change=text)


def write_questions(reading: BriefReading) -> Iterator[Piece]:
    """The learning questions, each with its decision."""
    if not reading.facts.learning_questions:
        kept = tell_questions_kept(reading.facts)
        yield make_paragraph(kept) if kept else write(reading, "questions.none")
        return
    yield write(reading, "questions.lead")
    yield start_here.list_learning_questions(reading.start_here)
    if reading.discovery.choices["rescope"].agreed in ("open", "limits"):
        yield write(reading, "questions.may_change")


def name_edition(reading: BriefReading) -> str:
    """What an edition of the invitation is for."""
    mine = str(reading.edition)
    if reading.facts.is_call and reading.edition is Edition.PRIVATE:
        mine = "private_call" if reading.framing.is_call else "private_mixed"
    return reading.chapter.get_word(f"cover.editions.{mine}")


def name_drafted(reading: BriefReading) -> str:
    """Name the words for what an invitation is drafted from: a published call alone, or people's answers too."""
    if not reading.facts.is_call:
        return ""
    return "_call" if reading.framing.is_call else "_mixed"


def name_kind(reading: BriefReading) -> Markup | None:
    """Say that an engagement is invented, or that its facts are those of somebody else's public call."""
    text = write_kind(reading.facts, readers=reading.start_here.readers, is_mixed=not reading.framing.is_call)
    return element("p", text, class_="edition") if text else None
