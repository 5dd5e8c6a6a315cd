"""bulletins, who takes them, and their messages"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from financing.db import Instant
from sqlalchemy.dialects.postgresql import JSONB

revision = '0067'
down_revision = '0066'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('bulletin',
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('span', sa.Text(), nullable=True),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('sections', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('drafted_at', Instant(), nullable=False),
    sa.Column('publish_by', sa.Date(), nullable=False),
    sa.Column('wanted_at', Instant(), nullable=True),
    sa.Column('send_at', Instant(), nullable=True),
    sa.Column('proposed_at', Instant(), nullable=True),
    sa.Column('proposed_by', sa.BigInteger(), nullable=True),
    sa.Column('proposer', sa.Text(), nullable=False),
    sa.Column('decided_at', Instant(), nullable=True),
    sa.Column('decided_by', sa.BigInteger(), nullable=True),
    sa.Column('decider', sa.Text(), nullable=False),
    sa.Column('digest', sa.Text(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('(span IS NULL) = (until IS NULL)', name=op.f('ck_bulletin_period')),
    sa.CheckConstraint("state NOT IN ('proposed', 'published') OR proposed_by IS NOT NULL", name=op.f('ck_bulletin_proposed')),
    sa.CheckConstraint("(state = 'published') = (decided_by IS NOT NULL)", name=op.f('ck_bulletin_published')),
    sa.CheckConstraint("(state = 'published') = (send_at IS NOT NULL)", name=op.f('ck_bulletin_sent')),
    sa.CheckConstraint('decided_by <> proposed_by', name=op.f('ck_bulletin_two_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bulletin')),
    sa.UniqueConstraint('number', name=op.f('uq_bulletin_number')),
    sa.UniqueConstraint('span', 'until', name=op.f('uq_bulletin_span_until')),
    sqlite_strict=True
    )
    op.create_table('bulletin_subscription',
    sa.Column('user_id', sa.BigInteger(), nullable=False),
    sa.Column('topics', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('media', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('since', Instant(), nullable=False),
    sa.Column('ended_at', Instant(), nullable=True),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['account.id'], name=op.f('fk_bulletin_subscription_user_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bulletin_subscription')),
    sa.UniqueConstraint('user_id', name=op.f('uq_bulletin_subscription_user_id')),
    sqlite_strict=True
    )
    op.create_table('bulletin_delivery',
    sa.Column('bulletin_id', sa.BigInteger(), nullable=False),
    sa.Column('user_id', sa.BigInteger(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('medium', sa.Text(), nullable=False),
    sa.Column('parcel_id', sa.BigInteger(), nullable=False),
    sa.Column('at', Instant(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['bulletin_id'], ['bulletin.id'], name=op.f('fk_bulletin_delivery_bulletin_id_bulletin')),
    sa.ForeignKeyConstraint(['parcel_id'], ['notice_parcel.id'], name=op.f('fk_bulletin_delivery_parcel_id_notice_parcel')),
    sa.ForeignKeyConstraint(['user_id'], ['account.id'], name=op.f('fk_bulletin_delivery_user_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bulletin_delivery')),
    sa.UniqueConstraint('bulletin_id', 'user_id', 'medium', name=op.f('uq_bulletin_delivery_bulletin_id_user_id_medium')),
    sa.UniqueConstraint('parcel_id', name=op.f('uq_bulletin_delivery_parcel_id')),
    sqlite_strict=True
    )


def downgrade() -> None:
    op.drop_table('bulletin_delivery')
    op.drop_table('bulletin_subscription')
    op.drop_table('bulletin')
