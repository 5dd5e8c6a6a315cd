"""The picture of affordability (偿债能力图): how often each case's cash covers what falls due."""

from __future__ import annotations

from markupsafe import Markup

from financing import wording
from financing.diligence.affordability import Affordability
from financing.words import _
from reports.charts import Bar, bars

#: What stands beside a bar is exact; the bar itself ends here, so that one safe case does not flatten the others.
LONGEST = 500


def picture(found: Affordability | None, lang: str) -> Markup | None:
    """One bar a case in hundredths of DSCR; the pale track is what counts as enough."""
    if found is None:
        return None
    say, enough = wording.translate(lang), found.least_ppm // 10_000
    rows = [
        Bar(
            each.case.says if lang == "zh" else each.case.english,
            min(LONGEST, max(0, (each.dscr or 0) // 10_000)),
            enough,
            f"{times(each.dscr)} {wording.name(each.cover, lang)}",
        )
        for each in found.outcomes
    ]
    return bars(rows, say(_("各情景下现金对应还本息的倍数")), letters=30)


def times(ppm: int | None) -> str:
    """A multiple with two decimals, cut and never rounded up: 1.199 is not 1.20."""
    if ppm is None:
        return "—"
    sign, whole = ("-" if ppm < 0 else ""), abs(ppm) // 10_000
    return f"{sign}{whole // 100}.{whole % 100:02d}×"
