"""remits of administrators"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0080'
down_revision = '0079'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('account', sa.Column('remit', sa.Text(), nullable=True))
    op.add_column('invitation', sa.Column('remit', sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column('invitation', 'remit')
    op.drop_column('account', 'remit')
