"""What no change may do to what happens after the signature (保后): tables that only grow, and rows that stay once they are decided."""

from __future__ import annotations

#: Table -> its unique keys: rows are written once.
AFTER_ONCE: dict[str, tuple[str, ...]] = {
    # loans and repayments
    # watch and warnings
    # compensation and recovery
    # reserves, and what they cover
    # the bridge fund
    # conduct of banks
}
#: Table -> what ends every change of a row; no row is ever removed.
AFTER_DECIDED: dict[str, str] = {
    # loans and repayments
    # watch and warnings
    # compensation and recovery
    # reserves, and what they cover
    # the bridge fund
    # conduct of banks
}
