"""Reserves and what they cover (准备金): unearned, compensation; coverage, stress, votes against outcomes."""
