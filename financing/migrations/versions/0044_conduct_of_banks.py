"""conduct of banks"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from financing.db import Instant
from sqlalchemy.dialects.postgresql import JSONB

revision = '0044'
down_revision = '0040'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('reporter',
    sa.Column('mark', sa.Text(), nullable=False),
    sa.Column('firm_mark', sa.Text(), nullable=False),
    sa.Column('once', sa.Text(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('waits_until', sa.Date(), nullable=False),
    sa.Column('told', sa.LargeBinary(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reporter')),
    sa.UniqueConstraint('code', name=op.f('uq_reporter_code')),
    sa.UniqueConstraint('once', name=op.f('uq_reporter_once')),
    sqlite_strict=True
    )
    op.create_index('ix_reporter_mark', 'reporter', ['mark'], unique=False)
    op.create_table('conduct_case',
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('practice', sa.Text(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('against_id', sa.BigInteger(), nullable=False),
    sa.Column('report_id', sa.BigInteger(), nullable=True),
    sa.Column('firm_id', sa.BigInteger(), nullable=True),
    sa.Column('subject_id', sa.BigInteger(), nullable=True),
    sa.Column('facts', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('received_on', sa.Date(), nullable=False),
    sa.Column('begin_by', sa.Date(), nullable=False),
    sa.Column('answer_by', sa.Date(), nullable=False),
    sa.Column('words', sa.BigInteger(), nullable=False),
    sa.Column('outcome', sa.Text(), nullable=True),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("(source IN ('report', 'check')) = (report_id IS NOT NULL)", name=op.f('ck_conduct_case_confided')),
    sa.CheckConstraint("(state = 'closed') = (outcome IS NOT NULL)", name=op.f('ck_conduct_case_closed')),
    sa.CheckConstraint('(outcome IS NULL) = (closed_on IS NULL)', name=op.f('ck_conduct_case_closed_on')),
    sa.CheckConstraint('report_id IS NULL OR (firm_id IS NULL AND subject_id IS NULL)', name=op.f('ck_conduct_case_no_identity')),
    sa.ForeignKeyConstraint(['against_id'], ['bank.id'], name=op.f('fk_conduct_case_against_id_bank')),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_conduct_case_firm_id_firm')),
    sa.ForeignKeyConstraint(['report_id'], ['reporter.id'], name=op.f('fk_conduct_case_report_id_reporter')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conduct_case')),
    sa.UniqueConstraint('number', name=op.f('uq_conduct_case_number')),
    sa.UniqueConstraint('report_id', name=op.f('uq_conduct_case_report_id')),
    sqlite_strict=True
    )
    op.create_index('ix_conduct_case_open', 'conduct_case', ['against_id', 'practice', 'state'], unique=False)
    op.create_table('conduct_evidence',
    sa.Column('report_id', sa.BigInteger(), nullable=False),
    sa.Column('stored', sa.Text(), nullable=False),
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('told', sa.LargeBinary(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['report_id'], ['reporter.id'], name=op.f('fk_conduct_evidence_report_id_reporter')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conduct_evidence')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_conduct_evidence_report_id'), 'conduct_evidence', ['report_id'], unique=False)
    op.create_table('forbidden_try',
    sa.Column('bank_id', sa.BigInteger(), nullable=False),
    sa.Column('practice', sa.Text(), nullable=False),
    sa.Column('rule', sa.Text(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['bank_id'], ['bank.id'], name=op.f('fk_forbidden_try_bank_id_bank')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_forbidden_try')),
    sqlite_strict=True
    )
    op.create_index('ix_forbidden_try_bank', 'forbidden_try', ['bank_id', 'practice', 'day'], unique=False)
    op.create_table('handler_post',
    sa.Column('seat', sa.Text(), nullable=False),
    sa.Column('user_id', sa.BigInteger(), nullable=True),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('proposed_at', Instant(), nullable=False),
    sa.Column('proposed_by', sa.BigInteger(), nullable=False),
    sa.Column('proposer', sa.Text(), nullable=False),
    sa.Column('decided_at', Instant(), nullable=True),
    sa.Column('decided_by', sa.BigInteger(), nullable=True),
    sa.Column('decider', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("(state = 'proposed') = (decided_by IS NULL)", name=op.f('ck_handler_post_decided')),
    sa.CheckConstraint('decided_by <> proposed_by AND decided_by <> user_id', name=op.f('ck_handler_post_two_people')),
    sa.ForeignKeyConstraint(['user_id'], ['account.id'], name=op.f('fk_handler_post_user_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handler_post')),
    sqlite_strict=True
    )
    op.create_table('conduct_letter',
    sa.Column('case_id', sa.BigInteger(), nullable=False),
    sa.Column('bank_id', sa.BigInteger(), nullable=False),
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('practice', sa.Text(), nullable=False),
    sa.Column('asks', sa.Text(), nullable=False),
    sa.Column('sent_on', sa.Date(), nullable=False),
    sa.Column('sent_by', sa.BigInteger(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=True),
    sa.Column('answered_at', Instant(), nullable=True),
    sa.Column('answered_by', sa.BigInteger(), nullable=True),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('(answer IS NULL) = (answered_at IS NULL)', name=op.f('ck_conduct_letter_answered')),
    sa.ForeignKeyConstraint(['bank_id'], ['bank.id'], name=op.f('fk_conduct_letter_bank_id_bank')),
    sa.ForeignKeyConstraint(['case_id'], ['conduct_case.id'], name=op.f('fk_conduct_letter_case_id_conduct_case')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conduct_letter')),
    sqlite_strict=True
    )
    op.create_index('ix_conduct_letter_bank', 'conduct_letter', ['bank_id', 'sent_on'], unique=False)
    op.create_index(op.f('ix_conduct_letter_case_id'), 'conduct_letter', ['case_id'], unique=False)
    op.create_table('conduct_note',
    sa.Column('case_id', sa.BigInteger(), nullable=False),
    sa.Column('word', sa.Text(), nullable=False),
    sa.Column('by', sa.BigInteger(), nullable=True),
    sa.Column('once', sa.Text(), nullable=True),
    sa.Column('told', sa.LargeBinary(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['conduct_case.id'], name=op.f('fk_conduct_note_case_id_conduct_case')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conduct_note')),
    sa.UniqueConstraint('once', name=op.f('uq_conduct_note_once')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_conduct_note_case_id'), 'conduct_note', ['case_id'], unique=False)
    op.create_table('payout_check',
    sa.Column('drawdown_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('bank_id', sa.BigInteger(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('paid_on', sa.Date(), nullable=False),
    sa.Column('asked_on', sa.Date(), nullable=False),
    sa.Column('answered_on', sa.Date(), nullable=True),
    sa.Column('answer', sa.LargeBinary(), nullable=True),
    sa.Column('seen_on', sa.Date(), nullable=True),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('(answer IS NULL) = (answered_on IS NULL)', name=op.f('ck_payout_check_answered')),
    sa.CheckConstraint('seen_on IS NULL OR answered_on IS NOT NULL', name=op.f('ck_payout_check_seen')),
    sa.ForeignKeyConstraint(['bank_id'], ['bank.id'], name=op.f('fk_payout_check_bank_id_bank')),
    sa.ForeignKeyConstraint(['drawdown_id'], ['drawdown.id'], name=op.f('fk_payout_check_drawdown_id_drawdown')),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_payout_check_firm_id_firm')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payout_check')),
    sa.UniqueConstraint('drawdown_id', name=op.f('uq_payout_check_drawdown_id')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_payout_check_firm_id'), 'payout_check', ['firm_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_payout_check_firm_id'), table_name='payout_check')
    op.drop_table('payout_check')
    op.drop_index(op.f('ix_conduct_note_case_id'), table_name='conduct_note')
    op.drop_table('conduct_note')
    op.drop_index(op.f('ix_conduct_letter_case_id'), table_name='conduct_letter')
    op.drop_index('ix_conduct_letter_bank', table_name='conduct_letter')
    op.drop_table('conduct_letter')
    op.drop_table('handler_post')
    op.drop_index('ix_forbidden_try_bank', table_name='forbidden_try')
    op.drop_table('forbidden_try')
    op.drop_index(op.f('ix_conduct_evidence_report_id'), table_name='conduct_evidence')
    op.drop_table('conduct_evidence')
    op.drop_index('ix_conduct_case_open', table_name='conduct_case')
    op.drop_table('conduct_case')
    op.drop_index('ix_reporter_mark', table_name='reporter')
    op.drop_table('reporter')
