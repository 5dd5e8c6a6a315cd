"""Routes of what happens after the signature (保后), and who may call them."""

from __future__ import annotations

from web.doors import Roles

AFTER: dict[str, Roles] = {
    # loans and repayments
    # watch and warnings
    # compensation and recovery
    # reserves, and what they cover
    # the bridge fund
    # conduct of banks
}
