"""inspections and charges"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from financing.db import Instant

revision = '0069'
down_revision = '0067'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('charge',
    sa.Column('item', sa.Text(), nullable=False),
    sa.Column('authority', sa.Text(), nullable=False),
    sa.Column('nature', sa.Text(), nullable=False),
    sa.Column('basis', sa.Text(), nullable=False),
    sa.Column('setting', sa.Text(), nullable=False),
    sa.Column('standard', sa.Text(), nullable=False),
    sa.Column('lower', sa.Text(), nullable=False),
    sa.Column('unit', sa.Text(), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('example', sa.Boolean(), nullable=False),
    sa.Column('listed_at', Instant(), nullable=False),
    sa.Column('listed_by', sa.BigInteger(), nullable=False),
    sa.Column('lister', sa.Text(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('ended_by', sa.BigInteger(), nullable=True),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('(until IS NULL) = (ended_by IS NULL)', name=op.f('ck_charge_ended')),
    sa.CheckConstraint('until IS NULL OR until >= since', name=op.f('ck_charge_until')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_charge')),
    sqlite_strict=True
    )
    op.create_index('ix_charge_item', 'charge', ['item', 'authority', 'since'], unique=False)
    op.create_index('uq_charge_open', 'charge', ['item', 'authority'], unique=True, sqlite_where=sa.text('until IS NULL'), postgresql_where=sa.text('until IS NULL'))
    op.create_table('inspection',
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('urgent', sa.Text(), nullable=True),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('booked_by', sa.BigInteger(), nullable=False),
    sa.Column('booker', sa.Text(), nullable=False),
    sa.Column('booked_at', Instant(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('decided_by', sa.BigInteger(), nullable=True),
    sa.Column('decider', sa.Text(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('found', sa.Text(), nullable=True),
    sa.Column('report', sa.Text(), nullable=False),
    sa.Column('mend_by', sa.Date(), nullable=True),
    sa.Column('recorded_by', sa.BigInteger(), nullable=True),
    sa.Column('recorder', sa.Text(), nullable=False),
    sa.Column('recorded_on', sa.Date(), nullable=True),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("(found IN ('fault', 'offence')) = (mend_by IS NOT NULL)", name=op.f('ck_inspection_mend')),
    sa.CheckConstraint("(state = 'done') = (found IS NOT NULL) AND (found IS NULL) = (recorded_by IS NULL)", name=op.f('ck_inspection_found')),
    sa.CheckConstraint("kind = 'inspection' OR urgent IS NULL", name=op.f('ck_inspection_urgent')),
    sa.CheckConstraint("state NOT IN ('booked', 'done') OR (kind = 'inspection' AND urgent IS NULL) OR decided_by IS NOT NULL", name=op.f('ck_inspection_approved')),
    sa.CheckConstraint("state NOT IN ('refused', 'cancelled') OR answer <> ''", name=op.f('ck_inspection_answer')),
    sa.CheckConstraint('decided_by <> booked_by', name=op.f('ck_inspection_two_people')),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_inspection_firm_id_firm')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_inspection')),
    sa.UniqueConstraint('number', name=op.f('uq_inspection_number')),
    sqlite_strict=True
    )
    op.create_index('ix_inspection_calendar', 'inspection', ['day', 'state'], unique=False)
    op.create_index(op.f('ix_inspection_firm_id'), 'inspection', ['firm_id'], unique=False)
    op.create_index('uq_inspection_day', 'inspection', ['firm_id', 'day'], unique=True, sqlite_where=sa.text("state IN ('asked', 'booked', 'done') AND urgent IS NULL"), postgresql_where=sa.text("state IN ('asked', 'booked', 'done') AND urgent IS NULL"))
    op.create_table('inspection_party',
    sa.Column('inspection_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('authority', sa.Text(), nullable=False),
    sa.Column('topic', sa.Text(), nullable=False),
    sa.Column('basis', sa.Text(), nullable=False),
    sa.Column('lead', sa.Boolean(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('urgent', sa.Text(), nullable=True),
    sa.Column('year', sa.BigInteger(), nullable=False),
    sa.Column('by', sa.BigInteger(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('at', Instant(), nullable=False),
    sa.Column('counts', sa.Boolean(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_inspection_party_firm_id_firm')),
    sa.ForeignKeyConstraint(['inspection_id'], ['inspection.id'], name=op.f('fk_inspection_party_inspection_id_inspection')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_inspection_party')),
    sa.UniqueConstraint('inspection_id', 'authority', 'topic', name=op.f('uq_inspection_party_inspection_id_authority_topic')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_inspection_party_inspection_id'), 'inspection_party', ['inspection_id'], unique=False)
    op.create_index('uq_inspection_party_year', 'inspection_party', ['firm_id', 'topic', 'year'], unique=True, sqlite_where=sa.text("counts AND kind = 'inspection' AND urgent IS NULL"), postgresql_where=sa.text("counts AND kind = 'inspection' AND urgent IS NULL"))
    op.create_table('unannounced_word',
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('inspection_id', sa.BigInteger(), nullable=True),
    sa.Column('grievance', sa.Text(), nullable=False),
    sa.Column('authority', sa.Text(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('says', sa.Text(), nullable=False),
    sa.Column('said_at', Instant(), nullable=False),
    sa.Column('said_by', sa.BigInteger(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('answered_by', sa.BigInteger(), nullable=True),
    sa.Column('answerer', sa.Text(), nullable=False),
    sa.Column('answered_on', sa.Date(), nullable=True),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("(state = 'answered') = (answered_by IS NOT NULL AND answer <> '')", name=op.f('ck_unannounced_word_answered')),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_unannounced_word_firm_id_firm')),
    sa.ForeignKeyConstraint(['inspection_id'], ['inspection.id'], name=op.f('fk_unannounced_word_inspection_id_inspection')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unannounced_word')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_unannounced_word_firm_id'), 'unannounced_word', ['firm_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_unannounced_word_firm_id'), table_name='unannounced_word')
    op.drop_table('unannounced_word')
    op.drop_index('uq_inspection_party_year', table_name='inspection_party', sqlite_where=sa.text("counts AND kind = 'inspection' AND urgent IS NULL"), postgresql_where=sa.text("counts AND kind = 'inspection' AND urgent IS NULL"))
    op.drop_index(op.f('ix_inspection_party_inspection_id'), table_name='inspection_party')
    op.drop_table('inspection_party')
    op.drop_index('uq_inspection_day', table_name='inspection', sqlite_where=sa.text("state IN ('asked', 'booked', 'done') AND urgent IS NULL"), postgresql_where=sa.text("state IN ('asked', 'booked', 'done') AND urgent IS NULL"))
    op.drop_index(op.f('ix_inspection_firm_id'), table_name='inspection')
    op.drop_index('ix_inspection_calendar', table_name='inspection')
    op.drop_table('inspection')
    op.drop_index('uq_charge_open', table_name='charge', sqlite_where=sa.text('until IS NULL'), postgresql_where=sa.text('until IS NULL'))
    op.drop_index('ix_charge_item', table_name='charge')
    op.drop_table('charge')
