from __future__ import annotations

import pytest

from reports.pdf import Press


@pytest.fixture(scope="session")
def press():
    with Press() as one:
        yield one


@pytest.fixture(scope="session")
def printed(press):
    """Print one job, and print it again only when something changed."""
    kept: dict[tuple[str, str], bytes] = {}

    def print_once(job):
        key = (job.identifier, job.html)
        if key not in kept:
            (kept[key],) = press.print([job])
        return kept[key]

    return print_once
