"""Dates and deadlines as instants. Pure: zones come from the tz database, time from the caller."""
