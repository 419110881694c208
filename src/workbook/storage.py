"""YAML files -> model. The only module that reads parameter files, and the door at which editions are made.

`forms.saving` writes the answers that people give in a form; nothing else writes there.

Reading finds every problem of every file before it gives up, so that one run is enough to mend them all.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from workbook.content import NAMED_FIRST, read_examples, read_template
from workbook.errors import InputError, NotFoundError, Problem, WorkbookError
from workbook.model.answers import Agreed, Edition, Voice
from workbook.model.base import SLUG_PATTERN
from workbook.model.chapters import list_questions
from workbook.model.editions import redact
from workbook.model.engagement import Engagement, Facts
from workbook.model.faults import check_answers, list_faults
from workbook.model.hints import Hint, list_answer_hints, list_template_lines
from workbook.model.portfolio import LeftOut, Portfolio
from workbook.model.voice_names import rank_id
from workbook.yaml_reader import LARGEST_FILE, Document, parse_known

SCHEMA = 1
SNAPSHOTS = "WORKBOOK_SNAPSHOTS"
ENGAGEMENTS = "WORKBOOK_ENGAGEMENTS"
FACTS_FILE, AGREED_FILE, VOICES_FOLDER = "engagement.yaml", "agreed.yaml", "voices"
MOST_VOICES = 500

Raw = dict[str, Any]
Kind = TypeVar("Kind", Voice, Agreed)
# One function per older schema, which turns its raw mapping into the next schema's.
MIGRATIONS: dict[int, Callable[[Raw], Raw]] = {}


def find_project(start: Path | None = None) -> Path:
    """Return the nearest folder upwards that holds `parameters/`; `WORKBOOK_HOME` names another."""
    home = os.environ.get("WORKBOOK_HOME")
    here = Path(home) if home else (start or Path.cwd())
    for folder in [here.resolve(), *here.resolve().parents]:
        if (folder / "parameters").is_dir():
            return folder
    raise NotFoundError(
        f"No workbook was found: neither {here} nor any folder above it holds a folder called parameters.\n"
        "Go into the folder you cloned (cd soil-and-seeds), or set WORKBOOK_HOME to it."
    )


def list_slugs(project: Path) -> tuple[str, ...]:
    """Return the names of all folders under `parameters/`, in order of the alphabet."""
    return _list_folders(project / "parameters")


def _list_folders(folder: Path) -> tuple[str, ...]:
    found = (path.name for path in folder.iterdir() if path.is_dir() and not path.name.startswith((".", "_")))
    return tuple(sorted(found))


def find_slug(name: str) -> Path:
    """Return the folder of an engagement given by its name."""
    if not re.fullmatch(SLUG_PATTERN, name):
        raise NotFoundError(
            f"{name!r} cannot be the name of an engagement: a name has 1 to 60 small letters, digits and hyphens, "
            "such as example."
        )
    project = find_project()
    folder = project / "parameters" / name
    if not folder.is_dir():
        known = ", ".join(list_slugs(project)) or "none yet"
        raise NotFoundError(
            f"There is no engagement called {name}. Known: {known}.\nTo make it, type: workbook new {name}"
        )
    if not folder.resolve().is_relative_to((project / "parameters").resolve()):
        raise NotFoundError(f"{folder} leads out of parameters by a link. Put the folder itself there.")
    return folder


def find_engagement(engagement: str | Path) -> Path:
    """Return the folder of an engagement, given by its name or by a folder's path."""
    name = str(engagement)
    if re.fullmatch(SLUG_PATTERN, name):
        return find_slug(name)
    folder = Path(name).expanduser()
    if not folder.is_dir():
        raise NotFoundError(
            f"{name!r} is neither the name of an engagement nor the path of its folder.\n"
            "A name has 1 to 60 small letters, digits and hyphens, such as example; "
            "a path leads to a folder that exists, such as parameters/example."
        )
    if not re.fullmatch(SLUG_PATTERN, folder.resolve().name):
        raise NotFoundError(
            f"The folder {folder.resolve().name!r} cannot be an engagement: rename it with 1 to 60 small letters, "
            "digits and hyphens, such as my-engagement."
        )
    return folder.resolve()


