"""Facts in, points and rankings out: scorecards, invoices, statements, size classes, matching and timetables.

A library of its own: no database, no clock, nothing of the platform around it.
"""
