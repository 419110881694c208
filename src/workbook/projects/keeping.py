"""Engagements renamed, put away, taken back and deleted; what goes is said before anything is touched."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from workbook.disk.held import MAKING, remove_leftovers
from workbook.errors import NotFoundError, WorkbookError
from workbook.model.base import SLUG_PATTERN
from workbook.model.wordings import load_wording
from workbook.places import PARAMETERS
from workbook.storage import VOICES_FOLDER, find_project, list_slugs, refuse_new_name
from workbook.storage.earlier import list_following
from workbook.storage.folders import ARCHIVE, refuse_archived
from workbook.storage.moving import Step, record_steps

OUTPUTS = "outputs"


@dataclass(frozen=True)
class Plan:
    """What would happen to an engagement, step by step, and what to know before."""

    project: Path
    steps: tuple[Step, ...]
    notes: tuple[str, ...]

    def __str__(self) -> str:
        lines = []
        for step in self.steps:
            name = step.path.relative_to(self.project).as_posix()
            goes = f"goes to {step.to.relative_to(self.project).as_posix()}" if step.to else "is deleted"
            goes = "is changed" if step.renamed else goes
            lines.append(f"  {name} {goes}: {step.holds}")
        return "\n".join([*lines, *(f"  {note}" for note in self.notes)])

    def carry_out(self) -> None:
        """Do every step; raises WorkbookError where one is refused, with moves done before it taken back.

        What is stopped in the midst of it, the next command ends.
        """
        with record_steps(self.project, self.steps):
            done: list[Step] = []
            for step in self.steps:
                try:
                    step.do(self.project)
                except OSError as error:
                    for before in reversed(done):
                        before.undo()
                    raise WorkbookError(
                        f"{step.path.relative_to(self.project)} could not be touched ({error.strerror}): another "
                        "program may have a file in it open. Close it, then type the same again."
                    ) from error
                done.append(step)


def plan_rename(slug: str, name: str) -> Plan:
    """Say what renaming moves."""
    project, folder = _find(slug)
    refuse_new_name(name)
    refuse_archived(name)
    steps = _list_moves(project, slug, {PARAMETERS: folder.with_name(name), OUTPUTS: project / OUTPUTS / name})
    later = [Step(one, None, f"it follows {name} then", (slug, name)) for one in list_following(folder)]
    return Plan(
        project,
        (*steps, *later),
        (
            "Close the workbook if it is open on this engagement: what is typed there would find no place.",
            f"A questionnaire sent out comes back for {slug}: change that to {name} in its file, then collect it.",
            "A portfolio made before still links to the old name: workbook batch --report portfolio makes it again.",
        ),
    )


def plan_archive(slug: str) -> Plan:
    """Say what putting an engagement away moves: the batch and the portfolio no longer see it."""
    project, _ = _find(slug)
    kept = project / ARCHIVE / slug
    steps = _list_moves(project, slug, {PARAMETERS: kept / PARAMETERS, OUTPUTS: kept / OUTPUTS})
    return Plan(project, steps, (f"To take it back, type: workbook archive {slug} --back",))


def plan_return(slug: str) -> Plan:
    """Say what taking an engagement back from the archive moves."""
    _refuse_name(slug)
    project = find_project()
    kept = project / ARCHIVE / slug
    if not (kept / PARAMETERS).is_dir():
        known = ", ".join(_list_archived(project)) or "nothing"
        raise NotFoundError(f"There is no engagement called {slug} in the archive. It holds: {known}.")
    moves = {kept / PARAMETERS: project / PARAMETERS / slug, kept / OUTPUTS: project / OUTPUTS / slug}
    return Plan(project, _plan_moves(moves), ())


def plan_delete(slug: str) -> Plan:
    """Say what deleting removes: facts, answers, pages, and pages over all engagements, which may hold them."""
    project = find_project()
    kept = project / ARCHIVE / slug
    archived = slug not in list_slugs(project) and slug in _list_archived(project)
    folders = [kept] if archived else [_find(slug)[1], project / OUTPUTS / slug]
    together = sorted([*(project / OUTPUTS).glob("portfolio*.html"), *(project / OUTPUTS).glob("portfolio")])
    steps = [Step(path, None, _describe(path)) for path in folders if path.exists()]
    steps += [
        Step(path, None, "may hold its answers; workbook batch --report portfolio makes it again") for path in together
    ]
    return Plan(
        project,
        tuple(steps),
        ("This cannot be undone. Copies you sent, backups and what a synchronised drive keeps stay where they are.",),
    )


def refuse_running_batch(project: Path) -> None:
    """Raise WorkbookError while a batch runs: it would put pages where they have just been moved from, or removed."""
    outputs = project / OUTPUTS
    if outputs.is_dir():
        remove_leftovers(outputs, MAKING)
        if any(outputs.glob(f"{MAKING}*")):
            raise WorkbookError(load_wording("withdraw").get_word("busy"))


def _find(slug: str) -> tuple[Path, Path]:
    _refuse_name(slug)
    project = find_project()
    folder = project / PARAMETERS / slug
    if not folder.is_dir() or folder.is_symlink():
        known = ", ".join(list_slugs(project)) or "none yet"
        raise NotFoundError(f"There is no engagement called {slug}. Known: {known}.")
    refuse_running_batch(project)
    return project, folder


def _refuse_name(name: str) -> None:
    if not re.fullmatch(SLUG_PATTERN, name):
        raise NotFoundError(
            f"{name!r} cannot be an engagement's name. Use 1 to 60 small letters, digits and hyphens: my-engagement."
        )


def _list_moves(project: Path, slug: str, places: dict[str, Path]) -> tuple[Step, ...]:
    return _plan_moves({project / stage / slug: to for stage, to in places.items()})


def _plan_moves(moves: dict[Path, Path]) -> tuple[Step, ...]:
    taken = [str(to) for to in moves.values() if to.exists()]
    if taken:
        raise WorkbookError(
            f"Nothing was moved: {', '.join(taken)} exists already. Choose another name, or move it away."
        )
    return tuple(Step(path, to, _describe(path)) for path, to in moves.items() if path.exists())


def _list_archived(project: Path) -> tuple[str, ...]:
    return tuple(sorted(path.name for path in (project / ARCHIVE).glob("*") if (path / PARAMETERS).is_dir()))


def _describe(folder: Path) -> str:
    voices = len(list(folder.rglob(f"{VOICES_FOLDER}/*.yaml")))
    waiting = len(list(folder.rglob("set-aside/*.yaml")))
    pages = len(list(folder.rglob("*.html")))
    parts = [
        _count(voices, "voice"),
        _count(waiting, "file of answers set aside", "files of answers set aside"),
        _count(pages, "page"),
    ]
    return ", ".join(filter(None, parts)) or "no answers, no pages"


def _count(number: int, one: str, several: str = "") -> str:
    return f"{number} {one if number == 1 else several or one + 's'}" if number else ""
