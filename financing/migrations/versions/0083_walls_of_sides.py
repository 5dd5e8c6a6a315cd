"""walls of sides: no table changes; the walls themselves are put up at the end of every upgrade, and from here on there is one to be done"""

from __future__ import annotations

revision = '0083'
down_revision = '0080'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing beside the walls."""


def downgrade() -> None:
    """Nothing: a former version puts up its own walls."""
