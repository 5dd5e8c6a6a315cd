"""Why the answer is no about the monthly return."""

from __future__ import annotations

from financing.refusals import Refusal


class FiguresOpen(Refusal):
    """Figures of this `month` wait for their confirmation already."""

    code = "figures_open"
    status = 409


class FiguresWrong(Refusal):
    """Typed figures that cannot be: below nothing, or a part above its whole; `lines` names each."""

    code = "figures_wrong"
