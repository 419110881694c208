"""A speech server for Orca that is silent and writes down what would be said. Orca loads it; no test imports it.

It takes as long as a voice of 175 words a minute, or nothing would ever be cut off by the next key. While `LOG.fast`
exists it takes no time.
"""

# ruff: noqa: D102, N802 - the names are Orca's

import json
import os
import time
from pathlib import Path

from gi.repository import GLib
from orca import speechserver

LOG, FAST = Path(os.environ["SILENT_LOG"]), Path(os.environ["SILENT_LOG"] + ".fast")
CHARACTERS_A_SECOND = 17
SHORTEST = 0.15


def _measure(text):
    rate = 20_000 if FAST.exists() else CHARACTERS_A_SECOND
    return max(SHORTEST if rate == CHARACTERS_A_SECOND else 0, len(text) / rate)


class SpeechServer(speechserver.SpeechServer):
    """What Orca asks of a voice."""

    _one = None

    @staticmethod
    def getFactoryName():
        return "Silent speech"

    @staticmethod
    def getSpeechServers():
        return [SpeechServer.getSpeechServer()]

    @staticmethod
    def getSpeechServer(info=None):
        SpeechServer._one = SpeechServer._one or SpeechServer()
        return SpeechServer._one

    @staticmethod
    def shutdownActiveServers():
        SpeechServer._one = None

    def __init__(self):
        super().__init__()
        self._queue, self._reading, self._context = [], None, None

    def _add(self, text):
        now = time.time()
        self._queue = [one for one in self._queue if one[1] > now]
        begins = max([now, *[ends for _, ends in self._queue]])
        self._queue.append((text, begins + _measure(text)))
        with LOG.open("a", encoding="utf-8") as log:
            log.write(json.dumps({"at": round(now, 2), "say": text}, ensure_ascii=False) + "\n")

    def getInfo(self):
        return ["Silent speech", "silent"]

    def getVoiceFamilies(self):
        return [speechserver.VoiceFamily({"name": "silent", "lang": "en"})]

    def speak(self, text=None, acss=None, interrupt=True):
        if text:
            self._add(text)

    def speakCharacter(self, character, acss=None):
        self._add(character)

    def speakKeyEvent(self, event, acss=None):
        self._add(event.getKeyName())

    def sayAll(self, utterances, progress):
        self._reading = (utterances, progress)
        self._go_on(self._reading)

    def _go_on(self, which):
        if self._reading is not which:
            return False
        utterances, progress = which
        try:
            context = self._context = next(utterances)[0]
        except StopIteration:
            self._reading = None
            return False
        self._add(context.utterance)
        progress(context.copy(), speechserver.SayAllContext.PROGRESS)
        GLib.timeout_add(1 + int(1000 * _measure(context.utterance)), self._finish, which, context)
        return False

    def _finish(self, which, context):
        if self._reading is which:
            context.currentOffset = context.endOffset
            which[1](context.copy(), speechserver.SayAllContext.COMPLETED)
            self._go_on(which)
        return False

    def stop(self):
        if self._reading:
            # Orca must be told that its reading was cut, or it takes itself to be reading for ever, and from then on
            # says no group, list, table or landmark that the focus enters.
            progress, context, self._reading = self._reading[1], self._context, None
            GLib.idle_add(lambda: progress(context.copy(), speechserver.SayAllContext.INTERRUPTED) and False)
        self._queue = []

    def shutdown(self):
        self.stop()

    def reset(self, text=None, acss=None):
        self.stop()