def load_engagement(engagement: str | Path, edition: Edition | str = Edition.PRIVATE) -> Engagement:
    """Return an engagement holding only what `edition` may show.

    Raises NotFoundError if there is no such engagement and InputError with every problem of its files; for a shared
    edition that is one too where title or commissioner are still the template's words.
    Where `WORKBOOK_SNAPSHOTS` is set, as the batch does for its kernels, nothing but the snapshots in that
    folder is read.
    """
    wanted = read_edition(edition)
    snapshots = os.environ.get(SNAPSHOTS)
    if snapshots:
        return read_snapshot(Path(snapshots), str(engagement), wanted)
    folder = find_engagement(engagement)
    whole = read_engagement(folder)
    if wanted is not Edition.PRIVATE:
        _refuse_template(folder)
    words = {name: question.is_words for name, question in list_questions(whole.facts).items()}
    return redact(whole, wanted, words=words)


def load_portfolio(engagement: str | Path = "all", edition: Edition | str = Edition.PRIVATE) -> Portfolio:
    """Return every engagement of the folder that `engagement` lies in, each holding only what `edition` may show.

    A name stands for the project's own `parameters`; a path for that folder, or for the one around it where it is
    an engagement itself. One that cannot be loaded is named as left out. `WORKBOOK_ENGAGEMENTS` lists the names to
    read where not all are wanted; `WORKBOOK_SNAPSHOTS` works as in `load_engagement`.
    """
    wanted = read_edition(edition)
    snapshots = os.environ.get(SNAPSHOTS)
    if snapshots:
        return read_portfolio_snapshot(Path(snapshots), wanted)
    folder = _find_folder_of_all(str(engagement))
    chosen = os.environ.get(ENGAGEMENTS, "").split()
    return gather_portfolio(folder, chosen or _list_folders(folder), wanted)


def _find_folder_of_all(name: str) -> Path:
    if re.fullmatch(SLUG_PATTERN, name):
        return find_project() / "parameters"
    folder = Path(name).expanduser().resolve()
    if not folder.is_dir():
        raise NotFoundError(f"{name!r} is no folder. Type the path of a folder that holds engagements: parameters.")
    return folder.parent if (folder / FACTS_FILE).is_file() else folder


def gather_portfolio(folder: Path, names: Iterable[str], edition: Edition | str) -> Portfolio:
    """Load the engagements of these names from a folder; one that cannot be loaded is left out, with the reason."""
    wanted = read_edition(edition)
    engagements, left_out = [], []
    for name in names:
        try:
            engagements.append(_load_one_of_all(folder, name, wanted))
        except InputError as error:
            left_out.append(LeftOut(name=name, problems=len(error.problems)))
        except WorkbookError:
            left_out.append(LeftOut(name=name))
    return Portfolio(edition=wanted, engagements=tuple(engagements), left_out=tuple(left_out))


def _load_one_of_all(folder: Path, name: str, edition: Edition) -> Engagement:
    if not re.fullmatch(SLUG_PATTERN, name) or not (folder / name).resolve().is_relative_to(folder.resolve()):
        raise NotFoundError(f"{name!r} cannot be an engagement in {folder}.")
    return load_engagement(folder / name, edition)


def write_portfolio_snapshot(portfolio: Portfolio, folder: Path) -> Path:
    """Write a portfolio, redacted as it is, where a kernel with `WORKBOOK_SNAPSHOTS` set will find it."""
    # No engagement can have a name with an underscore.
    path = folder / f"_all.{portfolio.edition}.json"
    write_atomically(path, portfolio.model_dump_json())
    return path


def read_portfolio_snapshot(folder: Path, edition: Edition) -> Portfolio:
    """Read what `write_portfolio_snapshot` wrote."""
    path = folder / f"_all.{edition}.json"
    if not path.is_file():
        raise NotFoundError(f"The batch prepared no {edition} portfolio. Type: workbook batch --report portfolio")
    return Portfolio.model_validate_json(path.read_bytes())


def read_edition(edition: Edition | str) -> Edition:
    """Return the edition of that name; raises NotFoundError that says which there are."""
    try:
        return Edition(edition)
    except ValueError:
        names = ", ".join(Edition)
        raise NotFoundError(f"There is no edition called {edition!r}. Type one of: {names}.") from None


