"""Helpers (五个一帮扶): one firm, one leader, one team, one plan, followed to the end; requests, appointments and the tasks they leave."""
