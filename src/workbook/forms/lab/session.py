"""What a form in a notebook and its kernel say to each other: one message in, a few out. No Jupyter in it.

A form names its voice in every message, so that two windows of one notebook can answer as two people. Nothing
of a person is kept here: each reply is made from the files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

from markupsafe import Markup
from pydantic import ValidationError

from workbook.errors import InputError, NotFoundError, WorkbookError
from workbook.forms.lab.along import describe_chapter, describe_ways
from workbook.forms.lab.ending import Ending
from workbook.forms.lab.folder_state import FolderState
from workbook.forms.lab.last_round import LastPeople, tell_last
from workbook.forms.lab.reading import Reader, draw_messages
from workbook.forms.lab.targets import Targets
from workbook.forms.lab.together import put_far_first, tell_together, tell_unreadable
from workbook.forms.saving.saving import (
    GROUP,
    change_voice,
    create_voice,
    find_answer,
    find_voice_file,
    list_set_aside,
    prepare_saving,
    read_data,
    save_answer,
    settle,
    show_answer,
)
from workbook.forms.sheet.describe import describe_answer, describe_apart
from workbook.forms.sheet.sheet import describe_sheet, list_forms
from workbook.model.answers import AgreedAnswer, Answer
from workbook.model.chapters import load_chapter
from workbook.model.engagement import Engagement
from workbook.model.questions import AnswerFaults, GridQuestion, Question
from workbook.model.ways import EVERYTHING, find_way
from workbook.model.wordings import load_wording
from workbook.typed import make_pasteable

Message = dict[str, Any]
Draw = Callable[[Engagement], Markup]
MAP = "system_map"
# A reading slower than this waits until the person pauses, so that it never holds up the saving of an answer.
QUICK_SECONDS = 0.3


class Session:
    """One chapter of one engagement, open in a notebook."""

    def __init__(self, folder: Path, chapter: str) -> None:
        self.folder = folder
        self.chapter = chapter
        self.state = FolderState(folder)
        self.way = EVERYTHING
        self._ending = Ending(folder)
        self._reader = Reader(chapter)
        self._before = LastPeople(folder)
        # What is drawn after each answer, in this order.
        self._parts: dict[str, Draw] = {
            "verdict": self._reader.draw_verdict,
            "finding": self._reader.draw_finding,
            "reading": self._reader.draw,
        }
        self._seconds = [0.0]
        self._created: dict[str, str] = {}
        self._handlers: dict[str, Callable[[Message], Iterator[Message]]] = {
            "open": self._open,
            "create": self._create,
            "change": self._change,
            "answer": self._answer,
            "settle": self._settle,
            "look": self._look,
            "draw": self._draw,
            "more": self._draw_more,
            "messages": self._draw_messages,
            "pages": self._end,
            "making": self._end,
            "ask": self._end,
            "take": self._end,
        }

    def respond(self, message: Message) -> Iterator[Message]:
        """Yield the replies to a message, each as soon as it is known; what went wrong is a reply too."""
        handler = self._handlers.get(str(message.get("kind")))
        if handler is None:
            return
        carried: Message = {key: message[key] for key in ("view", "number", "question") if key in message}
        carried["asked"] = message["kind"]
        self.way = find_way(message.get("way"))
        try:
            for reply in handler(message):
                yield carried | reply
        except InputError as error:
            yield carried | {"kind": "stuck", "why": self._tell(error, message)}
        except NotFoundError as error:
            yield carried | {"kind": "gone", "why": str(error), "lost": self._word_lost(message)}
        except WorkbookError as error:
            yield carried | {"kind": "failed", "why": str(error)}
        except OSError as error:
            yield carried | {"kind": "failed", "why": f"The disk refused it ({error.strerror})."}
        except Exception as error:  # noqa: BLE001 - a form that falls silent would leave the person guessing
            why = f"a fault in the workbook itself ({type(error).__name__}: {error})."
            yield carried | {"kind": "failed", "why": why}

    def _tell(self, error: InputError, message: Message) -> str:
        """Name every fault in a sentence; where the form cannot even open, also what to do about it."""
        words, lines = read_host_words(), [problem.sentence for problem in error.problems]
        if message.get("kind") == "open":
            lines = [words["stuck"], *lines, words["stuck_help"].format(slug=self.folder.name)]
        return "\n".join(lines)

    def _word_lost(self, message: Message) -> str:
        """Word an answer that no file will take, so that whoever gave it can give it again."""
        asked, answer = self.state.questions.get(str(message.get("question"))), message.get("answer")
        return f"{asked.text} – {describe_answer(asked, answer)}" if asked and isinstance(answer, dict) else ""

    def _open(self, message: Message) -> Iterator[Message]:
        self.state.refresh()
        self._before.read()
        engagement = self.state.engagement
        voice = self._find_voice(message.get("voice"))
        yield {
            "kind": "state",
            "slug": engagement.slug,
            "title": engagement.facts.title,
            "words": read_host_words(engagement.facts.commissioner),
            "ways": describe_ways(self.way),
            "ending": load_wording("ending").words,
            "sheet": self._describe_sheet(voice),
            "factors": self._list_factors(voice),
            "last_people": self._before.list(),
            **self._describe(voice),
        }
        yield from self._tell_group(voice)
        yield from self._draw(message)

    def _describe_sheet(self, voice: str | None) -> Message:
        sheet = describe_sheet(self.state.engagement.facts, self.chapter, way=self.way)
        sheet = tell_last(sheet, self.folder)
        if voice != GROUP:
            return sheet
        with suppress(WorkbookError):  # `_tell_group` says why
            sheet = put_far_first(sheet, self.state.load_shared(), self.state.questions)
        targets = self._targets.describe() if self.way.id == EVERYTHING.id or self._targets.are_set else []
        return {**sheet, "questions": [*sheet["questions"], *targets]}

    @property
    def _targets(self) -> Targets:
        return Targets(self.folder, self.chapter, self.state.last.facts)

    def _list_factors(self, voice: str | None) -> list[Message]:
        """Return what the map of everybody holds, as far as this seat may see it: links may begin and end there."""
        if self.chapter != MAP:
            return []
        # Loops need networkx, which no other chapter's kernel has to hold.
        from workbook.analysis.system_map.system_map import read_system_map

        with suppress(WorkbookError):
            factors = read_system_map(self._see({"voice": voice})).factors
            return [{"id": factor.key, "label": factor.label} for factor in factors]
        return []

    def _tell_group(self, voice: str | None) -> Iterator[Message]:
        """Say what each voice answered, as far as a group before one screen may see it."""
        if voice != GROUP:
            return
        asked = {one.id: self.state.questions[one.id] for one in load_chapter(self.chapter).questions}
        try:
            yield {"kind": "together", **tell_together(self.state.load_shared(), asked)}
        except WorkbookError as error:
            yield {"kind": "together", **tell_unreadable(error)}

    def _create(self, message: Message) -> Iterator[Message]:
        """Make a voice once for each token, however often the button is pressed before the reply arrives."""
        token = str(message.get("token"))
        if token not in self._created:
            fields = {key: str(message.get(key) or "") for key in ("name", "organisation", "day", "same_as")}
            self._before.check(fields["same_as"])
            role, consent = str(message.get("role") or ""), str(message.get("consent"))
            self._created[token] = create_voice(self.folder, role, consent, **fields)
        yield from self._open({**message, "voice": self._created[token]})

    def _change(self, message: Message) -> Iterator[Message]:
        asked = ("role", "name", "organisation", "consent", "same_as")
        fields = {key: str(message[key] or "") for key in asked if key in message}
        self._before.check(fields.get("same_as", ""))
        change_voice(self.folder, str(message.get("voice")), **fields)
        self.state.refresh()
        yield {"kind": "changed", "fields": True, **self._describe(str(message.get("voice")))}
        yield from self._draw(message)

    def _answer(self, message: Message) -> Iterator[Message]:
        """Save an answer and say so before anybody else's files are looked at: there may be hundreds."""
        voice, question = str(message.get("voice")), str(message.get("question"))
        answer = message.get("answer")
        self.state.refresh_facts()
        if voice == GROUP and question == self._targets.id:
            reply = self._targets.answer(message)
            self.state.adopt(GROUP)
            yield reply | self._describe(GROUP) if reply["kind"] == "saved" else reply
            yield from self._draw(message)
            return
        problems = self._list_problems(voice, question, answer)
        if problems:
            yield {"kind": "refused", "problems": problems}
            return
        answer, *earlier = (self._keep_left(voice, question, one) for one in (answer, *(message.get("earlier") or ())))
        base = message.get("base")
        saved = save_answer(self.folder, voice, question, answer, base=base, earlier=earlier)
        self.state.adopt(voice)
        told = {"answer": show_answer(saved.answer), "was_taken_back": saved.was_taken_back}
        yield {"kind": "saved", **told, **self._describe(voice)}
        if min(self._seconds[-2:]) > QUICK_SECONDS:
            yield {"kind": "waits"}
        else:
            self.state.refresh()
            yield from self._draw(message)

    def _keep_left(self, voice: str, question: str, answer: Message | None) -> Message | None:
        """Return an answer with the rows that its form does not show: those about an audience that was set aside."""
        asked, given = self.state.questions[question], (answer or {}).get("value")
        if not isinstance(asked, GridQuestion) or not isinstance(given, dict) or answer is None:
            return answer
        standing = find_answer(read_data(find_voice_file(self.folder, voice)), question) or {}
        before = standing.get("value") or {}
        return {**answer, "value": {**given, **{key: before[key] for key in asked.list_left(before)}}}

    def _settle(self, message: Message) -> Iterator[Message]:
        voice, question, other = str(message.get("voice")), str(message.get("question")), message.get("other")
        take = bool(message.get("take"))
        self.state.refresh()
        problems = self._list_problems(voice, question, other) if take else []
        if problems or not isinstance(other, dict):
            yield {"kind": "refused", "problems": problems}
            return
        settle(self.folder, voice, question, other, standing=message.get("standing"), take=take)
        yield from self._look({**message, "stamp": ""})

    def _look(self, message: Message) -> Iterator[Message]:
        """Say what changed if the files are not as the form last saw them, else only that somebody is there."""
        yield {"kind": "here"}
        self.state.refresh()
        if message.get("stamp") != self.state.stamp:
            known = self._find_voice(message.get("voice"))
            yield {"kind": "changed", **self._describe(known)}
            yield from self._tell_group(known)
            yield from self._draw(message)
        if voice := self._find_voice(message.get("voice")):
            prepare_saving(self.folder, voice)

    def _draw(self, message: Message) -> Iterator[Message]:
        """Draw what stands beside the form first, the verdict before all: it is what somebody who answers looks at."""
        begun = perf_counter()
        for kind, draw in self._parts.items():
            shown = self._show(kind, partial(self._draw_part, draw, message))
            if kind == "reading" or "why" not in shown:  # the reading says why for all of them
                yield shown
        # The first one imports what it needs; two slow ones are slow.
        self._seconds = [*self._seconds[-1:], perf_counter() - begun]

    def _draw_part(self, draw: Draw, message: Message) -> Markup:
        return draw(self._see(message))

    def _see(self, message: Message) -> Engagement:
        """Return what is read: a group before one screen sees what partners may see."""
        return self.state.load_shared() if message.get("voice") == GROUP else self.state.engagement

    def _draw_more(self, message: Message) -> Iterator[Message]:
        yield self._show("more", lambda: self._draw_further(self._see(message)))

    def _draw_messages(self, message: Message) -> Iterator[Message]:
        yield self._show("messages", lambda: draw_messages(self._see(message)))

    def _draw_further(self, engagement: Engagement) -> Markup:
        return self._reader.draw_more(engagement)

    def _end(self, message: Message) -> Iterator[Message]:
        """What stands at the end of the way: pages, a questionnaire, answers that came back."""
        kind, ending = message["kind"], self._ending
        if kind == "take":
            told = ending.take_in(message.get("files") or (), tries=bool(message.get("tries")))
        elif kind == "ask":
            told = ending.ask_others(str(message.get("length")))
        elif kind == "pages":
            told = ending.make_pages(str(message.get("edition")), str(message.get("format")))
        else:
            told = ending.look()
        yield {"kind": "ended", **told}
        if kind == "take" and not told["tries"]:
            yield from self._look({**message, "stamp": ""})

    def _show(self, kind: str, draw: Callable[[], Markup]) -> Message:
        try:
            return {"kind": kind, "html": str(draw())}
        except InputError as error:
            return {"kind": kind, "why": " ".join(problem.sentence for problem in error.problems)}
        except Exception as error:  # noqa: BLE001 - a fault in a reading must not look like a fault in the saving
            return {"kind": kind, "why": f"{type(error).__name__}: {error}"}

    def _find_voice(self, voice: object) -> str | None:
        known = [one.id for one in self.state.last.voices]
        return str(voice) if voice in known or voice == GROUP else None

    def _describe(self, voice: str | None) -> Message:
        """What a form shows beside its questions: who there is, what stands, how far along, what waits for a choice."""
        data = read_data(find_voice_file(self.folder, voice)) if voice else {}
        given = data.get("answers") or {}
        answers = {question: show_answer(find_answer(data, question)) for question in given}
        answers |= self._targets.show(data) if voice == GROUP else {}
        return {
            "voice": voice,
            "voices": self._list_voices(),
            "answers": answers,
            "edition": self.state.last.agreed.edition.value,
            "chapters": [
                describe_chapter(one, given, self.way, self.state.questions)
                for one in list_forms(self.state.last.facts)
            ],
            "conflicts": self._list_conflicts(voice, answers) if voice else [],
            "stamp": self.state.stamp,
        }

    def _list_voices(self) -> list[Message]:
        engagement = self.state.last
        labels, same = engagement.labels, self._before.find_same(engagement.voices)
        shown = {"id", "role", "name", "organisation", "consent"}
        return [
            {"label": labels[voice.id], **voice.model_dump(include=shown, mode="json"), **_tell_same(voice.id, same)}
            for voice in engagement.voices
        ]

    def _list_conflicts(self, voice: str, answers: Message) -> list[Message]:
        questions = self.state.questions
        waiting = list_set_aside(self.folder, voice)
        return [
            describe_conflict(questions[key], answers.get(key), others[-1])
            for key, others in waiting.items()
            if key in questions and others
        ]

    def _list_problems(self, voice: str, question: str, answer: Any) -> list[Message]:
        asked = self.state.questions.get(question)
        if asked is None:
            expected, remedy = "a question of this workbook", "close the notebook and open it again"
            return [{"question": question, "inside": "", "expected": expected, "remedy": remedy}]
        if answer is None:
            return []
        try:
            model = AgreedAnswer if voice == GROUP else Answer
            model.model_validate({**answer, "value": asked.read_value(answer.get("value"))})
        except AnswerFaults as wrong:
            return [{"question": question, **_spell(fault)} for fault in wrong.faults]
        except (ValidationError, TypeError):
            expected = "a short note, and one of the choices of who may see it"
            remedy = "correct what stands beside the answer"
            return [{"question": question, "inside": "note", "expected": expected, "remedy": remedy}]
        return []


def read_host_words(commissioner: str = "") -> Message:
    """Return the words around a form, with commands as whoever started the server would type them.

    How far answers may travel is asked in the words of the questionnaire: the same choice, wherever it is made.
    """
    asked = load_wording("forms").words["questionnaire"]
    said = {key: text.replace("{commissioner}", commissioner) for key, text in asked["consent_meanings"].items()}
    levels = {level: f"{label}. {said[level]}" for level, label in asked["consent_levels"].items()}
    words = {**load_wording("lab").words["host"], "consent_title": asked["consent"], "consent": levels}
    return {key: make_pasteable(text) if isinstance(text, str) else text for key, text in words.items()}


def describe_conflict(question: Question, standing: Message | None, other: Message) -> Message:
    """Return what a form needs to ask which of two answers should stand."""
    now, then = describe_apart(question, standing, other)
    shown = {"now": now, "other": then, "standing": standing, "answer": show_answer(other)}
    return {"question": question.id, "text": question.text, **shown}


def _tell_same(voice: str, same: Mapping[str, str]) -> Message:
    return {"same_as": same[voice]} if voice in same else {}


def _spell(fault: Any) -> Message:
    return {"inside": fault.inside, "expected": fault.expected, "remedy": fault.remedy}
