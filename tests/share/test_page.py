"""Where shared outputs stand in a page."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from workbook.errors import WorkbookError
from workbook.share.fragment import Heading
from workbook.share.page import arrange_page

COVER = Markup("<section><h1>A &amp; B</h1></section>")
PART = Markup('<section><h2 id="one">One</h2><h3>More</h3></section>')
PROVENANCE = Markup('<p class="small provenance">Public edition.</p>')


def test_outputs_stand_in_their_places() -> None:
    """The output with the h1 is the cover wherever it stands, the last is the footer, the rest are sections."""
    page = arrange_page([PART, COVER, PROVENANCE])
    assert page.title == "A & B"
    assert page.cover == COVER
    assert page.sections == (PART,)
    assert page.contents == (Heading(2, "One", "one"),)
    assert page.provenance == PROVENANCE


@pytest.mark.parametrize(
    ("outputs", "reason"),
    [
        ([], "not whole"),
        ([COVER, PART], "not whole"),
        ([COVER, PROVENANCE, PART], "not whole"),
        ([PART, PROVENANCE], "hold 0"),
        ([COVER, COVER, PROVENANCE], "hold 2"),
        ([Markup("<h1> </h1>"), PROVENANCE], "with its title in it"),
        ([Markup('<div class="provenance"><h1>A</h1></div>')], "in the first of them"),
        ([COVER, PART, PART, PROVENANCE], "the same id: one"),
        ([COVER, Markup("<h2>One</h2>"), PROVENANCE], 'heading "One" has no id'),
    ],
)
def test_page_that_is_not_whole_is_refused(outputs: list[Markup], reason: str) -> None:
    """A page without its title or provenance, with two of a kind or with headings nothing can link to is not made."""
    with pytest.raises(WorkbookError) as raised:
        arrange_page(outputs)
    assert reason in str(raised.value)
