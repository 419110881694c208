"""What one shared output says of itself, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from workbook.errors import WorkbookError
from workbook.markup import element
from workbook.share.fragment import Heading, read_fragment


def test_headings_ids_and_classes_are_read() -> None:
    """A heading's text is without its tags and entities, and the classes are those of the first element."""
    html = Markup(
        '<section class="a b" id="s"><h2 id="h">Seeds &amp;\n <em>soil</em></h2><p class="c"><br></p></section>'
    )
    fragment = read_fragment(html)
    assert fragment.html == html
    assert fragment.classes == {"a", "b"}
    assert fragment.headings == (Heading(2, "Seeds & soil", "h"),)
    assert fragment.ids == ("s", "h")


def test_svg_is_read() -> None:
    """The closed elements of inline SVG and its own title are no fault and no heading."""
    svg = '<svg role="img"><title>A figure</title><g><path d="M0 0"/></g><use xlink:href="#mark"/></svg>'
    assert read_fragment(Markup(svg)).headings == ()


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<p>One", "<p> is not closed"),
        ("<p>One</div>", "</div> closes nothing"),
        ("One</p>", "</p> closes nothing"),
        ("<script>1</script>", "holds <script>"),
        ("<div><style>p{}</style></div>", "holds <style>"),
        ('<iframe src="https://example.org"></iframe>', "holds <iframe>"),
        ("<main></main>", "holds <main>"),
        ('<p onclick="1">One</p>', "attribute onclick"),
        ('<p STYLE="color:red">One</p>', "attribute style"),
        ('<img alt="" src="https://example.org/logo.png">', "<img> loads a file"),
        ('<img alt="" src="logo.png">', "<img> loads a file"),
        ('<svg><image xlink:href="//example.org/logo.png"/></svg>', "<image> loads a file"),
        ('<a href="javascript:1">One</a>', "links to javascript:"),
        ('<a href=" java\n&#9;script:1">One</a>', "links to javascript:"),
        ('<a href="file:///home">One</a>', "links to file:"),
    ],
)
def test_what_no_view_makes_is_refused(html: str, reason: str) -> None:
    """Cut pieces, programs, styles, files to load and links that are not to pages are refused with the reason."""
    with pytest.raises(WorkbookError) as raised:
        read_fragment(Markup(html))
    assert reason in str(raised.value)


@pytest.mark.parametrize(
    "target", ["https://example.org", "#part", "../example/summary.html", "mailto:office@example.org"]
)
def test_links_to_pages_and_parts_stand(target: str) -> None:
    """Links to the web, to a part of the page, to a page beside it and to an address are allowed."""
    assert read_fragment(Markup(f'<a href="{target}">One</a>')).ids == ()


@given(st.text())
def test_any_text_that_was_escaped_stands(text: str) -> None:
    """Whatever a person typed, once escaped it is one element's text and is never refused."""
    html = element("section", element("h2", "Q: ", text, id="h"), element("p", text, title=text))
    fragment = read_fragment(html)
    assert [heading.id for heading in fragment.headings] == ["h"]
    assert fragment.ids == ("h",)
