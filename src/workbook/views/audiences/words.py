"""The two readings of whose learning: as an evaluation, and as learning."""

from __future__ import annotations

from collections.abc import Sequence

from workbook.analysis.audiences.audiences import AudienceReading, AudiencesReading
from workbook.analysis.audiences.names import join_names, name_audience
from workbook.model.answers import Edition
from workbook.model.chapters import Chapter
from workbook.model.engagement import AudienceGroup
from workbook.model.wordings import load_wording
from workbook.theme import end_sentence, format_number
from workbook.views.pieces import voices
from workbook.views.pieces.blocks import fill


def read_as_evaluation(reading: AudiencesReading) -> list[str]:
    """What an evaluator would make of it: whose money it is, who the client is, which questions are ready."""
    return [*_write_funders(reading), _write_client(reading), _write_ready(reading)]


def _write_funders(reading: AudiencesReading) -> list[str]:
    words, points = reading.chapter, _list_points(reading, "funders")
    if not reading.list_in("funders"):
        return [words.get_word("evaluation.no_funders")]
    if not points:
        return [words.get_word(f"evaluation.{_name_no_points(reading)}")]
    most = max((one.points.value or 0 for one in reading.audiences), default=0)
    above = [one for one in reading.audiences if one.audience.group != "funders" and one.points.value == most]
    own = sum(one.points.value or 0 for one in reading.list_in("funders"))
    lead, disputed = load_wording("evidence").get_number("small_lead"), reading.evidence.disputed
    held = any(one.points.value is None and one.points.withheld for one in reading.audiences)
    name = (
        "funders_only" if disputed or held or not above else "funders_second" if most >= own + lead else "funders_alike"
    )
    if not disputed and not held and own >= most + lead:
        name = "funders_first"
    return [fill(words.get_word(f"evaluation.{name}"), points=points, top=name_all(above))]


def _name_no_points(reading: AudiencesReading) -> str:
    """Tell apart that nobody is known to have given points, that they are held back, and that none are shown."""
    if reading.edition == Edition.PRIVATE:
        return "no_points"
    return "no_points_held" if "small_group" in reading.withheld else "no_points_part"


def _write_client(reading: AudiencesReading) -> str:
    words, first = reading.chapter, reading.list_first(reading.agreed_places)
    if not first:
        return words.get_word(f"evaluation.no_client{'' if reading.edition == Edition.PRIVATE else '_part'}")
    paying = [one for one in first if one.audience.group == "funders"]
    name = "client_other" if not paying else "client" if len(first) == 1 else "client_shared"
    return fill(words.get_word(f"evaluation.{name}"), top=name_all(first))


def _write_ready(reading: AudiencesReading) -> str:
    words, total = reading.chapter, len(reading.questions)
    ready = sum(not one.faults for one in reading.questions)
    if not total:
        return words.get_word(f"evaluation.questions_{'kept' if reading.facts.questions_kept else 'missing'}")
    name = "questions_ready" if ready > 1 else "questions_ready_one" if ready else "questions_none"
    if total == 1:
        name = "questions_only" if ready else "questions_none_one"
    elif ready == total:
        name = "questions_all"
    elif total == 2 and not ready:
        name = "questions_none_two"
    counts = {"all": voices.write_all(total), "ready": voices.write_count(ready), "total": voices.write_count(total)}
    return fill(words.get_word(f"evaluation.{name}"), **counts)


def _list_points(reading: AudiencesReading, group: AudienceGroup) -> str:
    """List the points of a group's audiences as the table has them, agreed ones too; nothing where none is known."""
    known = [one for one in reading.list_in(group) if one.points.value is not None]
    beside = [[] if len(known) == 1 else [name_audience(one.audience)] for one in known]
    for one, words in zip(known, beside, strict=True):
        words += _write_run(reading, one)
    texts = [
        format_number(one.points.value or 0) + (f" ({'; '.join(words)})" if words else "")
        for one, words in zip(known, beside, strict=True)
    ]
    return join_names(texts)


def _write_run(reading: AudiencesReading, one: AudienceReading) -> list[str]:
    """Say beside points that the group agreed them, else how far the answers behind a middle run."""
    words, points = reading.chapter, one.points
    if points.agreed is not None:
        return [words.get_word("changes.agreed")]
    if points.low is None or points.high is None or points.low == points.high:
        return []
    return [words.get_word("points_run").format(low=format_number(points.low), high=format_number(points.high))]


