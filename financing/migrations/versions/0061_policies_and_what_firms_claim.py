"""policies and what firms claim"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from financing.db import Instant
from sqlalchemy.dialects.postgresql import JSONB

revision = '0061'
down_revision = '0052'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('policy',
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('doc_no', sa.Text(), nullable=False),
    sa.Column('level', sa.Text(), nullable=False),
    sa.Column('issuer', sa.Text(), nullable=False),
    sa.Column('department', sa.Text(), nullable=False),
    sa.Column('phone', sa.Text(), nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=True),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('confidence', sa.Text(), nullable=False),
    sa.Column('summary', sa.Text(), nullable=False),
    sa.Column('example', sa.Text(), nullable=False),
    sa.Column('entered_at', Instant(), nullable=False),
    sa.Column('entered_by', sa.BigInteger(), nullable=False),
    sa.Column('proposed_at', Instant(), nullable=True),
    sa.Column('proposed_by', sa.BigInteger(), nullable=True),
    sa.Column('proposer', sa.Text(), nullable=False),
    sa.Column('decided_at', Instant(), nullable=True),
    sa.Column('decided_by', sa.BigInteger(), nullable=True),
    sa.Column('decider', sa.Text(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("(state IN ('expired', 'repealed')) = (ended_on IS NOT NULL)", name=op.f('ck_policy_ended')),
    sa.CheckConstraint("confidence IN ('A', 'B', 'C')", name=op.f('ck_policy_confidence')),
    sa.CheckConstraint("state = 'draft' OR proposed_by IS NOT NULL", name=op.f('ck_policy_proposed')),
    sa.CheckConstraint("state IN ('draft', 'proposed') OR decided_by IS NOT NULL", name=op.f('ck_policy_adopted')),
    sa.CheckConstraint('decided_by <> proposed_by', name=op.f('ck_policy_two_people')),
    sa.CheckConstraint('until >= since', name=op.f('ck_policy_days')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_policy')),
    sa.UniqueConstraint('number', name=op.f('uq_policy_number')),
    sqlite_strict=True
    )
    op.create_index('ix_policy_state', 'policy', ['state', 'until'], unique=False)
    op.create_table('policy_clause',
    sa.Column('policy_id', sa.BigInteger(), nullable=False),
    sa.Column('place', sa.BigInteger(), nullable=False),
    sa.Column('edition', sa.BigInteger(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('says', sa.Text(), nullable=False),
    sa.Column('benefit', sa.Text(), nullable=False),
    sa.Column('route', sa.Text(), nullable=False),
    sa.Column('papers', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('terms', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('exclusive', sa.Text(), nullable=False),
    sa.Column('per_loan', sa.Boolean(), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('pay_days', sa.BigInteger(), nullable=False),
    sa.Column('budget', sa.BigInteger(), nullable=True),
    sa.Column('written_at', Instant(), nullable=False),
    sa.Column('written_by', sa.BigInteger(), nullable=False),
    sa.Column('granted', sa.BigInteger(), nullable=False),
    sa.Column('proposed_by', sa.BigInteger(), nullable=True),
    sa.Column('proposer', sa.Text(), nullable=False),
    sa.Column('decided_by', sa.BigInteger(), nullable=True),
    sa.Column('decided_at', Instant(), nullable=True),
    sa.Column('decider', sa.Text(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("NOT per_loan OR exclusive <> ''", name=op.f('ck_policy_clause_per_loan')),
    sa.CheckConstraint("state IN ('draft', 'proposed') OR decided_by IS NOT NULL", name=op.f('ck_policy_clause_adopted')),
    sa.CheckConstraint('decided_by <> proposed_by', name=op.f('ck_policy_clause_two_people')),
    sa.CheckConstraint('granted >= 0 AND (budget IS NULL OR granted <= budget)', name=op.f('ck_policy_clause_budget')),
    sa.CheckConstraint('pay_days > 0', name=op.f('ck_policy_clause_pay_days')),
    sa.CheckConstraint('until >= since', name=op.f('ck_policy_clause_days')),
    sa.ForeignKeyConstraint(['policy_id'], ['policy.id'], name=op.f('fk_policy_clause_policy_id_policy')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_policy_clause')),
    sa.UniqueConstraint('policy_id', 'place', 'edition', name=op.f('uq_policy_clause_policy_id_place_edition')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_policy_clause_policy_id'), 'policy_clause', ['policy_id'], unique=False)
    op.create_index('ix_policy_clause_state', 'policy_clause', ['state', 'since'], unique=False)
    op.create_index('uq_policy_clause_draft', 'policy_clause', ['policy_id', 'place'], unique=True, sqlite_where=sa.text("state = 'draft'"), postgresql_where=sa.text("state = 'draft'"))
    op.create_table('policy_facts',
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('given', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_policy_facts_firm_id_firm')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_policy_facts')),
    sa.UniqueConstraint('firm_id', name=op.f('uq_policy_facts_firm_id')),
    sqlite_strict=True
    )
    op.create_table('policy_question',
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('policy_id', sa.BigInteger(), nullable=False),
    sa.Column('question', sa.Text(), nullable=False),
    sa.Column('asked_at', Instant(), nullable=False),
    sa.Column('asked_by', sa.BigInteger(), nullable=False),
    sa.Column('shown', sa.Text(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('answered_at', Instant(), nullable=True),
    sa.Column('answered_by', sa.BigInteger(), nullable=True),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("(state = 'published') = (answered_at IS NOT NULL)", name=op.f('ck_policy_question_answered')),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_policy_question_firm_id_firm')),
    sa.ForeignKeyConstraint(['policy_id'], ['policy.id'], name=op.f('fk_policy_question_policy_id_policy')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_policy_question')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_policy_question_firm_id'), 'policy_question', ['firm_id'], unique=False)
    op.create_index(op.f('ix_policy_question_policy_id'), 'policy_question', ['policy_id'], unique=False)
    op.create_index('ix_policy_question_state', 'policy_question', ['state', 'asked_at'], unique=False)
    op.create_table('policy_alert',
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('clause_id', sa.BigInteger(), nullable=False),
    sa.Column('closes', sa.Date(), nullable=False),
    sa.Column('level', sa.BigInteger(), nullable=False),
    sa.Column('at', Instant(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('level > 0', name=op.f('ck_policy_alert_level')),
    sa.ForeignKeyConstraint(['clause_id'], ['policy_clause.id'], name=op.f('fk_policy_alert_clause_id_policy_clause')),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_policy_alert_firm_id_firm')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_policy_alert')),
    sa.UniqueConstraint('firm_id', 'clause_id', 'closes', 'level', name=op.f('uq_policy_alert_firm_id_clause_id_closes_level')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_policy_alert_clause_id'), 'policy_alert', ['clause_id'], unique=False)
    op.create_table('policy_claim',
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('policy_id', sa.BigInteger(), nullable=False),
    sa.Column('clause_id', sa.BigInteger(), nullable=False),
    sa.Column('firm', sa.Text(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('exclusive', sa.Text(), nullable=False),
    sa.Column('subject', sa.Text(), nullable=False),
    sa.Column('year', sa.BigInteger(), nullable=False),
    sa.Column('entitled', sa.BigInteger(), nullable=True),
    sa.Column('opened_at', Instant(), nullable=False),
    sa.Column('opened_by', sa.BigInteger(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('applied', sa.BigInteger(), nullable=True),
    sa.Column('applied_on', sa.Date(), nullable=True),
    sa.Column('granted', sa.BigInteger(), nullable=True),
    sa.Column('reviewed_by', sa.BigInteger(), nullable=True),
    sa.Column('reviewer', sa.Text(), nullable=False),
    sa.Column('public_from', sa.Date(), nullable=True),
    sa.Column('public_until', sa.Date(), nullable=True),
    sa.Column('asked_by', sa.BigInteger(), nullable=True),
    sa.Column('asker', sa.Text(), nullable=False),
    sa.Column('pay_on', sa.Date(), nullable=True),
    sa.Column('voucher', sa.Text(), nullable=False),
    sa.Column('confirmed_by', sa.BigInteger(), nullable=True),
    sa.Column('confirmer', sa.Text(), nullable=False),
    sa.Column('paid', sa.BigInteger(), nullable=True),
    sa.Column('paid_on', sa.Date(), nullable=True),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("(state = 'paid') = (paid IS NOT NULL)", name=op.f('ck_policy_claim_paid_state')),
    sa.CheckConstraint("state <> 'paid' OR (confirmed_by IS NOT NULL AND asked_by IS NOT NULL)", name=op.f('ck_policy_claim_by_two')),
    sa.CheckConstraint("state NOT IN ('publicised', 'paying', 'paid') OR public_until IS NOT NULL", name=op.f('ck_policy_claim_publicised')),
    sa.CheckConstraint('confirmed_by <> asked_by', name=op.f('ck_policy_claim_two_people')),
    sa.CheckConstraint('entitled >= 0 AND applied >= 0 AND granted >= 0 AND paid >= 0', name=op.f('ck_policy_claim_sums')),
    sa.CheckConstraint('granted IS NULL OR applied IS NULL OR granted <= applied', name=op.f('ck_policy_claim_granted')),
    sa.CheckConstraint('paid IS NULL OR paid <= granted', name=op.f('ck_policy_claim_paid')),
    sa.ForeignKeyConstraint(['clause_id'], ['policy_clause.id'], name=op.f('fk_policy_claim_clause_id_policy_clause')),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_policy_claim_firm_id_firm')),
    sa.ForeignKeyConstraint(['policy_id'], ['policy.id'], name=op.f('fk_policy_claim_policy_id_policy')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_policy_claim')),
    sa.UniqueConstraint('number', name=op.f('uq_policy_claim_number')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_policy_claim_clause_id'), 'policy_claim', ['clause_id'], unique=False)
    op.create_index(op.f('ix_policy_claim_firm_id'), 'policy_claim', ['firm_id'], unique=False)
    op.create_index(op.f('ix_policy_claim_policy_id'), 'policy_claim', ['policy_id'], unique=False)
    op.create_index('ix_policy_claim_state', 'policy_claim', ['state', 'due_on'], unique=False)
    op.create_index('uq_policy_claim_group', 'policy_claim', ['firm_id', 'exclusive', 'subject', 'year'], unique=True, sqlite_where=sa.text('(state NOT IN (\'refused\', \'withdrawn\')) AND "exclusive" != \'\''), postgresql_where=sa.text('(state NOT IN (\'refused\', \'withdrawn\')) AND "exclusive" != \'\''))
    op.create_index('uq_policy_claim_live', 'policy_claim', ['firm_id', 'clause_id', 'subject', 'year'], unique=True, sqlite_where=sa.text("(state NOT IN ('refused', 'withdrawn'))"), postgresql_where=sa.text("(state NOT IN ('refused', 'withdrawn'))"))
    op.create_table('policy_line',
    sa.Column('claim_id', sa.BigInteger(), nullable=False),
    sa.Column('clause_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('entry', sa.Text(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('at', Instant(), nullable=False),
    sa.Column('by', sa.BigInteger(), nullable=False),
    sa.Column('confirmed_by', sa.BigInteger(), nullable=True),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("(entry = 'paid') = (confirmed_by IS NOT NULL) AND confirmed_by <> by", name=op.f('ck_policy_line_two_people')),
    sa.CheckConstraint('amount >= 0', name=op.f('ck_policy_line_amount')),
    sa.ForeignKeyConstraint(['claim_id'], ['policy_claim.id'], name=op.f('fk_policy_line_claim_id_policy_claim')),
    sa.ForeignKeyConstraint(['clause_id'], ['policy_clause.id'], name=op.f('fk_policy_line_clause_id_policy_clause')),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_policy_line_firm_id_firm')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_policy_line')),
    sa.UniqueConstraint('claim_id', 'entry', name=op.f('uq_policy_line_claim_id_entry')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_policy_line_clause_id'), 'policy_line', ['clause_id'], unique=False)
    op.create_index(op.f('ix_policy_line_firm_id'), 'policy_line', ['firm_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_policy_line_firm_id'), table_name='policy_line')
    op.drop_index(op.f('ix_policy_line_clause_id'), table_name='policy_line')
    op.drop_table('policy_line')
    op.drop_index('uq_policy_claim_live', table_name='policy_claim', sqlite_where=sa.text("(state NOT IN ('refused', 'withdrawn'))"), postgresql_where=sa.text("(state NOT IN ('refused', 'withdrawn'))"))
    op.drop_index('uq_policy_claim_group', table_name='policy_claim', sqlite_where=sa.text('(state NOT IN (\'refused\', \'withdrawn\')) AND "exclusive" != \'\''), postgresql_where=sa.text('(state NOT IN (\'refused\', \'withdrawn\')) AND "exclusive" != \'\''))
    op.drop_index('ix_policy_claim_state', table_name='policy_claim')
    op.drop_index(op.f('ix_policy_claim_policy_id'), table_name='policy_claim')
    op.drop_index(op.f('ix_policy_claim_firm_id'), table_name='policy_claim')
    op.drop_index(op.f('ix_policy_claim_clause_id'), table_name='policy_claim')
    op.drop_table('policy_claim')
    op.drop_index(op.f('ix_policy_alert_clause_id'), table_name='policy_alert')
    op.drop_table('policy_alert')
    op.drop_index('ix_policy_question_state', table_name='policy_question')
    op.drop_index(op.f('ix_policy_question_policy_id'), table_name='policy_question')
    op.drop_index(op.f('ix_policy_question_firm_id'), table_name='policy_question')
    op.drop_table('policy_question')
    op.drop_table('policy_facts')
    op.drop_index('uq_policy_clause_draft', table_name='policy_clause', sqlite_where=sa.text("state = 'draft'"), postgresql_where=sa.text("state = 'draft'"))
    op.drop_index('ix_policy_clause_state', table_name='policy_clause')
    op.drop_index(op.f('ix_policy_clause_policy_id'), table_name='policy_clause')
    op.drop_table('policy_clause')
    op.drop_index('ix_policy_state', table_name='policy')
    op.drop_table('policy')
