"""Notices out of the house: mail and work-chat robots. Nothing confidential stands in a message; all of it is on the site."""
