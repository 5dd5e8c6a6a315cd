"""The committee of tests/financing/guarantees."""

from __future__ import annotations

from tests.financing.guarantees.conftest import zone

__all__ = ["zone"]
