"""Inspections and visits (宁静日): booked for each firm, joined or refused where they clash, with results shared."""
