"""shelves appetite and teasers"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from financing.db import Instant
from sqlalchemy.dialects.postgresql import JSONB

revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('appetite',
    sa.Column('bank_id', sa.BigInteger(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('starts', sa.Date(), nullable=False),
    sa.Column('ends', sa.Date(), nullable=False),
    sa.Column('number', sa.BigInteger(), nullable=False),
    sa.Column('sections', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('barred', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('sizes', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('least', sa.BigInteger(), nullable=True),
    sa.Column('most', sa.BigInteger(), nullable=True),
    sa.Column('shortest', sa.BigInteger(), nullable=True),
    sa.Column('longest', sa.BigInteger(), nullable=True),
    sa.Column('grade', sa.Text(), nullable=False),
    sa.Column('guaranteed_only', sa.Boolean(), nullable=False),
    sa.Column('volume', sa.BigInteger(), nullable=True),
    sa.Column('needs', sa.BigInteger(), nullable=True),
    sa.Column('set_at', Instant(), nullable=False),
    sa.Column('set_by', sa.BigInteger(), nullable=False),
    sa.Column('set_by_name', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('least <= most', name=op.f('ck_appetite_amounts')),
    sa.CheckConstraint('shortest <= longest', name=op.f('ck_appetite_months')),
    sa.CheckConstraint('starts < ends', name=op.f('ck_appetite_period')),
    sa.CheckConstraint('volume >= 0 AND needs >= 0', name=op.f('ck_appetite_volume')),
    sa.ForeignKeyConstraint(['bank_id'], ['bank.id'], name=op.f('fk_appetite_bank_id_bank')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_appetite')),
    sa.UniqueConstraint('bank_id', 'kind', 'starts', 'number', name=op.f('uq_appetite_bank_id_kind_starts_number')),
    sqlite_strict=True
    )
    op.create_table('offer_right',
    sa.Column('bank_id', sa.BigInteger(), nullable=False),
    sa.Column('user_id', sa.BigInteger(), nullable=False),
    sa.Column('number', sa.BigInteger(), nullable=False),
    sa.Column('most', sa.BigInteger(), nullable=True),
    sa.Column('heads', sa.Boolean(), nullable=False),
    sa.Column('given_at', Instant(), nullable=False),
    sa.Column('given_by', sa.BigInteger(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('most >= 0', name=op.f('ck_offer_right_most')),
    sa.ForeignKeyConstraint(['bank_id'], ['bank.id'], name=op.f('fk_offer_right_bank_id_bank')),
    sa.ForeignKeyConstraint(['user_id'], ['account.id'], name=op.f('fk_offer_right_user_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_offer_right')),
    sa.UniqueConstraint('user_id', 'number', name=op.f('uq_offer_right_user_id_number')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_offer_right_bank_id'), 'offer_right', ['bank_id'], unique=False)
    op.create_table('consent_request',
    sa.Column('match_id', sa.BigInteger(), nullable=False),
    sa.Column('need_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('bank_id', sa.BigInteger(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('asked_at', Instant(), nullable=False),
    sa.Column('asked_by', sa.BigInteger(), nullable=False),
    sa.Column('asked_by_name', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['bank_id'], ['bank.id'], name=op.f('fk_consent_request_bank_id_bank')),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_consent_request_firm_id_firm')),
    sa.ForeignKeyConstraint(['match_id'], ['match.id'], name=op.f('fk_consent_request_match_id_match')),
    sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_consent_request_need_id_need')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consent_request')),
    sa.UniqueConstraint('match_id', name=op.f('uq_consent_request_match_id')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_consent_request_bank_id'), 'consent_request', ['bank_id'], unique=False)
    op.create_index(op.f('ix_consent_request_need_id'), 'consent_request', ['need_id'], unique=False)
    op.create_table('offer_release',
    sa.Column('match_id', sa.BigInteger(), nullable=False),
    sa.Column('bank_id', sa.BigInteger(), nullable=False),
    sa.Column('most', sa.BigInteger(), nullable=False),
    sa.Column('given_at', Instant(), nullable=False),
    sa.Column('given_by', sa.BigInteger(), nullable=False),
    sa.Column('given_by_name', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('most > 0', name=op.f('ck_offer_release_most')),
    sa.ForeignKeyConstraint(['bank_id'], ['bank.id'], name=op.f('fk_offer_release_bank_id_bank')),
    sa.ForeignKeyConstraint(['match_id'], ['match.id'], name=op.f('fk_offer_release_match_id_match')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_offer_release')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_offer_release_match_id'), 'offer_release', ['match_id'], unique=False)
    op.add_column('bank', sa.Column('parent_id', sa.BigInteger(), nullable=True))
    op.create_index(op.f('ix_bank_parent_id'), 'bank', ['parent_id'], unique=False)
    op.add_column('match', sa.Column('teaser', sa.JSON().with_variant(JSONB(), "postgresql"), server_default='{}', nullable=False))
    op.add_column('product', sa.Column('put_at', Instant(), nullable=True))
    op.add_column('product', sa.Column('replaces_id', sa.BigInteger(), nullable=True))
    op.add_column('product', sa.Column('withdrawn_at', Instant(), nullable=True))
    op.add_column('product', sa.Column('withdrawn_by', sa.BigInteger(), nullable=True))
    op.add_column('product', sa.Column('withdrawn_why', sa.Text(), server_default='', nullable=False))


def downgrade() -> None:
    op.drop_column('product', 'withdrawn_why')
    op.drop_column('product', 'withdrawn_by')
    op.drop_column('product', 'withdrawn_at')
    op.drop_column('product', 'replaces_id')
    op.drop_column('product', 'put_at')
    op.drop_column('match', 'teaser')
    op.drop_index(op.f('ix_bank_parent_id'), table_name='bank')
    op.drop_column('bank', 'parent_id')
    op.drop_index(op.f('ix_offer_release_match_id'), table_name='offer_release')
    op.drop_table('offer_release')
    op.drop_index(op.f('ix_consent_request_need_id'), table_name='consent_request')
    op.drop_index(op.f('ix_consent_request_bank_id'), table_name='consent_request')
    op.drop_table('consent_request')
    op.drop_index(op.f('ix_offer_right_bank_id'), table_name='offer_right')
    op.drop_table('offer_right')
    op.drop_table('appetite')
