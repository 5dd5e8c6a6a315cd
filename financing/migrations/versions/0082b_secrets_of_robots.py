"""secrets of robots are sealed: a column for the cell; what stands in clear is sealed at the next start, which has the keys"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0082b'
down_revision = '0084'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('notice_address') as address:
        address.add_column(sa.Column('sealed', sa.LargeBinary(), nullable=True))
        address.create_check_constraint(op.f('ck_notice_address_in_clear'), "sealed IS NULL OR secret = ''")


def downgrade() -> None:
    with op.batch_alter_table('notice_address') as address:
        address.drop_constraint(op.f('ck_notice_address_in_clear'), type_='check')
        address.drop_column('sealed')
