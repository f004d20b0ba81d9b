"""Carrying things outside: parcels, who carries them, over which channels, and what is done when it fails.

The courier knows neither orders nor the store: what it carries comes through ports, so it stands below the
runtime, and threads that send never touch the database.
"""
