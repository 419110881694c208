"""The line to a dask scheduler, and whether those behind it are like this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from workbook.batch.far.parcels import describe_program
from workbook.errors import WorkbookError
from workbook.optional import need

_PATIENCE_SECONDS = 30
_AT_HOME = frozenset({"127.0.0.1", "::1", "localhost"})


@contextmanager
def open_line(address: str) -> Iterator[Line]:
    """Connect; raises WorkbookError where the address is open to others, or nobody answers there."""
    need("distributed", extra="dask")
    _refuse_open(address)
    try:
        client: Any = import_module("distributed").Client(address, timeout=_PATIENCE_SECONDS, set_as_default=False)
    except (OSError, ValueError, RuntimeError) as error:
        raise WorkbookError(f"No scheduler answers at {address}: {error}. Start it: dask scheduler") from error
    try:
        with suppress(TimeoutError):
            client.wait_for_workers(1, timeout=_PATIENCE_SECONDS)
        line = Line(client)
        if not line.count_threads():
            raise WorkbookError(f"The scheduler at {address} has no workers. Start one: dask worker {address}")
        yield line
    finally:
        with suppress(TimeoutError, OSError):
            client.close(timeout=5)


def _refuse_open(address: str) -> None:
    """Raise WorkbookError where answers would cross a network for anybody to read."""
    parts = urlsplit(address if "://" in address else f"tcp://{address}")
    if parts.scheme == "tls" or parts.hostname in _AT_HOME:
        return
    raise WorkbookError(
        f"{address} is not encrypted, and answers would go there. Use tls://{parts.netloc}, with the certificates "
        "named in dask's own settings, or a tunnel: docs/many-machines.md."
    )


def compare_programs(line: Line) -> None:
    """Raise WorkbookError where a worker's pages could differ from those made here."""
    here = describe_program()
    problems = []
    for worker, there in sorted(line.call_everywhere(describe_program).items()):
        other = there if isinstance(there, dict) else {}
        problems += [
            f"{worker}: {name} {other.get(name, 'missing')}; here {value}"
            for name, value in here.items()
            if other.get(name) != value
        ]
    if problems:
        listed = "\n".join(f"  {problem}" for problem in problems)
        raise WorkbookError(
            f"Not every worker has what this machine has, so pages could differ:\n{listed}\nInstall the same there."
        )


class Line:
    """A client of a scheduler, with the little that is asked of it."""

    def __init__(self, client: Any) -> None:
        self.client = client

    def count_threads(self, *, but: set[str] = frozenset()) -> int:  # type: ignore[assignment]
        """Return how many pages the workers can make at once, those left out that are named."""
        workers = self._list_workers()
        return sum(one["nthreads"] for address, one in workers.items() if address not in but)

    def send(self, call: Callable[..., Any], *arguments: Any, but: set[str]) -> Any:
        """Have a worker call a function; the future says when it has."""
        allowed = [address for address in self._list_workers() if address not in but] if but else None
        return self.client.submit(call, *arguments, pure=False, workers=allowed)

    def wait(self, futures: Sequence[Any], *, seconds: float) -> list[Any]:
        """Return those that are done, after so many seconds at most."""
        if not futures:
            return []
        try:
            with self.client.as_current():
                done = import_module("distributed").wait(futures, timeout=seconds, return_when="FIRST_COMPLETED").done
        except TimeoutError:
            return []
        return list(done)

    def find_workers(self, futures: Sequence[Any]) -> set[str]:
        """Return the workers that have these now."""
        wanted = {future.key for future in futures}
        return {worker for worker, keys in self.client.processing().items() if wanted & set(keys)}

    def call_everywhere(self, call: Callable[[], Any]) -> dict[str, Any]:
        """Call a function in every worker, and return what each says; a worker that does not answer is not in it."""
        found: dict[str, Any] = self.client.run(call, on_error="ignore")
        return found

    def _list_workers(self) -> dict[str, Any]:
        found: dict[str, Any] = self.client.scheduler_info(n_workers=-1)["workers"]
        return found