def write_snapshot(engagement: Engagement, folder: Path) -> Path:
    """Write an engagement, redacted as it is, where a kernel with `WORKBOOK_SNAPSHOTS` set will find it."""
    path = folder / f"{engagement.slug}.{engagement.edition}.json"
    write_atomically(path, engagement.model_dump_json())
    return path


def read_snapshot(folder: Path, slug: str, edition: Edition) -> Engagement:
    """Read what `write_snapshot` wrote."""
    path = folder / f"{Path(slug).name}.{edition}.json"
    if not path.is_file():
        raise NotFoundError(f"The batch prepared no {edition} edition of {slug}. Run it again: workbook batch {slug}")
    return Engagement.model_validate_json(path.read_bytes())


def read_engagement(folder: Path) -> Engagement:
    """Read a whole engagement from its folder; raises InputError with every problem of every file."""
    problems: list[Problem] = []
    facts = _read_facts(folder / FACTS_FILE, problems)
    voices = _read_voices(folder / VOICES_FOLDER, facts, problems)
    agreed = _read_agreed(folder / AGREED_FILE, facts, problems)
    if problems or facts is None:
        raise InputError(problems)
    answered = sum(voice.has_answered for voice in voices)
    return Engagement(
        slug=folder.name,
        edition=Edition.PRIVATE,
        facts=facts,
        voices=voices,
        agreed=agreed,
        heard=answered,
        lone_voice=answered == 1,
    )


def write_atomically(path: Path, text: str) -> None:
    """Write a file so that a reader, or a crash, sees either the old one or the new one, whole."""
    temporary = path.with_name(f".{path.name}-{os.getpid()}-{secrets.token_hex(4)}")
    try:
        # "x": a file that was there before is never written into. Who may read it follows the user's umask.
        with temporary.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _read_facts(path: Path, problems: list[Problem]) -> Facts | None:
    document = _read_file(path, problems)
    if document is None:
        return None
    found = list_faults(Facts, document)
    problems += found
    return None if found else Facts.model_validate(document.data)


def _read_voices(folder: Path, facts: Facts | None, problems: list[Problem]) -> tuple[Voice, ...]:
    if not folder.exists():
        return ()
    name = f"{folder.parent.name}/{folder.name}"
    if not folder.is_dir():
        problems.append(Problem(name, "", "a folder with one file per voice", "remove the file, make a folder"))
        return ()
    paths = _list_voice_files(folder)
    if len(paths) > MOST_VOICES:
        problems.append(Problem(name, "", f"at most {MOST_VOICES} voices", f"move some away: there are {len(paths)}"))
        return ()
    voices = [_read_voice(path, facts, problems) for path in paths]
    return tuple(voice for voice in voices if voice is not None)


def _list_voice_files(folder: Path) -> list[Path]:
    found = (path for path in folder.iterdir() if not path.name.startswith((".", "_")))
    return sorted(found, key=lambda path: (rank_id(path.stem), path.name))


def _read_voice(path: Path, facts: Facts | None, problems: list[Problem]) -> Voice | None:
    if path.suffix != ".yaml" or not re.fullmatch(SLUG_PATTERN, path.stem):
        expected = "a file name of 1 to 60 small letters, digits and hyphens, ending in .yaml"
        problems.append(Problem(_name_file(path), "", expected, "rename it, for example grants-manager.yaml"))
        return None
    document = _read_file(path, problems)
    if document is None:
        return None
    return _validate(Voice, document, facts, problems, extra={"id": path.stem})


def _read_agreed(path: Path, facts: Facts | None, problems: list[Problem]) -> Agreed:
    if not path.exists():
        return Agreed()
    document = _read_file(path, problems)
    return (document and _validate(Agreed, document, facts, problems, extra={})) or Agreed()


def _validate(
    model: type[Kind], document: Document, facts: Facts | None, problems: list[Problem], *, extra: Raw
) -> Kind | None:
    found = check_answers(document, list_questions(facts) if facts else None)
    found += list_faults(model, document.with_data(_wrap_answers({**document.data, **extra})))
    problems += found
    if found or facts is None:
        return None
    return model.model_validate(_wrap_answers({**document.data, **extra}, list_questions(facts)))


