"""Events (培训与活动): places, sign-up, waiting list, attendance, rating."""
