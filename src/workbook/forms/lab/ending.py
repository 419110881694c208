"""The end of the way, from inside the forms: pages made, a questionnaire for others, answers taken in.

Each does what the command of the same name does, and imports what it needs for it only then: every form has this at its
end, and few kernels come to it. Pages are made by that command, in a process of its own, so that
answers are saved meanwhile; a copy of each lies beside the working copies, from where the browser may open it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from base64 import b64decode
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from workbook.errors import WorkbookError
from workbook.model.choices import Edition, Recipient
from workbook.model.ways import find_way
from workbook.model.wordings import load_wording
from workbook.storage import SNAPSHOTS, make_folder

Told = dict[str, Any]
REPORTS = ("summary", "brief", "report")
PAGES = "pages"  # beside the working copies: the server of `workbook open` hands out nothing else
LARGEST_FILE = 20 * 1024 * 1024
FORMATS = ("html", "docx", "pdf")


class Ending:
    """What is being made for one engagement."""

    def __init__(self, folder: Path) -> None:
        self._slug = folder.name
        self._project = folder.parent.parent
        self._process: subprocess.Popen[str] | None = None
        self._edition = ""

    def make_pages(self, edition: str, format_: str) -> Told:
        """Begin to make the pages of an edition; what comes of it `look` tells."""
        if self._process is not None:
            return self.look()
        self._edition = Edition(edition).value
        options = ["--edition", self._edition, *(part for name in REPORTS for part in ("--report", name))]
        options += ["--format", format_] if format_ in FORMATS[1:] else []
        kept = {key: one for key, one in os.environ.items() if key not in ("WORKBOOK_FORMS", SNAPSHOTS)}
        command = [sys.executable, "-c", "from workbook.cli import main; main()", "batch", self._slug, *options]
        self._process = subprocess.Popen(  # noqa: S603 - our own command
            command, cwd=self._project, env=kept, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        return self.look()

    def look(self) -> Told:
        """Return whether pages are being made, or what was made with a link to each, or why not."""
        words = load_wording("ending")
        if self._process is None:
            return {"running": False, "text": "", "links": []}
        if self._process.poll() is None:
            return {"running": True, "text": words.get_word("pages.running"), "links": []}
        process, self._process = self._process, None
        said = process.stdout.read() if process.stdout else ""
        if process.returncode:
            return {"running": False, "text": words.get_word("pages.failed").format(said=said.strip()), "links": []}
        return {"running": False, "text": words.get_word("pages.made"), "links": list(self._list_links())}

    def ask_others(self, way: str) -> Told:
        """Make the questionnaire, and say how to send it."""
        from workbook.forms.questionnaire.asked_of import load_to_ask
        from workbook.forms.questionnaire.questionnaire import write_questionnaire

        path = write_questionnaire(self._slug, recipient=Recipient.OTHERS, way=find_way(way))
        words, left = load_wording("ending"), load_to_ask(self._slug).left_out
        told = [words.get_word("ask.made").format(file=path.relative_to(self._project))]
        told += [words.get_word("ask.left_out").format(count=left)] if left else []
        return {"text": " ".join(told), "links": [self._copy(path, path.name)]}

    def take_in(self, files: Iterable[Mapping[str, str]], *, tries: bool) -> Told:
        """File answers that came back; with `tries` only say what would be filed, and write nothing."""
        from workbook.forms.questionnaire.collect import Refused, collect_answers
        from workbook.forms.ways.files import read_file

        with tempfile.TemporaryDirectory(prefix="workbook-") as held:
            paths = [_put(Path(held), number, one) for number, one in enumerate(files)]
            outcomes = list(collect_answers(self._slug, paths, tries=tries, read=partial(read_file, mapping="")))
        taken = sum(not isinstance(one, Refused) for one in outcomes)
        return {"text": "\n".join(map(str, outcomes)), "taken": taken, "tries": tries}

    def _list_links(self) -> Iterator[Told]:
        words = load_wording("ending")
        middle = "" if self._edition == Edition.PRIVATE else f".{self._edition}"
        for report in REPORTS:
            for format_ in FORMATS:
                path = self._project / "outputs" / self._slug / f"{report}{middle}.{format_}"
                if path.is_file():
                    yield self._copy(path, f"{words.get_word(f'reports.{report}')} ({format_})")

    def _copy(self, path: Path, label: str) -> Told:
        place = self._project / "outputs" / self._slug / "workbook" / PAGES
        make_folder(place)
        shutil.copyfile(path, place / path.name)
        return {"label": label, "href": f"files/{PAGES}/{path.name}", "name": path.name}


def _put(folder: Path, number: int, sent: Mapping[str, str]) -> Path:
    """Write what the browser read from one file under its own name; nothing of a path in it is used."""
    content = b64decode(sent["content"])
    if len(content) > LARGEST_FILE:
        raise WorkbookError(f"{sent['name']} is larger than any file of answers.")
    place = folder / str(number)
    place.mkdir()
    name = Path(sent["name"].replace("\\", "/")).name or "answers"
    (place / name).write_bytes(content)
    return place / name
