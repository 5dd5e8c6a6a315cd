"""A module that never comes to reading its question."""

from time import sleep

sleep(600)
