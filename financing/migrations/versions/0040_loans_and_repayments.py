"""loans and repayments"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from financing.db import Instant
from sqlalchemy.dialects.postgresql import JSONB

revision = '0040'
down_revision = '0038'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('loan',
    sa.Column('offer_id', sa.BigInteger(), nullable=False),
    sa.Column('need_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('bank_id', sa.BigInteger(), nullable=False),
    sa.Column('contract', sa.Text(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('offered', sa.BigInteger(), nullable=False),
    sa.Column('line', sa.BigInteger(), nullable=True),
    sa.Column('asked', sa.BigInteger(), nullable=False),
    sa.Column('rate', sa.BigInteger(), nullable=False),
    sa.Column('offered_rate', sa.BigInteger(), nullable=False),
    sa.Column('starts', sa.Date(), nullable=False),
    sa.Column('matures', sa.Date(), nullable=False),
    sa.Column('repayment', sa.Text(), nullable=False),
    sa.Column('days', sa.Text(), nullable=False),
    sa.Column('interest_day', sa.BigInteger(), nullable=True),
    sa.Column('every', sa.BigInteger(), nullable=False),
    sa.Column('surcharge', sa.BigInteger(), nullable=False),
    sa.Column('steps', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('recorded_at', Instant(), nullable=False),
    sa.Column('recorded_by', sa.BigInteger(), nullable=False),
    sa.Column('recorder', sa.Text(), nullable=False),
    sa.Column('document_id', sa.BigInteger(), nullable=True),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('amount > 0 AND amount <= offered AND offered <= asked', name=op.f('ck_loan_amounts')),
    sa.CheckConstraint('every IN (1, 3, 6, 12)', name=op.f('ck_loan_every')),
    sa.CheckConstraint('interest_day IS NULL OR interest_day BETWEEN 1 AND 28', name=op.f('ck_loan_interest_day')),
    sa.CheckConstraint('line IS NULL OR (offered <= line AND line <= asked)', name=op.f('ck_loan_line')),
    sa.CheckConstraint('rate >= 0 AND surcharge >= 0', name=op.f('ck_loan_rates')),
    sa.CheckConstraint('starts < matures', name=op.f('ck_loan_days')),
    sa.ForeignKeyConstraint(['bank_id'], ['bank.id'], name=op.f('fk_loan_bank_id_bank')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_loan_document_id_document')),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_loan_firm_id_firm')),
    sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_loan_need_id_need')),
    sa.ForeignKeyConstraint(['offer_id'], ['offer.id'], name=op.f('fk_loan_offer_id_offer')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_loan')),
    sa.UniqueConstraint('bank_id', 'contract', name=op.f('uq_loan_bank_id_contract')),
    sa.UniqueConstraint('offer_id', name=op.f('uq_loan_offer_id')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_loan_firm_id'), 'loan', ['firm_id'], unique=False)
    op.create_index(op.f('ix_loan_need_id'), 'loan', ['need_id'], unique=False)
    op.create_table('loan_change',
    sa.Column('loan_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('bank_id', sa.BigInteger(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('rate', sa.BigInteger(), nullable=True),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('was_until', sa.Date(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('recorded_at', Instant(), nullable=False),
    sa.Column('recorded_by', sa.BigInteger(), nullable=False),
    sa.Column('recorder', sa.Text(), nullable=False),
    sa.Column('chair_aside', sa.Boolean(), nullable=False),
    sa.Column('guarantee_until', sa.Date(), nullable=True),
    sa.Column('document_id', sa.BigInteger(), nullable=True),
    sa.Column('proposed_at', Instant(), nullable=True),
    sa.Column('proposed_by', sa.BigInteger(), nullable=True),
    sa.Column('proposer', sa.Text(), nullable=False),
    sa.Column('decided_at', Instant(), nullable=True),
    sa.Column('decided_by', sa.BigInteger(), nullable=True),
    sa.Column('decider', sa.Text(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("(kind = 'extension') = (until IS NOT NULL)", name=op.f('ck_loan_change_until')),
    sa.CheckConstraint("(kind = 'rate') = (rate IS NOT NULL)", name=op.f('ck_loan_change_rate')),
    sa.CheckConstraint("(state IN ('agreed', 'refused')) = (decided_by IS NOT NULL)", name=op.f('ck_loan_change_decided')),
    sa.CheckConstraint("state <> 'agreed' OR (document_id IS NOT NULL AND guarantee_until IS NOT NULL AND guarantee_until >= until)", name=op.f('ck_loan_change_consent')),
    sa.CheckConstraint('decided_by <> proposed_by', name=op.f('ck_loan_change_two_people')),
    sa.CheckConstraint('until > was_until', name=op.f('ck_loan_change_later')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_loan_change_document_id_document')),
    sa.ForeignKeyConstraint(['loan_id'], ['loan.id'], name=op.f('fk_loan_change_loan_id_loan')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_loan_change')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_loan_change_loan_id'), 'loan_change', ['loan_id'], unique=False)
    op.create_index('uq_loan_change_waiting', 'loan_change', ['loan_id'], unique=True, sqlite_where=sa.text("state IN ('asked', 'proposed')"), postgresql_where=sa.text("state IN ('asked', 'proposed')"))
    op.create_table('loan_class',
    sa.Column('loan_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('bank_id', sa.BigInteger(), nullable=False),
    sa.Column('before', sa.Text(), nullable=False),
    sa.Column('to', sa.Text(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('proposed_at', Instant(), nullable=False),
    sa.Column('proposed_by', sa.BigInteger(), nullable=False),
    sa.Column('proposer', sa.Text(), nullable=False),
    sa.Column('decided_at', Instant(), nullable=True),
    sa.Column('decided_by', sa.BigInteger(), nullable=True),
    sa.Column('decider', sa.Text(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("(state = 'proposed') = (decided_by IS NULL)", name=op.f('ck_loan_class_decided')),
    sa.CheckConstraint("reason <> ''", name=op.f('ck_loan_class_reason')),
    sa.CheckConstraint('decided_by <> proposed_by', name=op.f('ck_loan_class_two_people')),
    sa.ForeignKeyConstraint(['loan_id'], ['loan.id'], name=op.f('fk_loan_class_loan_id_loan')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_loan_class')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_loan_class_loan_id'), 'loan_class', ['loan_id'], unique=False)
    op.create_index('uq_loan_class_open', 'loan_class', ['loan_id'], unique=True, sqlite_where=sa.text("state = 'proposed'"), postgresql_where=sa.text("state = 'proposed'"))
    op.create_table('loan_plan',
    sa.Column('loan_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('bank_id', sa.BigInteger(), nullable=False),
    sa.Column('number', sa.BigInteger(), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('matures', sa.Date(), nullable=False),
    sa.Column('rate', sa.BigInteger(), nullable=False),
    sa.Column('rows', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('at', Instant(), nullable=False),
    sa.Column('by', sa.BigInteger(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('number > 0', name=op.f('ck_loan_plan_number')),
    sa.ForeignKeyConstraint(['loan_id'], ['loan.id'], name=op.f('fk_loan_plan_loan_id_loan')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_loan_plan')),
    sa.UniqueConstraint('loan_id', 'number', name=op.f('uq_loan_plan_loan_id_number')),
    sqlite_strict=True
    )
    op.create_table('loan_repayment',
    sa.Column('loan_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('bank_id', sa.BigInteger(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('principal', sa.BigInteger(), nullable=False),
    sa.Column('interest', sa.BigInteger(), nullable=False),
    sa.Column('penalty', sa.BigInteger(), nullable=False),
    sa.Column('repaid', sa.BigInteger(), nullable=False),
    sa.Column('drawn', sa.BigInteger(), nullable=False),
    sa.Column('reference', sa.Text(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('by', sa.BigInteger(), nullable=False),
    sa.Column('by_name', sa.Text(), nullable=False),
    sa.Column('at', Instant(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('principal + interest + penalty > 0', name=op.f('ck_loan_repayment_something')),
    sa.CheckConstraint('principal + repaid <= drawn', name=op.f('ck_loan_repayment_within')),
    sa.CheckConstraint('principal >= 0 AND interest >= 0 AND penalty >= 0', name=op.f('ck_loan_repayment_parts')),
    sa.ForeignKeyConstraint(['loan_id'], ['loan.id'], name=op.f('fk_loan_repayment_loan_id_loan')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_loan_repayment')),
    sa.UniqueConstraint('loan_id', 'reference', name=op.f('uq_loan_repayment_loan_id_reference')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_loan_repayment_firm_id'), 'loan_repayment', ['firm_id'], unique=False)
    op.create_index('ix_loan_repayment_order', 'loan_repayment', ['loan_id', 'on'], unique=False)
    op.create_table('renewal_call',
    sa.Column('loan_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('bank_id', sa.BigInteger(), nullable=False),
    sa.Column('matures', sa.Date(), nullable=False),
    sa.Column('days', sa.BigInteger(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('at', Instant(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('days >= 0', name=op.f('ck_renewal_call_days')),
    sa.ForeignKeyConstraint(['loan_id'], ['loan.id'], name=op.f('fk_renewal_call_loan_id_loan')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_renewal_call')),
    sa.UniqueConstraint('loan_id', 'matures', 'days', name=op.f('uq_renewal_call_loan_id_matures_days')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_renewal_call_firm_id'), 'renewal_call', ['firm_id'], unique=False)
    op.create_table('renewal_choice',
    sa.Column('loan_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('bank_id', sa.BigInteger(), nullable=False),
    sa.Column('matures', sa.Date(), nullable=False),
    sa.Column('choice', sa.Text(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('stated', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('by', sa.BigInteger(), nullable=False),
    sa.Column('by_name', sa.Text(), nullable=False),
    sa.Column('at', Instant(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['loan_id'], ['loan.id'], name=op.f('fk_renewal_choice_loan_id_loan')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_renewal_choice')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_renewal_choice_loan_id'), 'renewal_choice', ['loan_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_renewal_choice_loan_id'), table_name='renewal_choice')
    op.drop_table('renewal_choice')
    op.drop_index(op.f('ix_renewal_call_firm_id'), table_name='renewal_call')
    op.drop_table('renewal_call')
    op.drop_index('ix_loan_repayment_order', table_name='loan_repayment')
    op.drop_index(op.f('ix_loan_repayment_firm_id'), table_name='loan_repayment')
    op.drop_table('loan_repayment')
    op.drop_table('loan_plan')
    op.drop_index('uq_loan_class_open', table_name='loan_class', sqlite_where=sa.text("state = 'proposed'"), postgresql_where=sa.text("state = 'proposed'"))
    op.drop_index(op.f('ix_loan_class_loan_id'), table_name='loan_class')
    op.drop_table('loan_class')
    op.drop_index('uq_loan_change_waiting', table_name='loan_change', sqlite_where=sa.text("state IN ('asked', 'proposed')"), postgresql_where=sa.text("state IN ('asked', 'proposed')"))
    op.drop_index(op.f('ix_loan_change_loan_id'), table_name='loan_change')
    op.drop_table('loan_change')
    op.drop_index(op.f('ix_loan_need_id'), table_name='loan')
    op.drop_index(op.f('ix_loan_firm_id'), table_name='loan')
    op.drop_table('loan')
