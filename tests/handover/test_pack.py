"""One folder with what one sends: of one edition, from one state of the answers, with a list and a covering note."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from pathlib import Path

import pytest

from workbook import storage
from workbook.errors import WorkbookError
from workbook.export.export import export_engagement
from workbook.export.format import Format, MapFormat
from workbook.export.system_map import export_map
from workbook.handover.pack import pack
from workbook.model.answers import Edition

EXAMPLE = Path(__file__).parents[2] / "parameters" / "example"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(EXAMPLE, tmp_path / "parameters" / "example")
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path))
    storage.release_engagement("example", Edition.PARTNERS)
    for edition in (Edition.PRIVATE, Edition.PARTNERS):
        for format_ in (Format.XLSX, Format.JSON):
            export_engagement("example", edition=edition, format_=format_)
        export_map("example", edition=edition, format_=MapFormat.GRAPHML)
    return tmp_path


def test_a_pack_holds_one_edition_and_says_what_each_file_is(project: Path) -> None:
    """Size and fingerprint of each stand in the list; the note names the edition and whom to ask."""
    packed = pack("example", edition=Edition.PARTNERS, whom="the grants team")
    files = {"data.xlsx", "data.json", "map.graphml"}
    assert set(packed.files) == files | {"manifest.json", "READ-ME-FIRST.txt"}
    manifest = json.loads((packed.folder / "manifest.json").read_text(encoding="utf-8"))
    assert {one["file"] for one in manifest["files"]} == files
    for one in manifest["files"]:
        raw = (packed.folder / one["file"]).read_bytes()
        assert (one["bytes"], one["sha256"]) == (len(raw), hashlib.sha256(raw).hexdigest())
    assert json.loads((packed.folder / "data.json").read_text(encoding="utf-8"))["edition"] == "partners"
    note = (packed.folder / "READ-ME-FIRST.txt").read_text(encoding="utf-8")
    assert "Partners edition" in note
    assert "ask the grants team" in note
    with zipfile.ZipFile(packed.archive) as archive:
        assert {name.partition("/")[2] for name in archive.namelist()} == set(packed.files)


def test_forms_are_no_part_of_a_pack(project: Path) -> None:
    """A questionnaire made of no answers neither goes along nor is called older than the answers."""
    for name in ("questionnaire.html", "questionnaire.xlsx", "xlsform.xlsx"):
        (project / "outputs" / "example" / name).write_bytes(b"asks")
    assert set(pack("example", edition=Edition.PRIVATE).files).isdisjoint({"questionnaire.html", "xlsform.xlsx"})


def test_no_private_file_is_ever_in_a_shared_pack(project: Path) -> None:
    """Not even one whose name says nothing, or that is named after another edition inside."""
    outputs = project / "outputs" / "example"
    secret = (outputs / "data.json").read_bytes()
    (outputs / "summary.html").write_bytes(secret)
    (outputs / "notes.json").write_bytes(secret)
    packed = pack("example", edition=Edition.PARTNERS)
    for path in packed.folder.iterdir():
        assert b"The chair has hinted" not in path.read_bytes()
    assert {"summary.html", "notes.json"}.isdisjoint(packed.files)


def test_a_file_from_earlier_answers_is_refused_by_name(project: Path) -> None:
    """Nobody sends two states of the answers in one pack."""
    path = project / "parameters" / "example" / "engagement.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("budget: 180000", "budget: 190000"), encoding="utf-8")
    with pytest.raises(WorkbookError, match=r"data\.partners\.json, data\.partners\.xlsx"):
        pack("example", edition=Edition.PARTNERS)
    assert not (project / "outputs" / "example" / "pack.partners").exists()


def test_tables_as_text_go_into_a_folder_of_the_pack(project: Path) -> None:
    """Those of the edition, none of another, and none from earlier answers."""
    for edition in (Edition.PRIVATE, Edition.PARTNERS):
        export_engagement("example", edition=edition, format_=Format.CSV)
    packed = pack("example", edition=Edition.PARTNERS)
    tables = {path.name for path in (project / "outputs" / "example" / "csv.partners").iterdir()}
    assert {f"csv/{name}" for name in tables} == {name for name in packed.files if name.startswith("csv/")} != set()
    for name in tables:
        made = (project / "outputs" / "example" / "csv.partners" / name).read_bytes()
        assert (packed.folder / "csv" / name).read_bytes() == made
    path = project / "parameters" / "example" / "engagement.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("budget: 180000", "budget: 190000"), encoding="utf-8")
    with pytest.raises(WorkbookError, match=r"answers\.csv"):
        pack("example", edition=Edition.PARTNERS)


def test_a_pdf_older_than_its_page_is_refused(project: Path) -> None:
    """A PDF cannot be read for its input, so it must be as new as the page it was printed from."""
    outputs = project / "outputs" / "example"
    mark = storage.load_engagement("example", "partners").fingerprint
    (outputs / "brief.partners.html").write_text(f"<p>Input {mark}.</p>", encoding="utf-8")
    shutil.copy(outputs / "brief.partners.html", outputs / "brief.partners.pdf")
    assert "brief.pdf" in pack("example", edition=Edition.PARTNERS).files
    (outputs / "brief.partners.html").write_text("<p>Input of earlier answers.</p>", encoding="utf-8")
    with pytest.raises(WorkbookError, match=r"brief\.partners\.html, brief\.partners\.pdf"):
        pack("example", edition=Edition.PARTNERS)


def test_the_same_files_give_the_same_pack(project: Path) -> None:
    """The zip too, byte for byte."""
    first = pack("example", edition=Edition.PARTNERS).archive.read_bytes()
    assert pack("example", edition=Edition.PARTNERS).archive.read_bytes() == first


def test_where_nothing_was_made_the_command_is_said(project: Path) -> None:
    """With the edition that is missing."""
    with pytest.raises(WorkbookError, match="workbook batch example --edition public"):
        pack("example", edition=Edition.PUBLIC)


def test_what_was_not_released_is_not_packed(project: Path) -> None:
    """A file made as a draft is refused by name, with the command that releases it; the record says what is packed."""
    record = project / "parameters" / "example" / storage.RELEASES_FILE
    pack("example", edition=Edition.PARTNERS)
    assert "data.partners.xlsx" in record.read_text(encoding="utf-8")
    record.unlink()
    export_engagement("example", edition=Edition.PARTNERS, format_=Format.JSON)
    with pytest.raises(WorkbookError, match=r"draft: data\.partners\.json.*--edition partners --release"):
        pack("example", edition=Edition.PARTNERS)
