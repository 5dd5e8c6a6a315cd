"""price securities and sharing agreements"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from financing.db import Instant
from sqlalchemy.dialects.postgresql import JSONB

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table('sharing_agreement',
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('bank_id', sa.BigInteger(), nullable=True),
    sa.Column('guarantor_share', sa.BigInteger(), nullable=False),
    sa.Column('bank_share', sa.BigInteger(), nullable=False),
    sa.Column('reguarantor_share', sa.BigInteger(), nullable=False),
    sa.Column('fund_share', sa.BigInteger(), nullable=False),
    sa.Column('treasury_share', sa.BigInteger(), nullable=False),
    sa.Column('other_share', sa.BigInteger(), nullable=False),
    sa.Column('other_name', sa.Text(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_until', sa.Date(), nullable=False),
    sa.Column('trigger_days', sa.BigInteger(), nullable=False),
    sa.Column('grace_days', sa.BigInteger(), nullable=False),
    sa.Column('deposit', sa.BigInteger(), nullable=False),
    sa.Column('single_cap', sa.BigInteger(), nullable=False),
    sa.Column('stop_rate', sa.BigInteger(), nullable=False),
    sa.Column('business', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('document_id', sa.BigInteger(), nullable=False),
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
    sa.CheckConstraint("(other_share > 0) = (other_name <> '')", name=op.f('ck_sharing_agreement_other')),
    sa.CheckConstraint("(state = 'proposed') = (decided_by IS NULL)", name=op.f('ck_sharing_agreement_decided')),
    sa.CheckConstraint('guarantor_share + bank_share + reguarantor_share + fund_share + treasury_share + other_share = 1000000', name=op.f('ck_sharing_agreement_whole')),
    sa.CheckConstraint('guarantor_share >= 0 AND bank_share >= 0 AND reguarantor_share >= 0 AND fund_share >= 0 AND treasury_share >= 0 AND other_share >= 0', name=op.f('ck_sharing_agreement_shares')),
    sa.CheckConstraint('proposed_by <> decided_by', name=op.f('ck_sharing_agreement_two_people')),
    sa.CheckConstraint('trigger_days >= 0 AND grace_days >= 0', name=op.f('ck_sharing_agreement_terms')),
    sa.CheckConstraint('valid_from <= valid_until', name=op.f('ck_sharing_agreement_days')),
    sa.ForeignKeyConstraint(['bank_id'], ['bank.id'], name=op.f('fk_sharing_agreement_bank_id_bank')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_sharing_agreement_document_id_document')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sharing_agreement')),
    sa.UniqueConstraint('number', name=op.f('uq_sharing_agreement_number')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_sharing_agreement_bank_id'), 'sharing_agreement', ['bank_id'], unique=False)
    op.create_table('counter_guarantee',
    sa.Column('case_id', sa.BigInteger(), nullable=False),
    sa.Column('need_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('number', sa.BigInteger(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('about', sa.Text(), nullable=False),
    sa.Column('value', sa.BigInteger(), nullable=False),
    sa.Column('asked_at', Instant(), nullable=False),
    sa.Column('asked_by', sa.BigInteger(), nullable=False),
    sa.Column('asker', sa.Text(), nullable=False),
    sa.Column('document_id', sa.BigInteger(), nullable=True),
    sa.Column('given_on', sa.Date(), nullable=True),
    sa.Column('register_no', sa.Text(), nullable=False),
    sa.Column('registered_on', sa.Date(), nullable=True),
    sa.Column('ended_at', Instant(), nullable=True),
    sa.Column('ended_by', sa.BigInteger(), nullable=True),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("(register_no = '') = (registered_on IS NULL)", name=op.f('ck_counter_guarantee_register_day')),
    sa.CheckConstraint("(state = 'waived') = (why <> '')", name=op.f('ck_counter_guarantee_reason')),
    sa.CheckConstraint("kind <> 'nothing' OR state = 'waived'", name=op.f('ck_counter_guarantee_nothing')),
    sa.CheckConstraint("state <> 'registered' OR register_no <> ''", name=op.f('ck_counter_guarantee_registered')),
    sa.CheckConstraint('value >= 0', name=op.f('ck_counter_guarantee_value')),
    sa.ForeignKeyConstraint(['case_id'], ['guarantee_case.id'], name=op.f('fk_counter_guarantee_case_id_guarantee_case')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_counter_guarantee_document_id_document')),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_counter_guarantee_firm_id_firm')),
    sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_counter_guarantee_need_id_need')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_counter_guarantee')),
    sa.UniqueConstraint('case_id', 'number', name=op.f('uq_counter_guarantee_case_id_number')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_counter_guarantee_firm_id'), 'counter_guarantee', ['firm_id'], unique=False)
    op.add_column('guarantee_case', sa.Column('price', sa.JSON().with_variant(JSONB(), "postgresql"), server_default='{}', nullable=False))



def downgrade() -> None:

    op.drop_column('guarantee_case', 'price')
    op.drop_index(op.f('ix_counter_guarantee_firm_id'), table_name='counter_guarantee')
    op.drop_table('counter_guarantee')
    op.drop_index(op.f('ix_sharing_agreement_bank_id'), table_name='sharing_agreement')
    op.drop_table('sharing_agreement')

