"""identities of accounts"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from financing.db import Instant

revision = '0084'
down_revision = '0082'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('account', sa.Column('identity', sa.Text(), nullable=True))
    op.add_column('account', sa.Column('identity_at', Instant(), nullable=True))
    op.create_index('uq_account_identity', 'account', ['identity'], unique=True)


def downgrade() -> None:
    op.drop_index('uq_account_identity', table_name='account')
    op.drop_column('account', 'identity_at')
    op.drop_column('account', 'identity')
