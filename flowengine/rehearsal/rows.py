"""Filling the columns of a scenario's row into its steps."""

from __future__ import annotations

from flowengine.definition.columns import filled

__all__ = ["filled"]
