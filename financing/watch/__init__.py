"""Watch (保后): dated checks of every guarantee in force, early warnings, and what the portfolio is at risk of."""
