"""What is watched while a guarantee is in force (保后检查、预警): dated checks, warning rules, classes of risk."""
