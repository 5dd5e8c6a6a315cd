"""The industry list as a page offers it (行业选择): sections to tick, groups to pick while typing."""

from __future__ import annotations

from functools import cache

from scoring.industries import industries


@cache
def sections() -> tuple[tuple[str, str], ...]:
    """Letter and name of every section."""
    return tuple((entry.code, entry.name) for entry in industries().values() if entry.level == "section")


@cache
def suggestions() -> tuple[tuple[str, str], ...]:
    """Code and name of every group; a finer code may be typed as well."""
    return tuple((entry.code, entry.name) for entry in industries().values() if entry.level == "group")


@cache
def divisions() -> tuple[tuple[str, str], ...]:
    """Code and name of every division."""
    return tuple((entry.code, entry.name) for entry in industries().values() if entry.level == "division")
