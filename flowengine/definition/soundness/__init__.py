"""Whether orders come through a process as it is meant: explored over stages, moments and values.

What is reported is told with the order to which it happens. Where that is not certain, nothing is said.
"""

from flowengine.definition.soundness.cases import Case
from flowengine.definition.soundness.exploring import cases, soundness_findings
from flowengine.definition.soundness.questions import Answers

__all__ = ["Answers", "Case", "cases", "soundness_findings"]
