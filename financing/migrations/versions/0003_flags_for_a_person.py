"""flags for a person to look at"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from financing.db import Instant
from sqlalchemy.dialects.postgresql import JSONB

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('raised_flag',
    sa.Column('need_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('digest', sa.Text(), nullable=False),
    sa.Column('flag', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('raised_at', Instant(), nullable=False),
    sa.Column('gone_at', Instant(), nullable=True),
    sa.Column('looked_at', Instant(), nullable=True),
    sa.Column('looked_by', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_raised_flag_firm_id_firm')),
    sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_raised_flag_need_id_need')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_raised_flag')),
    sa.UniqueConstraint('need_id', 'digest', name=op.f('uq_raised_flag_need_id_digest')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_raised_flag_firm_id'), 'raised_flag', ['firm_id'], unique=False)
    op.create_index(op.f('ix_raised_flag_need_id'), 'raised_flag', ['need_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_raised_flag_need_id'), table_name='raised_flag')
    op.drop_index(op.f('ix_raised_flag_firm_id'), table_name='raised_flag')
    op.drop_table('raised_flag')
