"""An open file given over a line: it arrives, and whoever gives it never waits for the one who takes it."""

from __future__ import annotations

import os
from multiprocessing import Pipe

import pytest

pytest.importorskip("fcntl", reason="no open file is given to another process there")

from workbook.batch.processes.descriptors import give_descriptor, take_descriptor


def test_it_arrives_between_words() -> None:
    """Given before anybody takes it, between two objects that are sent as usual."""
    ours, theirs = Pipe()
    read, write = os.pipe()
    ours.send("before")
    give_descriptor(ours, write)
    ours.send("after")
    assert theirs.recv() == "before"
    taken = take_descriptor(theirs)
    assert theirs.recv() == "after"
    os.write(taken, b"through it")
    assert os.read(read, 20) == b"through it"
    for one in (read, write, taken):
        os.close(one)


def test_a_line_that_ended_or_brings_something_else_is_told() -> None:
    """EOFError where nobody gives any more, OSError where bytes came alone."""
    ours, theirs = Pipe()
    os.write(ours.fileno(), b"\0")
    with pytest.raises(OSError, match="brought none"):
        take_descriptor(theirs)
    ours.close()
    with pytest.raises(EOFError):
        take_descriptor(theirs)
