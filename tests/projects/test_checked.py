"""`workbook check` of what has not changed is answered from what it found before, and nothing else is ever said."""

import os

import pytest
from typer.testing import CliRunner

from workbook.cli import app
from workbook.digests import load_key
from workbook.projects.checked import Checked
from workbook.projects.making import make_project


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project of one's own, and a cache of one's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("WORKBOOK_HOME", str(make_project(tmp_path / "project")))
    monkeypatch.chdir(tmp_path / "project")
    load_key.cache_clear()
    yield tmp_path / "project"
    load_key.cache_clear()


def check(*slugs):
    """Return what the command says, and whether the files were read for it."""
    import workbook.storage as storage

    read = []
    whole = storage.check_engagement
    storage.check_engagement = lambda folder: read.append(folder.name) or whole(folder)
    try:
        done = CliRunner().invoke(app, ["check", *slugs])
    finally:
        storage.check_engagement = whole
    return done.exit_code, done.output, read


def test_the_same_is_said_without_reading_again(project):
    """The second check says what the first said."""
    first = check("transitions")
    assert first[2] == ["transitions"]
    assert check("transitions") == (first[0], first[1], [])


@pytest.mark.parametrize("change", ["answer", "new voice", "link", "stray copy"])
def test_whatever_changed_is_read(project, change):
    """An altered file, one more, one replaced by a link to the same words, a copy beside it: each is looked at."""
    check("example")
    voices = project / "parameters" / "example" / "voices"
    voice = min(voices.glob("*.yaml"))
    if change == "answer":
        voice.write_text(voice.read_text() + "\nnobody_knows: 1\n")
    elif change == "new voice":
        (voices / "another.yaml").write_bytes(voice.read_bytes())
    elif change == "link":
        moved = voice.rename(project / "moved.yaml")
        voice.symlink_to(moved)
    else:
        (voices / f"{voice.stem} (1).yaml").write_bytes(voice.read_bytes())
    code, said, read = check("example")
    assert read == ["example"]
    assert code or "look:" in said


def test_what_had_problems_or_hints_is_read_each_time(project):
    """Only that there was nothing to say is kept."""
    facts = project / "parameters" / "example" / "engagement.yaml"
    facts.write_text(facts.read_text() + "\nnobody_knows: 1\n")
    first = check("example")
    assert first[0] == 1
    assert check("example") == first


def test_another_program_reads_all_again(project, monkeypatch):
    """What an older program found says nothing of this one."""
    check("example")
    monkeypatch.setattr("workbook.projects.checked.digest_program", lambda: "another")
    assert check("example")[2] == ["example"]


def test_what_is_kept_is_the_users_alone_and_holds_no_word(project, tmp_path):
    """One digest and one number an engagement, in a file that only its owner reads."""
    check()
    (kept,) = (tmp_path / "cache" / "soil-and-seeds").glob("checked-*.json")
    if os.name == "posix":
        assert kept.stat().st_mode & 0o777 == 0o600
    assert {len(one) for one in Checked()._kept.values()} == {2}
    assert all(len(digest) == 32 and isinstance(voices, int) for digest, voices in Checked()._kept.values())


def test_a_spoilt_file_of_what_is_known_is_no_fault(project, tmp_path):
    """What cannot be read counts for nothing."""
    check("transitions")
    (kept,) = (tmp_path / "cache" / "soil-and-seeds").glob("checked-*.json")
    kept.write_text('{"transitions": 1}')
    assert check("transitions")[2] == ["transitions"]
