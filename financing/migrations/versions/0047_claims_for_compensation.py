"""claims for compensation, their files, decisions and parts, and banks that get no new letters"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from financing.db import Instant

revision = '0047'
down_revision = '0044'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('bank_stop',
    sa.Column('bank_id', sa.BigInteger(), nullable=False),
    sa.Column('rate', sa.BigInteger(), nullable=False),
    sa.Column('line', sa.BigInteger(), nullable=False),
    sa.Column('compensated', sa.BigInteger(), nullable=False),
    sa.Column('ended', sa.BigInteger(), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('at', Instant(), nullable=False),
    sa.Column('proposed_at', Instant(), nullable=True),
    sa.Column('proposed_by', sa.BigInteger(), nullable=True),
    sa.Column('proposer', sa.Text(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('decided_at', Instant(), nullable=True),
    sa.Column('decided_by', sa.BigInteger(), nullable=True),
    sa.Column('decider', sa.Text(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("(state = 'lifted') = (decided_by IS NOT NULL)", name=op.f('ck_bank_stop_lifted')),
    sa.CheckConstraint("(state = 'standing') = (proposed_by IS NULL)", name=op.f('ck_bank_stop_asked')),
    sa.CheckConstraint('decided_by <> proposed_by', name=op.f('ck_bank_stop_two_people')),
    sa.CheckConstraint('rate >= line AND compensated > 0 AND ended > 0', name=op.f('ck_bank_stop_passed')),
    sa.ForeignKeyConstraint(['bank_id'], ['bank.id'], name=op.f('fk_bank_stop_bank_id_bank')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bank_stop')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_bank_stop_bank_id'), 'bank_stop', ['bank_id'], unique=False)
    op.create_index('uq_bank_stop_standing', 'bank_stop', ['bank_id'], unique=True, sqlite_where=sa.text("state != 'lifted'"), postgresql_where=sa.text("state != 'lifted'"))
    op.create_table('compensation_item',
    sa.Column('guarantee_id', sa.BigInteger(), nullable=False),
    sa.Column('case_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('bank_id', sa.BigInteger(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('document_id', sa.BigInteger(), nullable=False),
    sa.Column('dated', sa.Date(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('by', sa.BigInteger(), nullable=False),
    sa.Column('by_name', sa.Text(), nullable=False),
    sa.Column('at', Instant(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_compensation_item_document_id_document')),
    sa.ForeignKeyConstraint(['guarantee_id'], ['guarantee.id'], name=op.f('fk_compensation_item_guarantee_id_guarantee')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_compensation_item')),
    sqlite_strict=True
    )
    op.create_index('ix_compensation_item_file', 'compensation_item', ['guarantee_id', 'key'], unique=False)
    op.create_table('compensation_claim',
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('guarantee_id', sa.BigInteger(), nullable=False),
    sa.Column('case_id', sa.BigInteger(), nullable=False),
    sa.Column('need_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('bank_id', sa.BigInteger(), nullable=False),
    sa.Column('agreement_id', sa.BigInteger(), nullable=True),
    sa.Column('principal', sa.BigInteger(), nullable=False),
    sa.Column('interest', sa.BigInteger(), nullable=False),
    sa.Column('days_past_due', sa.BigInteger(), nullable=False),
    sa.Column('recorded', sa.Boolean(), nullable=False),
    sa.Column('share', sa.BigInteger(), nullable=False),
    sa.Column('most', sa.BigInteger(), nullable=False),
    sa.Column('claimed', sa.BigInteger(), nullable=False),
    sa.Column('payee', sa.Text(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('lodged_on', sa.Date(), nullable=False),
    sa.Column('lodged_at', Instant(), nullable=False),
    sa.Column('lodged_by', sa.BigInteger(), nullable=False),
    sa.Column('lodger', sa.Text(), nullable=False),
    sa.Column('grace_days', sa.BigInteger(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('chair_aside', sa.Boolean(), nullable=False),
    sa.Column('paused_on', sa.Date(), nullable=True),
    sa.Column('told', sa.BigInteger(), nullable=False),
    sa.Column('proposed_by', sa.BigInteger(), nullable=True),
    sa.Column('proposer', sa.Text(), nullable=False),
    sa.Column('answer_by', sa.Date(), nullable=True),
    sa.Column('approved', sa.BigInteger(), nullable=False),
    sa.Column('cut', sa.BigInteger(), nullable=False),
    sa.Column('repaid', sa.BigInteger(), nullable=False),
    sa.Column('again', sa.Boolean(), nullable=False),
    sa.Column('proposal_id', sa.BigInteger(), nullable=True),
    sa.Column('over_on', sa.Date(), nullable=True),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("(state IN ('waiting', 'reduced', 'denied')) = (paused_on IS NOT NULL)", name=op.f('ck_compensation_claim_paused')),
    sa.CheckConstraint("state <> 'refused' OR approved = 0", name=op.f('ck_compensation_claim_refused')),
    sa.CheckConstraint("state NOT IN ('payable', 'paying', 'paid') OR approved > 0", name=op.f('ck_compensation_claim_payable')),
    sa.CheckConstraint("state NOT IN ('payable', 'paying', 'paid', 'refused') OR approved + cut + repaid = claimed", name=op.f('ck_compensation_claim_whole')),
    sa.CheckConstraint('approved >= 0 AND cut >= 0 AND repaid >= 0 AND approved + cut + repaid <= claimed', name=op.f('ck_compensation_claim_parts')),
    sa.CheckConstraint('claimed > 0 AND claimed <= most AND most <= principal', name=op.f('ck_compensation_claim_amounts')),
    sa.CheckConstraint('grace_days >= 0 AND told >= 0 AND due_on >= lodged_on', name=op.f('ck_compensation_claim_clock')),
    sa.CheckConstraint('interest >= 0 AND days_past_due >= 0', name=op.f('ck_compensation_claim_owed')),
    sa.ForeignKeyConstraint(['agreement_id'], ['sharing_agreement.id'], name=op.f('fk_compensation_claim_agreement_id_sharing_agreement')),
    sa.ForeignKeyConstraint(['bank_id'], ['bank.id'], name=op.f('fk_compensation_claim_bank_id_bank')),
    sa.ForeignKeyConstraint(['case_id'], ['guarantee_case.id'], name=op.f('fk_compensation_claim_case_id_guarantee_case')),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_compensation_claim_firm_id_firm')),
    sa.ForeignKeyConstraint(['guarantee_id'], ['guarantee.id'], name=op.f('fk_compensation_claim_guarantee_id_guarantee')),
    sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_compensation_claim_need_id_need')),
    sa.ForeignKeyConstraint(['proposal_id'], ['entry_proposal.id'], name=op.f('fk_compensation_claim_proposal_id_entry_proposal')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_compensation_claim')),
    sa.UniqueConstraint('number', name=op.f('uq_compensation_claim_number')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_compensation_claim_bank_id'), 'compensation_claim', ['bank_id'], unique=False)
    op.create_index('ix_compensation_claim_clock', 'compensation_claim', ['state', 'due_on', 'number'], unique=False)
    op.create_index(op.f('ix_compensation_claim_firm_id'), 'compensation_claim', ['firm_id'], unique=False)
    op.create_index(op.f('ix_compensation_claim_guarantee_id'), 'compensation_claim', ['guarantee_id'], unique=False)
    op.create_index('uq_compensation_claim_open', 'compensation_claim', ['guarantee_id'], unique=True, sqlite_where=sa.text("(state NOT IN ('paid', 'refused', 'withdrawn'))"), postgresql_where=sa.text("(state NOT IN ('paid', 'refused', 'withdrawn'))"))
    op.create_table('compensation_answer',
    sa.Column('claim_id', sa.BigInteger(), nullable=False),
    sa.Column('guarantee_id', sa.BigInteger(), nullable=False),
    sa.Column('case_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('bank_id', sa.BigInteger(), nullable=False),
    sa.Column('accepts', sa.Boolean(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('by', sa.BigInteger(), nullable=False),
    sa.Column('by_name', sa.Text(), nullable=False),
    sa.Column('at', Instant(), nullable=False),
    sa.Column('document_id', sa.BigInteger(), nullable=True),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['claim_id'], ['compensation_claim.id'], name=op.f('fk_compensation_answer_claim_id_compensation_claim')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_compensation_answer_document_id_document')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_compensation_answer')),
    sa.UniqueConstraint('claim_id', name=op.f('uq_compensation_answer_claim_id')),
    sqlite_strict=True
    )
    op.create_table('compensation_decision',
    sa.Column('claim_id', sa.BigInteger(), nullable=False),
    sa.Column('guarantee_id', sa.BigInteger(), nullable=False),
    sa.Column('case_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('bank_id', sa.BigInteger(), nullable=False),
    sa.Column('number', sa.BigInteger(), nullable=False),
    sa.Column('final', sa.Boolean(), nullable=False),
    sa.Column('outcome', sa.Text(), nullable=False),
    sa.Column('claimed', sa.BigInteger(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('opinion', sa.Text(), nullable=False),
    sa.Column('proposed_at', Instant(), nullable=False),
    sa.Column('proposed_by', sa.BigInteger(), nullable=False),
    sa.Column('proposer', sa.Text(), nullable=False),
    sa.Column('chair_aside', sa.Boolean(), nullable=False),
    sa.Column('decided_at', Instant(), nullable=True),
    sa.Column('decided_by', sa.BigInteger(), nullable=True),
    sa.Column('decider', sa.Text(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("(outcome = 'grant') = (amount = claimed)", name=op.f('ck_compensation_decision_granted')),
    sa.CheckConstraint("(outcome = 'refuse') = (amount = 0)", name=op.f('ck_compensation_decision_refused')),
    sa.CheckConstraint("(outcome = 'refuse') = (reason IS NOT NULL)", name=op.f('ck_compensation_decision_reason')),
    sa.CheckConstraint("(state = 'proposed') = (decided_by IS NULL)", name=op.f('ck_compensation_decision_decided')),
    sa.CheckConstraint('amount >= 0 AND amount <= claimed', name=op.f('ck_compensation_decision_amount')),
    sa.CheckConstraint('decided_by <> proposed_by', name=op.f('ck_compensation_decision_two_people')),
    sa.ForeignKeyConstraint(['claim_id'], ['compensation_claim.id'], name=op.f('fk_compensation_decision_claim_id_compensation_claim')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_compensation_decision')),
    sa.UniqueConstraint('claim_id', 'number', name=op.f('uq_compensation_decision_claim_id_number')),
    sqlite_strict=True
    )
    op.create_index('uq_compensation_decision_open', 'compensation_decision', ['claim_id'], unique=True, sqlite_where=sa.text("state = 'proposed'"), postgresql_where=sa.text("state = 'proposed'"))
    op.create_table('compensation_part',
    sa.Column('entry_id', sa.BigInteger(), nullable=False),
    sa.Column('claim_id', sa.BigInteger(), nullable=True),
    sa.Column('guarantee_id', sa.BigInteger(), nullable=False),
    sa.Column('case_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('bank_id', sa.BigInteger(), nullable=False),
    sa.Column('agreement_id', sa.BigInteger(), nullable=True),
    sa.Column('party', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('share', sa.BigInteger(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('asked_on', sa.Date(), nullable=True),
    sa.Column('asked_by', sa.BigInteger(), nullable=True),
    sa.Column('asker', sa.Text(), nullable=False),
    sa.Column('received_on', sa.Date(), nullable=True),
    sa.Column('received_by', sa.BigInteger(), nullable=True),
    sa.Column('receiver', sa.Text(), nullable=False),
    sa.Column('document_id', sa.BigInteger(), nullable=True),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("(party = 'guarantor') = (state = 'borne')", name=op.f('ck_compensation_part_own')),
    sa.CheckConstraint("(state = 'received') = (document_id IS NOT NULL)", name=op.f('ck_compensation_part_received')),
    sa.CheckConstraint("party <> 'bank'", name=op.f('ck_compensation_part_bank')),
    sa.CheckConstraint("state NOT IN ('asked', 'received') OR asked_by IS NOT NULL", name=op.f('ck_compensation_part_asked')),
    sa.CheckConstraint('amount >= 0', name=op.f('ck_compensation_part_amount')),
    sa.CheckConstraint('received_by <> asked_by', name=op.f('ck_compensation_part_two_people')),
    sa.ForeignKeyConstraint(['agreement_id'], ['sharing_agreement.id'], name=op.f('fk_compensation_part_agreement_id_sharing_agreement')),
    sa.ForeignKeyConstraint(['claim_id'], ['compensation_claim.id'], name=op.f('fk_compensation_part_claim_id_compensation_claim')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_compensation_part_document_id_document')),
    sa.ForeignKeyConstraint(['entry_id'], ['guarantee_entry.id'], name=op.f('fk_compensation_part_entry_id_guarantee_entry')),
    sa.ForeignKeyConstraint(['guarantee_id'], ['guarantee.id'], name=op.f('fk_compensation_part_guarantee_id_guarantee')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_compensation_part')),
    sa.UniqueConstraint('entry_id', 'party', name=op.f('uq_compensation_part_entry_id_party')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_compensation_part_claim_id'), 'compensation_part', ['claim_id'], unique=False)
    op.create_index(op.f('ix_compensation_part_guarantee_id'), 'compensation_part', ['guarantee_id'], unique=False)
    op.create_index('ix_compensation_part_state', 'compensation_part', ['state'], unique=False)
    op.create_table('compensation_pause',
    sa.Column('claim_id', sa.BigInteger(), nullable=False),
    sa.Column('guarantee_id', sa.BigInteger(), nullable=False),
    sa.Column('case_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('bank_id', sa.BigInteger(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('wanted', sa.Text(), nullable=False),
    sa.Column('by_name', sa.Text(), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('due_before', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('due_after', sa.Date(), nullable=True),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('(until IS NULL) = (due_after IS NULL)', name=op.f('ck_compensation_pause_ended')),
    sa.CheckConstraint('until >= since AND due_after >= due_before', name=op.f('ck_compensation_pause_days')),
    sa.ForeignKeyConstraint(['claim_id'], ['compensation_claim.id'], name=op.f('fk_compensation_pause_claim_id_compensation_claim')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_compensation_pause')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_compensation_pause_claim_id'), 'compensation_pause', ['claim_id'], unique=False)
    op.create_index('uq_compensation_pause_standing', 'compensation_pause', ['claim_id'], unique=True, sqlite_where=sa.text('until IS NULL'), postgresql_where=sa.text('until IS NULL'))
    op.create_table('compensation_promise',
    sa.Column('claim_id', sa.BigInteger(), nullable=False),
    sa.Column('guarantee_id', sa.BigInteger(), nullable=False),
    sa.Column('case_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('bank_id', sa.BigInteger(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('at', Instant(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['claim_id'], ['compensation_claim.id'], name=op.f('fk_compensation_promise_claim_id_compensation_claim')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_compensation_promise')),
    sa.UniqueConstraint('claim_id', 'key', name=op.f('uq_compensation_promise_claim_id_key')),
    sqlite_strict=True
    )
    op.create_table('compensation_cut',
    sa.Column('decision_id', sa.BigInteger(), nullable=False),
    sa.Column('claim_id', sa.BigInteger(), nullable=False),
    sa.Column('guarantee_id', sa.BigInteger(), nullable=False),
    sa.Column('case_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('bank_id', sa.BigInteger(), nullable=False),
    sa.Column('number', sa.BigInteger(), nullable=False),
    sa.Column('lapse', sa.Text(), nullable=False),
    sa.Column('loss', sa.BigInteger(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('evidence', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('amount > 0 AND amount <= loss', name=op.f('ck_compensation_cut_amount')),
    sa.ForeignKeyConstraint(['claim_id'], ['compensation_claim.id'], name=op.f('fk_compensation_cut_claim_id_compensation_claim')),
    sa.ForeignKeyConstraint(['decision_id'], ['compensation_decision.id'], name=op.f('fk_compensation_cut_decision_id_compensation_decision')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_compensation_cut')),
    sa.UniqueConstraint('decision_id', 'number', name=op.f('uq_compensation_cut_decision_id_number')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_compensation_cut_claim_id'), 'compensation_cut', ['claim_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_compensation_cut_claim_id'), table_name='compensation_cut')
    op.drop_table('compensation_cut')
    op.drop_table('compensation_promise')
    op.drop_index('uq_compensation_pause_standing', table_name='compensation_pause', sqlite_where=sa.text('until IS NULL'), postgresql_where=sa.text('until IS NULL'))
    op.drop_index(op.f('ix_compensation_pause_claim_id'), table_name='compensation_pause')
    op.drop_table('compensation_pause')
    op.drop_index('ix_compensation_part_state', table_name='compensation_part')
    op.drop_index(op.f('ix_compensation_part_guarantee_id'), table_name='compensation_part')
    op.drop_index(op.f('ix_compensation_part_claim_id'), table_name='compensation_part')
    op.drop_table('compensation_part')
    op.drop_index('uq_compensation_decision_open', table_name='compensation_decision', sqlite_where=sa.text("state = 'proposed'"), postgresql_where=sa.text("state = 'proposed'"))
    op.drop_table('compensation_decision')
    op.drop_table('compensation_answer')
    op.drop_index('uq_compensation_claim_open', table_name='compensation_claim', sqlite_where=sa.text("(state NOT IN ('paid', 'refused', 'withdrawn'))"), postgresql_where=sa.text("(state NOT IN ('paid', 'refused', 'withdrawn'))"))
    op.drop_index(op.f('ix_compensation_claim_guarantee_id'), table_name='compensation_claim')
    op.drop_index(op.f('ix_compensation_claim_firm_id'), table_name='compensation_claim')
    op.drop_index('ix_compensation_claim_clock', table_name='compensation_claim')
    op.drop_index(op.f('ix_compensation_claim_bank_id'), table_name='compensation_claim')
    op.drop_table('compensation_claim')
    op.drop_index('ix_compensation_item_file', table_name='compensation_item')
    op.drop_table('compensation_item')
    op.drop_index('uq_bank_stop_standing', table_name='bank_stop', sqlite_where=sa.text("state != 'lifted'"), postgresql_where=sa.text("state != 'lifted'"))
    op.drop_index(op.f('ix_bank_stop_bank_id'), table_name='bank_stop')
    op.drop_table('bank_stop')
