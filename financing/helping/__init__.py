"""Help (五个一): one firm, one leader, one team, one plan; surveys, requests, appointments, tasks."""
