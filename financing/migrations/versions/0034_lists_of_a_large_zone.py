"""lists of a large zone"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from financing.finding import keep, words

revision = '0034'
down_revision = '0033'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('search_word',
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('way', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('word', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('subject_id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.PrimaryKeyConstraint('kind', 'way', 'word', 'subject_id', name=op.f('pk_search_word')),
    sqlite_strict=True
    )
    _fill()
    op.create_index(op.f('ix_search_word_subject_id'), 'search_word', ['subject_id'], unique=False)
    op.create_index('ix_firm_newest', 'firm', ['state', 'registered_at', 'id'], unique=False)
    op.create_index('ix_guarantee_newest', 'guarantee', ['prepared_at', 'number'], unique=False)
    op.create_index('ix_guarantee_standing', 'guarantee', ['state', 'prepared_at', 'number'], unique=False)
    op.create_index('ix_case_meeting', 'guarantee_case', ['meeting_id', 'state'], unique=False)
    op.create_index('ix_case_newest', 'guarantee_case', ['opened_on', 'number'], unique=False)
    op.create_index('ix_case_standing', 'guarantee_case', ['state', 'opened_on', 'number'], unique=False)
    op.create_index('ix_journal_act', 'journal', ['act', 'seq'], unique=False)
    op.create_index('ix_journal_at', 'journal', ['at', 'seq'], unique=False)
    op.create_index('ix_match_inbox', 'match', ['bank_id', 'state', 'due_on'], unique=False)
    op.create_index('ix_need_due', 'need', ['state', 'due_on', 'number'], unique=False)
    op.create_index('ix_need_newest', 'need', ['drafted_on', 'number'], unique=False)
    op.create_index('ix_need_standing', 'need', ['state', 'drafted_on', 'number'], unique=False)


def _fill() -> None:
    """The words of what is there already; from here on they are written with the thing itself."""
    for kind, columns in (('firm', 'id, name, code, phone'), ('bank', 'id, name'), ('forum_session', 'id, title')):
        things = op.get_bind().execute(sa.text(f'SELECT {columns} FROM "{kind}"')).all()  # noqa: S608  words of our own
        for start in range(0, len(things), 500):
            keep(op.get_bind(), kind, {key: words(*said) for key, *said in things[start : start + 500]})


def downgrade() -> None:
    op.drop_index('ix_need_standing', table_name='need')
    op.drop_index('ix_need_newest', table_name='need')
    op.drop_index('ix_need_due', table_name='need')
    op.drop_index('ix_match_inbox', table_name='match')
    op.drop_index('ix_journal_at', table_name='journal')
    op.drop_index('ix_journal_act', table_name='journal')
    op.drop_index('ix_case_standing', table_name='guarantee_case')
    op.drop_index('ix_case_newest', table_name='guarantee_case')
    op.drop_index('ix_case_meeting', table_name='guarantee_case')
    op.drop_index('ix_guarantee_standing', table_name='guarantee')
    op.drop_index('ix_guarantee_newest', table_name='guarantee')
    op.drop_index('ix_firm_newest', table_name='firm')
    op.drop_index(op.f('ix_search_word_subject_id'), table_name='search_word')
    op.drop_table('search_word')