def _wrap_answers(data: Raw, questions: Mapping[str, Any] | None = None) -> Raw:
    """Give every answer the long form `{value: …}`, and with `questions` the value that is kept."""
    answers = data.get("answers")
    if not isinstance(answers, dict):
        return data
    wrapped = {key: answer if is_long_form(answer) else {"value": answer} for key, answer in answers.items()}
    if questions:
        for key, answer in wrapped.items():
            wrapped[key] = {**answer, "value": questions[key].read_value(answer["value"])}
    return {**data, "answers": wrapped}


def is_long_form(answer: Any) -> bool:
    """Whether an answer is written as `{value: …, note: …}` and not as the value alone."""
    return isinstance(answer, dict) and "value" in answer


def _open_file(path: Path, name: str) -> bytes | list[Problem]:
    if path.is_symlink():
        return [Problem(name, "", "a file of its own, not a link", "put the file itself there")]
    if path.is_dir():
        return [Problem(name, "", "a file", "move the folder of this name away and put the file there")]
    try:
        with path.open("rb") as stream:
            return stream.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        return [Problem(name, "", "a file that exists", f"type: workbook new {path.parent.name}")]
    except OSError as error:
        return [Problem(name, "", "a file that can be read", f"look at its permissions ({error.strerror})")]


def _read_file(path: Path, problems: list[Problem]) -> Document | None:
    raw = _open_file(path, _name_file(path))
    document = raw if isinstance(raw, list) else parse_known(raw, _name_file(path))
    if isinstance(document, list):
        problems += document
        return None
    return _check_schema(document, problems)


def _check_schema(document: Document, problems: list[Problem]) -> Document | None:
    data = dict(document.data)
    schema = data.pop("schema", None)
    line = document.find_line(("schema",))
    if isinstance(schema, bool) or not isinstance(schema, int) or schema < 1:
        expected = f"schema: {SCHEMA}, the version of this kind of file"
        problems.append(Problem(document.name, "schema", expected, f"add a first line: schema: {SCHEMA}", line))
        schema = SCHEMA
    if schema > SCHEMA:
        expected = f"schema {SCHEMA} or older; this file was made by a newer workbook (schema {schema})"
        problems.append(
            Problem(document.name, "schema", expected, "update the workbook: git pull, then make run", line)
        )
        return None
    while schema < SCHEMA:
        data = MIGRATIONS[schema](data)
        schema += 1
    return document.with_data(data)


def list_hints(folder: Path) -> tuple[Hint, ...]:
    """Return what to look at in the files of an engagement that have no problems."""
    voices = folder / VOICES_FOLDER
    paths = [folder / AGREED_FILE, *(_list_voice_files(voices) if voices.is_dir() else ())]
    documents = [document for path in paths if (document := _read_file(path, []))]
    facts = _read_facts(folder / FACTS_FILE, [])
    questions = list_questions(facts) if facts else {}
    return (*_list_template_lines(folder), *(hint for one in documents for hint in list_answer_hints(one, questions)))


def _list_template_lines(folder: Path) -> tuple[Hint, ...]:
    document = _read_file(folder / FACTS_FILE, [])
    return list_template_lines(document, read_examples()) if document else ()


def _refuse_template(folder: Path) -> None:
    hints = [hint for hint in _list_template_lines(folder) if hint.field in NAMED_FIRST]
    if hints:
        raise InputError(hint.as_problem("words of your own, before anybody else sees them") for hint in hints)


def _name_file(path: Path) -> str:
    parts = path.parts[-3:] if path.parent.name == VOICES_FOLDER else path.parts[-2:]
    return "/".join(parts)


def create_engagement(slug: str) -> Path:
    """Make `parameters/SLUG/engagement.yaml` from the template; raises NotFoundError rather than overwrite."""
    if not re.fullmatch(SLUG_PATTERN, slug):
        raise NotFoundError(
            f"{slug!r} cannot be an engagement's name. Use 1 to 60 small letters, digits and hyphens: my-engagement."
        )
    folder = find_project() / "parameters" / slug
    path = folder / FACTS_FILE
    if path.exists():
        raise NotFoundError(f"{path} exists already and was not touched. Choose another name, or edit that file.")
    (folder / VOICES_FOLDER).mkdir(parents=True, exist_ok=True)
    write_atomically(path, read_template().replace("SLUG", slug))
    return path
