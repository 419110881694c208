"""The ways in held to real programs: LibreOffice opens, saves and converts, pyxform and ODK Validate check.

`make ways-in` runs these; without it, where the programs may not be there, they are left out.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from flat_support import fill_workbook, flatten, name_fields
from workbook import storage
from workbook.forms.questionnaire.sent_file import Sent
from workbook.forms.ways.facilitator import write_facilitator_workbook
from workbook.forms.ways.files import read_file
from workbook.forms.ways.xlsform import write_xlsform
from workbook.model.chapters import list_questions
from workbook.model.choices import Recipient

PYTHON = os.environ.get("WORKBOOK_WAYS_IN", "")
pytestmark = pytest.mark.skipif(not PYTHON, reason="make ways-in runs these")
CHECK = "import sys; from pyxform.xls2xform import convert as c; print(c(sys.argv[1], validate=True).warnings)"
ANSWERS: dict[str, Any] = {
    "framing.purpose.seed": {"value": 2},
    "framing.pick": {"value": "two", "note": "=1+1 “so”\nsaid so", "consent": "none"},
    "framing.several": {"value": ["red", "green"]},
    "framing.words": {"value": "3/4, 007, +1, @x, 'quoted"},
    "framing.story": {"value": "First line\n  second שלום line & <b>\n\nthird" + " word" * 3200},
    "framing.count": {"value": "unsure"},
    "framing.cost": {"value": 1200.5},
    "framing.day": {"value": "2026-03-03"},
    "framing.points": {"value": {"funder": 60, "grantees": 40, "people": 0}},
    "framing.each": {"value": {"funder": {"step": 1, "months": 18, "said": "Only this."}, "grantees": "unsure"}},
}


def _convert(path: Path, kind: str) -> Path:
    """Open and save a file with LibreOffice, as another kind or the same."""
    folder = path.parent / f"as-{kind}-{path.suffix[1:]}"
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(folder), str(path)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return folder / f"{path.stem}.{kind}"


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_saves_what_was_typed(every_kind: Path) -> None:
    """Through xlsx, ods and xls and back, each answer is what it was."""
    questions = list_questions(storage.load_engagement("commission").facts)
    typed = flatten(ANSWERS, questions) | name_fields(role="Lead", consent="role")
    path = fill_workbook(write_facilitator_workbook("commission"), [typed])
    for kind in ("ods", "xlsx", "xls", "ods", "xlsx"):
        path = _convert(path, kind)
        (sent,) = read_file(path, slug="commission", questions=questions)
        assert isinstance(sent, Sent), f"{kind}: {sent}"
        assert sent.answers == ANSWERS, kind
        assert (sent.data["role"], sent.data["consent"]) == ("Lead", "role")


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_keeps_lists_and_hidden_columns(tmp_path: Path) -> None:
    """The workbook of the example, opened and saved, still has its lists to choose from, and its names are hidden."""
    path = write_facilitator_workbook("example", output=tmp_path / "form.xlsx")
    saved = _convert(path, "xlsx")
    with zipfile.ZipFile(saved) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode("utf-8")
    with zipfile.ZipFile(path) as archive:
        before = archive.read("xl/worksheets/sheet1.xml").decode("utf-8")
    assert sheet.count("<dataValidation ") == before.count("<dataValidation ") > 50
    assert 'hidden="true"' in sheet or 'hidden="1"' in sheet


@pytest.mark.skipif(not shutil.which("java"), reason="Java is not installed")
@pytest.mark.parametrize("recipient", list(Recipient))
@pytest.mark.parametrize("slug", ["example", "transitions"])
def test_pyxform_and_odk_validate_find_nothing(tmp_path: Path, slug: str, recipient: Recipient) -> None:
    """The XLSForm of a whole engagement converts without a warning, and ODK Validate takes the form it gives."""
    path = write_xlsform(slug, recipient=recipient, output=tmp_path / "form.xlsx")
    done = subprocess.run([PYTHON, "-c", CHECK, str(path)], capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.strip() == "[]"


@pytest.mark.skipif(not shutil.which("java"), reason="Java is not installed")
def test_every_kind_of_question_converts(every_kind: Path) -> None:
    """One question of each kind, in a title and an audience with signs that forms read as references and markup."""
    facts = every_kind / "parameters" / "commission" / "engagement.yaml"
    facts.write_text(facts.read_text("utf-8").replace("Grantees", "${ss_role} <b>“x”</b> *y*"), encoding="utf-8")
    path = write_xlsform("commission")
    done = subprocess.run([PYTHON, "-c", CHECK, str(path)], capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr[-2000:]
