"""The interface for banks' own systems (接口, F106): the same acts and rights as the pages, with a key instead of a cookie.

A cookie never authorises a call here, and a key never authorises a page: each is read only where it counts.
"""
