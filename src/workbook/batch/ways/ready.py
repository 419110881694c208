"""Waiting for a kernel as briefly as it takes.

`jupyter_client` drains the kernel's messages for a fixed time after its first reply, which is half of a small page's.
Here the request that was answered is followed to its end: once its "idle" has come, both channels are open and empty.
"""

from __future__ import annotations

import time
from queue import Empty
from typing import Any

from nbclient.util import ensure_async

_FIRST_SECONDS = 0.02
_LONGEST_SECONDS = 0.5


async def wait_until_ready(client: Any, timeout: float | None) -> None:
    """Return when the kernel answers on both channels; raises RuntimeError when it died or the time is over."""
    ends = time.monotonic() + (timeout or 1e9)
    patience = _FIRST_SECONDS
    while True:
        asked = client.kernel_info()
        if await _hear(client.shell_channel, asked, "kernel_info_reply", ends - time.monotonic(), client):
            # A subscription that came too late misses the first "idle"; the next request's is heard.
            if await _hear(client.iopub_channel, asked, "status", patience):
                return
            patience = min(_LONGEST_SECONDS, 2 * patience)
        if not await client._async_is_alive():
            raise RuntimeError("Kernel died before replying to kernel_info")
        if time.monotonic() > ends:
            raise RuntimeError(f"Kernel didn't respond in {timeout} seconds")


async def _hear(channel: Any, asked: str, kind: str, seconds: float, client: Any = None) -> dict[str, Any] | None:
    """Return the reply to a request, or its "idle"; None when the time is over or the kernel has died."""
    ends = time.monotonic() + seconds
    while (left := ends - time.monotonic()) > 0:
        try:
            message: dict[str, Any] = await ensure_async(channel.get_msg(timeout=min(left, 1)))
        except Empty:
            if client is not None and not await client._async_is_alive():
                return None
            continue
        ours = message["parent_header"].get("msg_id") == asked and message["msg_type"] == kind
        if ours and message["content"].get("execution_state", "idle") == "idle":
            return message
    return None
