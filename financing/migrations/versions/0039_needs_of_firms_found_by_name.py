"""needs of firms found by name, counted and sorted within their index"""

from __future__ import annotations

from alembic import op

revision = '0039'
down_revision = '0037'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index('ix_need_of_firm', 'need', ['firm_id', 'drafted_on', 'number', 'state'], unique=False)
    op.drop_index('ix_need_firm_id', table_name='need')


def downgrade() -> None:
    op.create_index('ix_need_firm_id', 'need', ['firm_id'], unique=False)
    op.drop_index('ix_need_of_firm', table_name='need')
