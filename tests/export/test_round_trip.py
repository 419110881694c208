"""An export in the private edition, made into an engagement again, is the same engagement."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from engagements import engagements
from workbook import storage
from workbook.errors import InputError
from workbook.export.document import make_schema, write_document, write_schema
from workbook.export.export import export_engagement
from workbook.export.format import Format
from workbook.intake.export_file import create_from_export
from workbook.model.answers import Edition
from workbook.model.engagement import Engagement
from workbook.places import SHIPPED


def _take_in(engagement: Engagement, project: Path, slug: str) -> Engagement:
    path = project / "given.json"
    path.write_bytes(write_document(engagement))
    create_from_export(slug, path)
    return storage.load_engagement(slug)


def _same(engagement: Engagement, slug: str) -> Engagement:
    # The last round is an engagement of its own, with an export of its own.
    return engagement.model_copy(update={"slug": slug, "last": None})


@pytest.mark.parametrize("slug", SHIPPED)
def test_every_shipped_engagement_comes_back_the_same(slug: str, project: Path) -> None:
    """Facts, voices, agreed answers and private notes are what they were, in their order."""
    engagement = storage.load_engagement(Path(__file__).parents[2] / "parameters" / slug)
    again = _take_in(engagement, project, "again")
    assert again == _same(engagement, "again")
    assert write_document(again) == write_document(_same(engagement, "again"))


@given(engagements())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_engagement_comes_back_the_same(project: Path, number: Any, engagement: Engagement) -> None:
    """Whatever people type comes back letter for letter."""
    slug = f"again-{next(number)}"
    assert _take_in(engagement, project, slug) == _same(engagement, slug)


def test_an_export_keeps_to_its_schema() -> None:
    """The document of every edition is valid by the schema in docs/."""
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(make_schema())
    for edition in Edition:
        engagement = storage.load_engagement(Path(__file__).parents[2] / "parameters" / "example", edition)
        document = json.loads(write_document(engagement))
        assert [error.message for error in validator.iter_errors(document)] == []
        del document["engagement"]["facts"]["title"]
        assert not validator.is_valid(document)


def test_a_shared_edition_is_not_taken_for_the_whole(project: Path) -> None:
    """What an edition left out cannot come back, so the file is refused and nothing is made."""
    engagement = storage.load_engagement(Path(__file__).parents[2] / "parameters" / "example", "public")
    with pytest.raises(InputError, match="public edition leaves answers out"):
        _take_in(engagement, project, "again")
    assert not (project / "parameters" / "again").exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"format": "other"}, "a file that workbook export made"),
        ({"version": 2}, "install the newer workbook"),
        ({"engagement": {}}, "with its facts"),
        ({"engagement": {"facts": {"title": "T", "commissioner": "C", "budget": "much"}}}, "budget"),
        ({"engagement": {"facts": {"title": "T", "commissioner": "C"}, "voices": [{"id": "../x"}]}}, "list of voices"),
        ({"engagement": {"facts": {"title": "T", "commissioner": "C"}, "voices": [{"id": "x", "role": ""}]}}, "role"),
    ],
)
def test_a_damaged_export_is_refused_with_the_reason(change: dict[str, Any], said: str, project: Path) -> None:
    """The message names the field, and nothing is made."""
    document = json.loads(write_document(storage.load_engagement(Path(__file__).parents[2] / "parameters" / "example")))
    (project / "given.json").write_text(json.dumps(document | change), encoding="utf-8")
    with pytest.raises(InputError, match=said):
        create_from_export("again", project / "given.json")
    assert [path.name for path in (project / "parameters").iterdir()] == []


def test_the_same_engagement_gives_the_same_bytes(project: Path) -> None:
    """In every format, made twice."""
    engagement = storage.load_engagement(Path(__file__).parents[2] / "parameters" / "example")
    _take_in(engagement, project, "again")
    for format_ in (Format.JSON, Format.XLSX):
        made = [export_engagement("again", edition=Edition.PARTNERS, format_=format_).read_bytes() for _ in "12"]
        assert made[0] == made[1]


def test_the_schema_in_docs_is_that_of_the_models() -> None:
    """What other tools read about the export is what it is; `make docs` writes it anew."""
    path = Path(__file__).parents[2] / "docs" / "export.schema.json"
    assert path.read_text(encoding="utf-8") == write_schema()
