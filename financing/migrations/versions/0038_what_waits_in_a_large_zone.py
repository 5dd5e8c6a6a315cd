"""what waits for an officer is found by its state: visits, questions, calls, flags, guarantees that are repaid, needs returned twice"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0038'
down_revision = '0039'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index('ix_survey_standing', 'survey', ['state', 'need_id'], unique=False)
    op.create_index('ix_item_ask_standing', 'item_ask', ['state', 'due_on'], unique=False)
    op.create_index('ix_call_back_standing', 'call_back', ['state', 'reason'], unique=False)
    op.create_index('ix_raised_flag_waiting', 'raised_flag', ['gone_at', 'looked_at'], unique=False)
    op.create_index('ix_guarantee_owed', 'guarantee', ['state', 'balance'], unique=False)
    returned = sa.text("act = 'need.return'")
    op.create_index(
        'ix_journal_returned', 'journal', ['actor_id', 'subject_id'], unique=False, sqlite_where=returned, postgresql_where=returned
    )


def downgrade() -> None:
    op.drop_index('ix_journal_returned', table_name='journal')
    op.drop_index('ix_guarantee_owed', table_name='guarantee')
    op.drop_index('ix_raised_flag_waiting', table_name='raised_flag')
    op.drop_index('ix_call_back_standing', table_name='call_back')
    op.drop_index('ix_item_ask_standing', table_name='item_ask')
    op.drop_index('ix_survey_standing', table_name='survey')
