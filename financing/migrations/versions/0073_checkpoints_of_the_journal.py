"""signed checkpoints of the journal, and the code of the newest on issued papers"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from financing.db import Instant
from sqlalchemy.dialects.postgresql import JSONB

revision = '0073'
down_revision = '0061'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('checkpoint',
    sa.Column('number', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('seq', sa.BigInteger(), nullable=False),
    sa.Column('at', Instant(), nullable=False),
    sa.Column('said', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('signature', sa.Text(), nullable=False),
    sa.Column('digest', sa.Text(), nullable=False),
    sa.CheckConstraint('number > 0 AND seq > 0', name=op.f('ck_checkpoint_counted')),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_checkpoint')),
    sa.UniqueConstraint('digest', name=op.f('uq_checkpoint_digest')),
    sqlite_strict=True
    )
    op.add_column('issued_paper', sa.Column('checkpoint', sa.Text(), server_default='', nullable=False))


def downgrade() -> None:
    op.drop_column('issued_paper', 'checkpoint')
    op.drop_table('checkpoint')
