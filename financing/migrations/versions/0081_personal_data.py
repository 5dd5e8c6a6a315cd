"""personal data"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from financing.db import Instant

revision = '0081'
down_revision = '0082b'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('objection',
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('item', sa.Text(), nullable=False),
    sa.Column('held', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('made_at', Instant(), nullable=False),
    sa.Column('made_by', sa.BigInteger(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('answered_at', Instant(), nullable=True),
    sa.Column('answered_by', sa.BigInteger(), nullable=True),
    sa.Column('answerer', sa.Text(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("(state IN ('upheld', 'refused')) = (answered_by IS NOT NULL)", name=op.f('ck_objection_answered')),
    sa.CheckConstraint("answered_by IS NULL OR answer <> ''", name=op.f('ck_objection_answer')),
    sa.CheckConstraint('answered_by <> made_by', name=op.f('ck_objection_two_people')),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_objection_firm_id_firm')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_objection')),
    sa.UniqueConstraint('number', name=op.f('uq_objection_number')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_objection_firm_id'), 'objection', ['firm_id'], unique=False)
    op.create_index('uq_objection_open', 'objection', ['firm_id', 'kind', 'item'], unique=True, sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))
    op.create_table('erasure',
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=True),
    sa.Column('user_id', sa.BigInteger(), nullable=True),
    sa.Column('asked_at', Instant(), nullable=False),
    sa.Column('asked_by', sa.BigInteger(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('holds', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('free_on', sa.Date(), nullable=True),
    sa.Column('done_at', Instant(), nullable=True),
    sa.Column('done_by', sa.BigInteger(), nullable=True),
    sa.Column('doer', sa.Text(), nullable=False),
    sa.Column('cells', sa.BigInteger(), nullable=False),
    sa.Column('rows', sa.BigInteger(), nullable=False),
    sa.Column('files', sa.BigInteger(), nullable=False),
    sa.Column('left', sa.JSON().with_variant(JSONB(), "postgresql"), server_default='[]', nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("(state = 'erased') = (done_at IS NOT NULL)", name=op.f('ck_erasure_done')),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_erasure_firm_id_firm')),
    sa.ForeignKeyConstraint(['user_id'], ['account.id'], name=op.f('fk_erasure_user_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_erasure')),
    sa.UniqueConstraint('number', name=op.f('uq_erasure_number')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_erasure_firm_id'), 'erasure', ['firm_id'], unique=False)
    op.create_index('uq_erasure_firm', 'erasure', ['firm_id'], unique=True, sqlite_where=sa.text("state = 'asked' AND user_id IS NULL"), postgresql_where=sa.text("state = 'asked' AND user_id IS NULL"))
    op.create_index('uq_erasure_person', 'erasure', ['user_id'], unique=True, sqlite_where=sa.text("state = 'asked'"), postgresql_where=sa.text("state = 'asked'"))
    op.create_table('expired',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('held', sa.Text(), nullable=False),
    sa.Column('before', sa.Date(), nullable=False),
    sa.Column('figure', sa.Text(), nullable=False),
    sa.Column('rows', sa.BigInteger(), nullable=False),
    sa.Column('at', Instant(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('rows > 0', name=op.f('ck_expired_something')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_expired')),
    sa.UniqueConstraint('day', 'held', name=op.f('uq_expired_day_held')),
    sqlite_strict=True
    )
    op.create_table('impact',
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('processing', sa.Text(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('what', sa.Text(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('risks', sa.Text(), nullable=False),
    sa.Column('measures', sa.Text(), nullable=False),
    sa.Column('assessed_on', sa.Date(), nullable=False),
    sa.Column('review_on', sa.Date(), nullable=False),
    sa.Column('filed_at', Instant(), nullable=False),
    sa.Column('filed_by', sa.BigInteger(), nullable=False),
    sa.Column('filer', sa.Text(), nullable=False),
    sa.Column('replaces_id', sa.BigInteger(), nullable=True),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('review_on > assessed_on', name=op.f('ck_impact_review')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_impact')),
    sa.UniqueConstraint('number', name=op.f('uq_impact_number')),
    sa.UniqueConstraint('replaces_id', name=op.f('uq_impact_replaces_id')),
    sqlite_strict=True
    )


def downgrade() -> None:
    for table in ('impact', 'expired', 'erasure', 'objection'):
        op.drop_table(table)