def read_as_learning(reading: AudiencesReading, *, changes: bool) -> list[str]:
    """What a learner would make of it: who does the work, where voices clash, which change is meant, what is open."""
    aims = _write_aim(reading) if changes else []
    return [_write_doers(reading), *_write_clashing(reading), *aims, *_write_undecided(reading)]


def _write_doers(reading: AudiencesReading) -> str:
    words = reading.chapter
    doers, people = _list_points(reading, "delivery"), _list_points(reading, "people")
    if not reading.list_in("people"):
        return words.get_word("learning.no_people")
    if reading.leaves_people_out:
        here = name_here(whole=reading.edition == Edition.PRIVATE)
        return fill(words.get_word("learning.people_unheard"), here=here)
    if reading.not_asked:
        return fill(words.get_word("learning.not_asked"), missing=name_all(reading.not_asked))
    if not people and doers:
        return fill(words.get_word(f"learning.doers_{_name_no_points(reading)}"), doers=doers)
    if not people:
        return words.get_word(f"learning.{_name_no_points(reading)}")
    if not doers:
        return fill(words.get_word("learning.people"), people=people)
    return fill(words.get_word("learning.doers"), doers=doers, people=people)


def _write_clashing(reading: AudiencesReading) -> list[str]:
    words = reading.chapter
    if reading.voices < 2 or (reading.leaves_people_out and not reading.clashes):
        return []
    if not reading.clashes:
        return [words.get_word(f"learning.no_clash{'' if reading.edition == Edition.PRIVATE else '_shown'}")]
    return [fill(words.get_word("learning.clash"), audience=name_audience(reading.clashes[0].reading.audience))]


def _write_aim(reading: AudiencesReading) -> list[str]:
    """Say what change is named for those who come first, or for whom one is named where nobody comes first."""
    words = reading.chapter
    if not reading.top:
        states = ("settled", "one", "several")
        named = name_all([one for one in reading.audiences if one.change.state in states])
        here = name_here(whole=reading.edition == Edition.PRIVATE)
        return [fill(words.get_word("learning.changes"), named=named, here=here)] if named else []
    return [
        fill(
            words.get_word(f"learning.change.{find_state(one)}"),
            top=name_audience(one.audience),
            **word_change(one, words),
        )
        for one in reading.top[:2]
    ]


def name_here(*, whole: bool) -> str:
    """Say, before a verb, that an answer is one shown here; nothing where every answer is."""
    return "" if whole else f"{load_wording('voices').get_word('shown_here')} "


def find_state(one: AudienceReading) -> str:
    """Return the state of what was said; of one voice's words it says if others answered that they do not know."""
    return "one_unsure" if one.change.state == "one" and one.change.unsure else one.change.state


def word_change(one: AudienceReading, words: Chapter) -> dict[str, str]:
    """Word what should change for an audience: the words of the group or of one voice, who says so, and who else."""
    change, unsure = one.change, len(one.change.unsure)
    told = change.settled or (change.said[0].value if change.state == "one" else voices.quote_each(change.said))
    others = words.get_word("changes.others_one" if unsure == 1 else "changes.others")
    return {
        "change": end_sentence(told),
        "who": voices.name_speakers(change.said) if change.state == "one" else "",
        "others": others.format(count=voices.write_count(unsure)),
        "count": voices.write_count(len(change.said)),
        "unagreed": load_wording("voices").get_word(f"unagreed.{change.source}"),
        "here": name_here(whole=change.source != "part"),
    }


def _write_undecided(reading: AudiencesReading) -> list[str]:
    words, total = reading.chapter, len(reading.questions)
    count = sum("decision" in one.faults for one in reading.questions)
    if not count:
        return []
    name = "no_decision_only" if total == 1 else "no_decision_one" if count == 1 else "no_decision"
    counts = {"count": voices.write_count(count), "total": voices.write_count(total)}
    return [fill(words.get_word(f"learning.{name}"), **counts)]


def name_all(audiences: Sequence[AudienceReading]) -> str:
    """List audiences as a sentence does."""
    return join_names([name_audience(one.audience) for one in audiences])
