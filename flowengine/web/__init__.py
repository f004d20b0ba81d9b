"""Pages for people outside and the intake of events, for the application of a host. Needs the extra `web`."""

from __future__ import annotations

from flowengine.web.answers import answers
from flowengine.web.intake import intake

__all__ = ["answers", "intake"]
