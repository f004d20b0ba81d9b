"""A transaction of the engine's own, for one command."""

from __future__ import annotations

from types import TracebackType

from flowengine.errors import (
    ChangedMeanwhile,
    ConnectionLost,
    NeedsTransaction,
    OrderBusy,
    OutcomeUnknown,
    StoreUnusable,
)
from flowengine.storage.lines import Line, Lines
from flowengine.storage.trouble import told
from flowengine.storage.writer import SqlWriter


class Transaction:
    """Commits what ends well, and rolls back what does not.

    `alone`: each statement is a transaction of its own, so one command may save once. A class and no
    generator, because each command begins one.
    """

    __slots__ = ("_alone", "_line", "_lines", "_writer")

    _line: Line

    def __init__(self, lines: Lines, *, alone: bool) -> None:
        self._lines = lines
        self._alone = alone
        self._writer: SqlWriter | None = None

    def __enter__(self) -> SqlWriter:
        line = self._line = self._lines.take()
        try:
            writer = self._writer = (line.alone if self._alone else line.begin)(self._lines.recent)
        except BaseException as error:
            self._give_up(error, in_doubt=False)
            raise
        return writer

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        writer = self._writer
        assert writer is not None, "it was entered"
        if error is not None:
            self._give_up(error, in_doubt=self._alone and writer.is_saving)
            return
        if writer.admit_mistake():
            self._lines.put_back(self._line)
            raise ChangedMeanwhile
        if not self._alone:
            try:
                self._line.commit()
            except BaseException as failed:
                self._give_up(failed, in_doubt=True)
                raise
        writer.leave()
        self._lines.put_back(self._line)

    def _give_up(self, error: BaseException, *, in_doubt: bool) -> None:
        """Undo, and raise the error in our words where the driver raised it.

        Nobody knows what became of what was sent before the connection was lost.
        """
        said = self._told(error)
        if isinstance(said, ConnectionLost) and said is not error:
            self._lines.lose(self._line)
            raise (OutcomeUnknown() if in_doubt else said) from error
        self._undo()
        if said is not error:
            raise said from error

    def _told(self, error: BaseException) -> BaseException:
        """The error in our words; one that may be due to an order that was not read has it read."""
        said = told(error, self._lines.dialect)
        if not isinstance(said, Exception) or isinstance(said, NeedsTransaction | StoreUnusable):
            return said
        is_mistaken = self._writer is not None and self._writer.admit_mistake()
        return ChangedMeanwhile() if is_mistaken and not isinstance(said, OrderBusy) else said

    def _undo(self) -> None:
        try:
            self._line.roll_back()
        except BaseException as failed:
            self._line.cut()
            if not isinstance(failed, Exception):
                raise
        else:
            self._lines.put_back(self._line)
