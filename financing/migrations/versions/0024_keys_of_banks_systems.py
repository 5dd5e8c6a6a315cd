"""keys of banks systems"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from financing.db import Instant
from sqlalchemy.dialects.postgresql import JSONB

revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('api_key',
    sa.Column('bank_id', sa.BigInteger(), nullable=False),
    sa.Column('user_id', sa.BigInteger(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('scopes', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('until', Instant(), nullable=False),
    sa.Column('given_at', Instant(), nullable=False),
    sa.Column('given_by', sa.BigInteger(), nullable=False),
    sa.Column('prefix', sa.Text(), nullable=False),
    sa.Column('digest', sa.Text(), nullable=True),
    sa.Column('taken_at', Instant(), nullable=True),
    sa.Column('used_at', Instant(), nullable=True),
    sa.Column('revoked_at', Instant(), nullable=True),
    sa.Column('revoked_by', sa.BigInteger(), nullable=True),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('(digest IS NULL) = (taken_at IS NULL)', name=op.f('ck_api_key_taken')),
    sa.CheckConstraint('(revoked_at IS NULL) = (revoked_by IS NULL)', name=op.f('ck_api_key_revoked')),
    sa.CheckConstraint('given_at < until', name=op.f('ck_api_key_period')),
    sa.ForeignKeyConstraint(['bank_id'], ['bank.id'], name=op.f('fk_api_key_bank_id_bank')),
    sa.ForeignKeyConstraint(['user_id'], ['account.id'], name=op.f('fk_api_key_user_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_api_key')),
    sa.UniqueConstraint('digest', name=op.f('uq_api_key_digest')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_api_key_bank_id'), 'api_key', ['bank_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_api_key_bank_id'), table_name='api_key')
    op.drop_table('api_key')
