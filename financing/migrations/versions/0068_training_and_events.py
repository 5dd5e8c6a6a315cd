"""training and events"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from financing.db import Instant
from sqlalchemy.dialects.postgresql import JSONB

revision = '0068'
down_revision = '0043'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('event',
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('about', sa.Text(), nullable=False),
    sa.Column('host', sa.Text(), nullable=False),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('starts', Instant(), nullable=False),
    sa.Column('ends', Instant(), nullable=False),
    sa.Column('places', sa.BigInteger(), nullable=False),
    sa.Column('most', sa.BigInteger(), nullable=False),
    sa.Column('until', sa.Date(), nullable=False),
    sa.Column('audience', sa.Text(), nullable=False),
    sa.Column('branch', sa.Text(), nullable=False),
    sa.Column('officer_id', sa.BigInteger(), nullable=False),
    sa.Column('officer', sa.Text(), nullable=False),
    sa.Column('planned_at', Instant(), nullable=False),
    sa.Column('taken', sa.BigInteger(), nullable=False),
    sa.Column('signed', sa.BigInteger(), nullable=False),
    sa.Column('closed_at', Instant(), nullable=True),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("(audience = 'industry') = (branch <> '')", name=op.f('ck_event_branch')),
    sa.CheckConstraint("(state = 'open') = (closed_at IS NULL)", name=op.f('ck_event_closed')),
    sa.CheckConstraint("state <> 'cancelled' OR why <> ''", name=op.f('ck_event_why')),
    sa.CheckConstraint('most >= 1 AND most <= 20 AND most <= places', name=op.f('ck_event_each')),
    sa.CheckConstraint('places >= 1 AND places <= 2000', name=op.f('ck_event_size')),
    sa.CheckConstraint('starts < ends', name=op.f('ck_event_times')),
    sa.CheckConstraint('taken >= 0 AND taken <= places', name=op.f('ck_event_places')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event')),
    sa.UniqueConstraint('number', name=op.f('uq_event_number')),
    sqlite_strict=True
    )
    op.create_index('ix_event_coming', 'event', ['state', 'starts'], unique=False)
    op.create_table('event_place',
    sa.Column('event_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('names', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('people', sa.BigInteger(), nullable=False),
    sa.Column('phone', sa.Text(), nullable=False),
    sa.Column('turn', sa.BigInteger(), nullable=False),
    sa.Column('at', Instant(), nullable=False),
    sa.Column('by', sa.BigInteger(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('since', Instant(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('people >= 1 AND people <= 20', name=op.f('ck_event_place_people')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_event_place_event_id_event')),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_event_place_firm_id_firm')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event_place')),
    sa.UniqueConstraint('event_id', 'turn', name=op.f('uq_event_place_event_id_turn')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_event_place_firm_id'), 'event_place', ['firm_id'], unique=False)
    op.create_index('uq_event_place_firm', 'event_place', ['event_id', 'firm_id'], unique=True, sqlite_where=sa.text("state IN ('placed', 'waiting', 'came', 'missed')"), postgresql_where=sa.text("state IN ('placed', 'waiting', 'came', 'missed')"))
    op.create_table('event_rating',
    sa.Column('place_id', sa.BigInteger(), nullable=False),
    sa.Column('event_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('grade', sa.Text(), nullable=False),
    sa.Column('says', sa.Text(), nullable=False),
    sa.Column('given_on', sa.Date(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_event_rating_event_id_event')),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_event_rating_firm_id_firm')),
    sa.ForeignKeyConstraint(['place_id'], ['event_place.id'], name=op.f('fk_event_rating_place_id_event_place')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event_rating')),
    sa.UniqueConstraint('place_id', name=op.f('uq_event_rating_place_id')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_event_rating_event_id'), 'event_rating', ['event_id'], unique=False)
    op.create_index(op.f('ix_event_rating_firm_id'), 'event_rating', ['firm_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_event_rating_firm_id'), table_name='event_rating')
    op.drop_index(op.f('ix_event_rating_event_id'), table_name='event_rating')
    op.drop_table('event_rating')
    op.drop_index('uq_event_place_firm', table_name='event_place', sqlite_where=sa.text("state IN ('placed', 'waiting', 'came', 'missed')"), postgresql_where=sa.text("state IN ('placed', 'waiting', 'came', 'missed')"))
    op.drop_index(op.f('ix_event_place_firm_id'), table_name='event_place')
    op.drop_table('event_place')
    op.drop_index('ix_event_coming', table_name='event')
    op.drop_table('event')
