"""One entry of a YAML file changed, and not a letter more: comments, order and quotation marks of the rest stay.

The text is cut where ruamel.yaml says the entry begins and ends. Its own round trip would drop a comment
that follows an entry of several lines when that entry is replaced, and fold long lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from workbook.errors import WorkbookError
from workbook.yaml_reader import Document, parse_known
from workbook.yaml_writer import write_document, write_entry

Place = tuple[str, ...]


def change_entry(text: str, place: Place, value: Any, *, name: str = "this file") -> str:
    """Return a file's text with the entry at `place` set, or taken out where `value` is None.

    The new text is read again before it is returned; raises WorkbookError if it would not come back as given.
    """
    given = _read(text, name)
    wanted = _set(given.data, place, value)
    for blocks in (True, False):
        changed = _change(text, place, value, name=name, blocks=blocks)
        found = parse_known(changed.encode("utf-8", "replace"), name)
        if isinstance(found, Document) and found.data == wanted:
            return changed
    raise WorkbookError(
        f"This cannot be written down so that it comes back as you typed it. The file {name} would be too large, "
        "or a sign in your answer is damaged: shorten it, or type it anew. If neither is so, open the file in an "
        "editor and look at the lines around this answer."
    )


def _read(text: str, name: str) -> Document:
    found = parse_known(text.encode("utf-8", "replace"), name)
    if isinstance(found, list):
        raise WorkbookError("The file cannot be read, so nothing was changed in it.\n" + "\n".join(map(str, found)))
    return found


def _set(data: dict[str, Any], place: Place, value: Any) -> dict[str, Any]:
    """Return data with one entry changed; a mapping on the way that is missing or empty is made."""
    inner = _set(data.get(place[0]) or {}, place[1:], value) if len(place) > 1 else value
    kept = {key: one for key, one in data.items() if key != place[0] or inner is not None}
    return kept if inner is None else kept | {place[0]: inner}


def _change(text: str, place: Place, value: Any, *, name: str, blocks: bool) -> str:
    root = _read(text, name).node
    if root.flow_style:
        comments = "".join(f"{comment}\n" for comment in _list_comments(text, root))
        return comments + write_document(_set(_read(text, name).data, place, value))
    holder = _find(root, place[:-1])
    if holder is None or holder.flow_style or (value is None and len(holder.value) == 1):
        # There is no block of lines to write into: write the mapping around the entry anew.
        whole = _set(_read(text, name).data, place, value)[place[0]]
        return _change(text, place[:1], whole, name=name, blocks=blocks)
    column = holder.value[0][0].start_mark.column
    lines = write_entry(place[-1], value, column, blocks=blocks) if value is not None else []
    for key, node in holder.value:
        if key.value == place[-1]:
            return _replace(text, key, node, lines)
    last, node = holder.value[-1]
    if not text.endswith("\n") and _ends_in_block(node):
        # A line after it would give the words of this block a new line they do not have: they are written anew.
        whole = _get(_read(text, name).data, (*place[:-1], last.value))
        closed = _replace(text, last, node, write_entry(last.value, whole, column, blocks=blocks))
        return _change(closed, place, value, name=name, blocks=blocks)
    _, end = _find_lines(text, last, node)
    return _join(text[:end], lines, text[end:])


def _ends_in_block(node: Any) -> bool:
    """Whether the last thing in an entry is a text that stands as a block of lines."""
    if node.id == "scalar":
        return node.style in ("|", ">")
    last = node.value[-1] if node.value and not node.flow_style else None
    return last is not None and _ends_in_block(last[1] if isinstance(last, tuple) else last)


def _get(data: Any, place: Place) -> Any:
    """Return what stands at a place."""
    return _get(data[place[0]], place[1:]) if place else data


def _find(root: Any, place: Place) -> Any:
    """Return the mapping at a place, None where there is none that holds anything."""
    for name in place:
        root = next((node for key, node in root.value if key.value == name), None)
        if root is None or root.id != "mapping" or not root.value:
            return None
    return root


def _replace(text: str, key: Any, node: Any, lines: list[str]) -> str:
    start, end = _find_lines(text, key, node)
    comments = list(_list_comments(text[:end], key, node, until=end))
    if len(comments) == 1 and len(lines) == 1:
        lines = [f"{lines[0]}  {comments[0]}"]
    else:
        lines = [f"{' ' * key.start_mark.column}{comment}" for comment in comments] + lines
    return _join(text[:start], lines, text[end:])


def _join(before: str, lines: list[str], after: str) -> str:
    end = "\r\n" if "\r\n" in before else "\n"
    if before and lines and not before.endswith("\n"):
        before += end
    return before + "".join(line + end for line in lines) + after


def _find_lines(text: str, key: Any, node: Any) -> tuple[int, int]:
    """Return where the first line of an entry begins and where its last one ends."""
    start = text.rfind("\n", 0, key.start_mark.index) + 1
    last = max((end for _, end in _list_spans(node)), default=key.end_mark.index)
    last = max(last, key.end_mark.index)
    if text[last - 1 : last] == "\n":
        return start, last
    line_end = text.find("\n", last)
    return start, len(text) if line_end < 0 else line_end + 1


def _list_spans(node: Any) -> Iterator[tuple[int, int]]:
    """List where scalars begin and end, and where brackets close: what is between holds no words but comments."""
    if node.id == "scalar":
        yield node.start_mark.index, node.end_mark.index
        return
    for child in node.value:
        for inner in child if isinstance(child, tuple) else (child,):
            yield from _list_spans(inner)
    if node.flow_style:
        yield node.end_mark.index, node.end_mark.index


def _list_comments(text: str, *nodes: Any, until: int | None = None) -> Iterator[str]:
    """List the comments within and right after nodes."""
    spans = sorted(span for node in nodes for span in _list_spans(node))
    ends = [*(end for _, end in spans)]
    starts = [start for start, _ in spans[1:]] + [len(text) if until is None else until]
    for (begin, _), end, following in zip(spans, ends, starts, strict=True):
        head = text[begin:end].partition("\n")[0]
        between = text[end:following] if end <= following else ""
        if head.startswith(("|", ">")):
            yield from re.findall(r"#.*", head)
        yield from (comment.rstrip() for comment in re.findall(r"#.*", between))
