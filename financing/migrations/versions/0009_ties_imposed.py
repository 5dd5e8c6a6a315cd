"""ties imposed by the chair"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('tie', sa.Column('imposed_by', sa.BigInteger(), nullable=True))


def downgrade() -> None:
    op.drop_column('tie', 'imposed_by')
