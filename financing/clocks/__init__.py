"""Clocks (限时办结): how long a step of a need may take, when it stands still, and who hears of it when it is late."""
