"""second factor"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from financing.db import Instant

revision = '0071'
down_revision = '0073'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('passkey',
    sa.Column('user_id', sa.BigInteger(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('credential', sa.Text(), nullable=False),
    sa.Column('public_key', sa.LargeBinary(), nullable=False),
    sa.Column('uses', sa.BigInteger(), nullable=False),
    sa.Column('made_at', Instant(), nullable=False),
    sa.Column('used_at', Instant(), nullable=True),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('uses >= 0', name=op.f('ck_passkey_uses')),
    sa.ForeignKeyConstraint(['user_id'], ['account.id'], name=op.f('fk_passkey_user_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_passkey')),
    sa.UniqueConstraint('credential', name=op.f('uq_passkey_credential')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_passkey_user_id'), 'passkey', ['user_id'], unique=False)
    op.add_column('account', sa.Column('factor_step', sa.BigInteger(), server_default='0', nullable=False))
    op.add_column('account', sa.Column('recovery', sa.Text(), server_default='', nullable=False))
    op.add_column('login_session', sa.Column('waits', sa.Text(), nullable=True))
    op.add_column('login_session', sa.Column('challenge', sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column('login_session', 'challenge')
    op.drop_column('login_session', 'waits')
    op.drop_column('account', 'recovery')
    op.drop_column('account', 'factor_step')
    op.drop_index(op.f('ix_passkey_user_id'), table_name='passkey')
    op.drop_table('passkey')
