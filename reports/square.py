"""A QR code on paper."""

from __future__ import annotations

import segno
from markupsafe import Markup


def square(text: str, scale: float = 2) -> Markup:
    """A QR code as inline SVG."""
    return Markup(segno.make(text, error="m").svg_inline(scale=scale, border=1, omitsize=True))  # noqa: S704 (bars only)
