"""sign-ins and sleep"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from financing.db import Instant

revision = '0072'
down_revision = '0074'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('account', sa.Column('used_at', Instant(), nullable=True))
    op.add_column('account', sa.Column('slept_at', Instant(), nullable=True))
    op.add_column('account', sa.Column('password_at', Instant(), nullable=True))
    op.add_column('login_session', sa.Column('device', sa.Text(), server_default='', nullable=False))
    op.add_column('login_session', sa.Column('place', sa.Text(), server_default='', nullable=False))
    # whoever has an account today has the whole period from today on before it sleeps
    sqlite = op.get_bind().dialect.name == 'sqlite'
    now = "strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000+00:00'" if sqlite else 'CURRENT_TIMESTAMP'
    op.execute(f'UPDATE account SET used_at = {now}')


def downgrade() -> None:
    op.drop_column('login_session', 'place')
    op.drop_column('login_session', 'device')
    op.drop_column('account', 'password_at')
    op.drop_column('account', 'slept_at')
    op.drop_column('account', 'used_at')
