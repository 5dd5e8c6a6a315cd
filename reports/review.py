"""The review of a payment (代偿复盘) on one page: what it cost, the rules, the votes, the days, and what was decided."""

from __future__ import annotations

import hashlib
from datetime import date

from financing.compensation.review_views import Shown
from reports.pdf import Job
from reports.typesetting import SOURCE, paper


def review_paper(found: Shown, zone: str, day: date, lang: str = SOURCE) -> Job:
    """The printing job of a review as it stands on a day; the same standing gives the same bytes."""
    html = paper("review.html", lang, f=found, r=found.review, c=found.cost, zone=zone, day=day, rehearsal=False)
    return Job(html, f"review-{found.review.number}-{hashlib.sha256(html.encode()).hexdigest()[:16]}")
