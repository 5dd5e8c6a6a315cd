"""People who open pages, in a process of their own: reads what to ask from standard input, prints how long each page took.

Input: {"port", "clients", "seconds", "pause", "pages": {name: [[path, sid], …]}}. Output: {"pages": {name: [milliseconds, …]}, "cpu": share}.
Every client opens one page after the other on one connection, and reads it for `pause` seconds on average before it opens the next.
"""

from __future__ import annotations

import asyncio
import json
import random
import resource
import sys
import time
from typing import Any


async def answer(reader: asyncio.StreamReader) -> int:
    """Read one answer to its end; its status."""
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.decode("latin-1").lower().split("\r\n")
    length = next((int(line.split(":")[1]) for line in lines if line.startswith("content-length:")), None)
    if length is not None:
        await reader.readexactly(length)
        return int(lines[0].split()[1])
    while size := int(await reader.readline(), 16):
        await reader.readexactly(size + 2)
    await reader.readline()
    return int(lines[0].split()[1])


async def person(port: int, asked: list[list[str]], until: float, pause: float, took: list[float]) -> None:
    """One client: connected once, the same page again and again as several readers do."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    await asyncio.sleep(random.random() * pause)
    while time.perf_counter() < until:
        path, sid = random.choice(asked)
        start = time.perf_counter()
        writer.write(f"GET {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\ncookie: sid={sid}\r\n\r\n".encode())
        status = await answer(reader)
        if status not in {200, 303}:
            raise SystemExit(f"{path}: {status}")
        took.append(1_000 * (time.perf_counter() - start))
        await asyncio.sleep(random.expovariate(1 / pause) if pause else 0)
    writer.close()


async def everybody(said: dict[str, Any]) -> dict[str, list[float]]:
    """One page after the other, each by all clients at once."""
    found: dict[str, list[float]] = {}
    for name, asked in said["pages"].items():
        took: list[float] = found.setdefault(name, [])
        until = time.perf_counter() + said["seconds"]
        people = (person(said["port"], asked, until, said["pause"], took) for _ in range(said["clients"]))
        await asyncio.gather(*people)
    return found


def main() -> None:
    said, start = json.load(sys.stdin), time.perf_counter()
    found = asyncio.run(everybody(said))
    used = resource.getrusage(resource.RUSAGE_SELF)
    share = (used.ru_utime + used.ru_stime) / (time.perf_counter() - start)
    print(json.dumps({"pages": found, "cpu": round(share, 3)}))


if __name__ == "__main__":
    main()
