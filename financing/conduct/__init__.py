"""Conduct of banks (不当行为举报): reports whose author two people alone can read, what the platform notices, and what came of it."""
