"""Who may do what after the signature (保后): loans, watch, compensation, reserves, the bridge fund, conduct of banks."""

from __future__ import annotations

from collections.abc import Mapping

from financing.acts import Act
from financing.roles import Who

AFTER: Mapping[Act, Who] = {
    # loans and repayments
    # watch and warnings
    # compensation and recovery
    # reserves, and what they cover
    # the bridge fund
    # conduct of banks
}
