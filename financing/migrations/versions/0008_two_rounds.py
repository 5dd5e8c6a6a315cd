"""two rounds of a vote, and a changed file"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from financing.db import Instant

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Ballots cast so far are of the only round there was: the final one; a sitting that is open ends under it."""
    op.add_column('guarantee_case', sa.Column('round', sa.Text(), server_default='final', nullable=False))
    op.add_column('guarantee_case', sa.Column('set_back_for', sa.Text(), nullable=True))
    op.add_column('guarantee_case', sa.Column('set_back_at', Instant(), nullable=True))
    if op.get_bind().dialect.name == 'sqlite':
        op.execute('DROP TRIGGER IF EXISTS wall_tie_voted')  # it names the table that is built anew; put_up brings it back
    with op.batch_alter_table('ballot') as ballot:
        ballot.add_column(sa.Column('round', sa.Text(), server_default='final', nullable=False))
        ballot.drop_constraint('uq_ballot_case_id_meeting_id_user_id', type_='unique')
    op.create_index('uq_ballot_counting', 'ballot', ['case_id', 'meeting_id', 'round', 'user_id'], unique=True,
                    sqlite_where=sa.text('NOT void'), postgresql_where=sa.text('NOT void'))


def downgrade() -> None:
    op.drop_index('uq_ballot_counting', table_name='ballot')
    with op.batch_alter_table('ballot') as ballot:
        ballot.create_unique_constraint('uq_ballot_case_id_meeting_id_user_id', ['case_id', 'meeting_id', 'user_id'])
        ballot.drop_column('round')
    for column in ('set_back_at', 'set_back_for', 'round'):
        op.drop_column('guarantee_case', column)
