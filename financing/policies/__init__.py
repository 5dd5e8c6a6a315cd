"""Policies (惠企政策): clauses as data, who is entitled, what was applied for, granted and paid."""
