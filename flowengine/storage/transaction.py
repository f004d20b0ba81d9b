"""A transaction of the engine's own, for one command."""

from __future__ import annotations

from types import TracebackType

from flowengine.errors import ConnectionLost, OutcomeUnknown
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
    _writer: SqlWriter

    def __init__(self, lines: Lines, *, alone: bool) -> None:
        self._lines = lines
        self._alone = alone

    def __enter__(self) -> SqlWriter:
        # Alone it may be done again: a line that was lost shows that when the order is read.
        line = self._line = self._lines.take(checked=not self._alone)
        try:
            self._writer = line.alone() if self._alone else line.begin()
        except BaseException as error:
            self._give_up(error, in_doubt=False)
            raise
        return self._writer

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if error is not None:
            self._give_up(error, in_doubt=self._alone and self._writer.is_saving)
            return
        if not self._alone:
            try:
                self._line.commit()
            except BaseException as failed:
                self._give_up(failed, in_doubt=True)
                raise
        self._lines.put_back(self._line)

    def _give_up(self, error: BaseException, *, in_doubt: bool) -> None:
        """Undo, and raise the error in our words where the driver raised it.

        Nobody knows what became of what was sent before the connection was lost.
        """
        said = told(error, self._lines.dialect)
        if isinstance(said, ConnectionLost) and said is not error:
            self._lines.lose(self._line)
            raise (OutcomeUnknown() if in_doubt else said) from error
        self._undo()
        if said is not error:
            raise said from error

    def _undo(self) -> None:
        try:
            self._line.roll_back()
        except BaseException as failed:
            self._line.cut()
            if not isinstance(failed, Exception):
                raise
        else:
            self._lines.put_back(self._line)
