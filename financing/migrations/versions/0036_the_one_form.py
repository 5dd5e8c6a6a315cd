"""forms kept as they are typed, needs typed from paper, and where answers come from"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from financing.db import Instant
from sqlalchemy.dialects.postgresql import JSONB

revision = '0036'
down_revision = '0035'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('unfinished',
    sa.Column('user_id', sa.BigInteger(), nullable=False),
    sa.Column('form', sa.Text(), nullable=False),
    sa.Column('answers', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('stand', sa.Text(), nullable=False),
    sa.Column('saved_at', Instant(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['account.id'], name=op.f('fk_unfinished_user_id_account')),
    sa.PrimaryKeyConstraint('user_id', 'form', name=op.f('pk_unfinished')),
    sqlite_strict=True
    )
    op.create_table('behalf',
    sa.Column('need_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('scan_id', sa.BigInteger(), nullable=False),
    sa.Column('edition', sa.Text(), nullable=False),
    sa.Column('signed_by', sa.Text(), nullable=False),
    sa.Column('signed_on', sa.Date(), nullable=False),
    sa.Column('typed_at', Instant(), nullable=False),
    sa.Column('typed_by', sa.BigInteger(), nullable=False),
    sa.Column('typed_by_name', sa.Text(), nullable=False),
    sa.Column('until', sa.Date(), nullable=False),
    sa.Column('answered_at', Instant(), nullable=True),
    sa.Column('answered_by', sa.BigInteger(), nullable=True),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("(state = 'objected') = (why <> '')", name=op.f('ck_behalf_why')),
    sa.CheckConstraint("(state = 'open') = (answered_at IS NULL)", name=op.f('ck_behalf_answered')),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_behalf_firm_id_firm')),
    sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_behalf_need_id_need')),
    sa.ForeignKeyConstraint(['scan_id'], ['paper.id'], name=op.f('fk_behalf_scan_id_paper')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_behalf')),
    sa.UniqueConstraint('need_id', name=op.f('uq_behalf_need_id')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_behalf_firm_id'), 'behalf', ['firm_id'], unique=False)
    op.add_column('firm', sa.Column('origins', sa.JSON().with_variant(JSONB(), "postgresql"), server_default='{}', nullable=False))


def downgrade() -> None:
    op.drop_column('firm', 'origins')
    op.drop_index(op.f('ix_behalf_firm_id'), table_name='behalf')
    op.drop_table('behalf')
    op.drop_table('unfinished')
