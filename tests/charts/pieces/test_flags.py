"""Labels over a plot."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workbook.charts.pieces.flags import place_flags

labels = st.lists(st.tuples(st.floats(60, 430), st.text("abc W", min_size=1, max_size=60)), max_size=8)


@given(labels=labels)
def test_flags_never_overlap_and_stay_inside(labels: list[tuple[float, str]]) -> None:
    """Wherever positions lie, every label has a place of its own within the edges."""
    flags = place_flags(labels, (60, 434))
    assert [flag.x for flag in flags] == [x for x, _ in labels]
    assert all(flag.left >= 60 - 1e-6 and flag.right <= 434 + 1e-6 for flag in flags)
    for index, flag in enumerate(flags):
        for other in flags[index + 1 :]:
            assert flag.row != other.row or flag.right <= other.left or other.right <= flag.left


def test_lines_keep_clear_of_the_labels_of_a_usual_plan() -> None:
    """Today's plan beside the best split: no line runs through the other's words."""
    flags = place_flags([(110, "today's plan 12%"), (245, "best split 40%"), (268, "learning-led 46%")], (60, 434))
    for flag in flags:
        lower = [other for other in flags if other.row < flag.row]
        assert not any(other.left < flag.x < other.right for other in lower)


def test_equal_positions_stand_above_one_another() -> None:
    """Two plans with the same split both keep their label."""
    flags = place_flags([(200, "today's plan of the commissioner"), (200, "the best split of all")], (60, 320))
    assert {flag.row for flag in flags} == {0, 1}
