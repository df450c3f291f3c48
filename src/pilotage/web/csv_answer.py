"""Answering with a CSV file, streamed, that no spreadsheet takes for a program."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence

from django.http import StreamingHttpResponse

from pilotage.kernel import clock

# A cell that begins like this would be a formula in Excel and its kin (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "＝", "＋", "－", "＠")
# In many countries spreadsheets part cells at semicolons, whatever is in quotes by commas.
_BEHIND_A_PART = re.compile(r"([;\t])([\s\u200b-\u200d\u2060\ufeff]*[=+\-@|＝＋－＠])")


class _Line:
    """What csv.writer writes to: hands each line on instead of keeping it."""

    def write(self, line: str) -> str:
        """The line itself."""
        return line


def csv_answer(
    what: str, heads: Sequence[str], rows: Iterable[Sequence[object]]
) -> StreamingHttpResponse:
    """A download named after `what` and the day; `heads` name the cells of each row."""
    name = f"{what}-{clock.now():%Y-%m-%d}.csv"
    return StreamingHttpResponse(
        _lines(heads, rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _lines(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    writer = csv.writer(_Line())
    # Without the mark Excel takes UTF-8 for the local code page.
    yield "\ufeff" + writer.writerow(heads)
    for row in rows:
        yield writer.writerow([safe_cell(value) for value in row])


def safe_cell(value: object) -> str:
    """The value as text that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    # What is not seen in front of a formula does not keep a spreadsheet from taking it.
    seen = text.lstrip("\u200b\u200c\u200d\u2060\ufeff \u00a0\u3000")
    text = f"'{text}" if seen.startswith(_FORMULA) or text.startswith(_FORMULA) else text
    return _BEHIND_A_PART.sub(r"\1'\2", text)
