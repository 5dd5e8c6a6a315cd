"""days whose daily run is done, whichever process did it"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from financing.db import Instant

revision = '0074'
down_revision = '0070'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('daily_run',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('done_at', Instant(), nullable=False),
    sa.PrimaryKeyConstraint('day', name=op.f('pk_daily_run')),
    sqlite_strict=True
    )


def downgrade() -> None:
    op.drop_table('daily_run')
