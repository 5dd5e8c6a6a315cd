"""Memory once everything is loaded (内存回收)."""

from __future__ import annotations

import gc


def seldom() -> None:
    """While much is loaded and little is dropped, nothing is to be collected; what is loaded is there to stay."""
    gc.set_threshold(100_000, 20, 50)


def settle() -> None:
    """What is there now stays until the end: the collector need not look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)
