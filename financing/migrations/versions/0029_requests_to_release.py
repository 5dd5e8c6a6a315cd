"""requests to release"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from financing.db import Instant

revision = '0029'
down_revision = '0028'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('release_request',
    sa.Column('match_id', sa.BigInteger(), nullable=False),
    sa.Column('need_id', sa.BigInteger(), nullable=False),
    sa.Column('bank_id', sa.BigInteger(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('own_most', sa.BigInteger(), nullable=True),
    sa.Column('asked_at', Instant(), nullable=False),
    sa.Column('asked_by', sa.BigInteger(), nullable=False),
    sa.Column('asked_by_name', sa.Text(), nullable=False),
    sa.Column('ended_at', Instant(), nullable=True),
    sa.Column('answered_by_name', sa.Text(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("(state = 'open') = (ended_at IS NULL)", name=op.f('ck_release_request_ended')),
    sa.CheckConstraint("(state = 'returned') = (why <> '')", name=op.f('ck_release_request_why')),
    sa.CheckConstraint('amount > 0', name=op.f('ck_release_request_amount')),
    sa.ForeignKeyConstraint(['bank_id'], ['bank.id'], name=op.f('fk_release_request_bank_id_bank')),
    sa.ForeignKeyConstraint(['match_id'], ['match.id'], name=op.f('fk_release_request_match_id_match')),
    sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_release_request_need_id_need')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_release_request')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_release_request_bank_id'), 'release_request', ['bank_id'], unique=False)
    op.create_index(op.f('ix_release_request_match_id'), 'release_request', ['match_id'], unique=False)
    op.create_index('uq_release_request_open', 'release_request', ['match_id'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))


def downgrade() -> None:
    op.drop_index('uq_release_request_open', table_name='release_request', sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))
    op.drop_index(op.f('ix_release_request_match_id'), table_name='release_request')
    op.drop_index(op.f('ix_release_request_bank_id'), table_name='release_request')
    op.drop_table('release_request')
