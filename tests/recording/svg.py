"""A recorded terminal as an animated SVG, which plays wherever a picture is shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

import pyte

CELL = (8.4, 20.0)
MARGIN = 16.0
COLOURS = {
    "default": "#d8dee9",
    "black": "#4c566a",
    "red": "#e06c75",
    "green": "#98c379",
    "brown": "#e5c07b",
    "blue": "#61afef",
    "magenta": "#c678dd",
    "cyan": "#56b6c2",
    "white": "#eceff4",
}


@dataclass(frozen=True)
class Frame:
    """What the screen showed, and for how many seconds."""

    body: str
    seconds: float


def frame(screen: pyte.Screen, seconds: float, caption: str = "") -> Frame:
    """The screen as it is now, with a caption in its lower right corner."""
    width, height = CELL
    parts = [
        f'<rect x="{MARGIN + screen.cursor.x * width:.1f}" y="{MARGIN + screen.cursor.y * height:.1f}" '
        f'width="{width}" height="{height}" fill="#d8dee9" opacity="0.6"/>'
    ]
    for row in range(screen.lines):
        parts += _row(screen, row)
    if caption:
        x, y = MARGIN + screen.columns * width, MARGIN + screen.lines * height
        parts.append(f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="end" class="key">{escape(caption)}</text>')
    return Frame("".join(parts), seconds)


def _row(screen: pyte.Screen, row: int) -> Iterator[str]:
    cells = [(column, screen.buffer[row][column]) for column in range(screen.columns)]
    y = MARGIN + row * CELL[1] + 15
    for (colour, bold), group in groupby(cells, key=lambda cell: (cell[1].fg, cell[1].bold)):
        run = list(group)
        text = "".join(cell.data for _, cell in run)
        if text.strip():
            x = MARGIN + (run[0][0] + len(text) - len(text.lstrip())) * CELL[0]
            shade = COLOURS.get(colour, f"#{colour}" if len(colour) == 6 else COLOURS["default"])
            weight = ' font-weight="bold"' if bold else ""
            shown = escape(text.strip()).replace(" ", "&#160;")
            yield f'<text x="{x:.1f}" y="{y:.1f}" fill="{shade}"{weight}>{shown}</text>'


def animation(frames: Sequence[Frame], columns: int, rows: int, title: str) -> str:
    """The frames one after the other, for ever. Without animation the last one shows."""
    total = sum(each.seconds for each in frames)
    width, height = columns * CELL[0] + 2 * MARGIN, rows * CELL[1] + 2 * MARGIN
    styles, groups, start = [], [], 0.0
    for number, each in enumerate(frames):
        begin, end = 100 * start / total, 100 * (start + each.seconds) / total
        before = "0%{visibility:hidden}" if begin > 0 else ""
        after = f"{end:.3f}%{{visibility:hidden}}" if end < 99.999 else ""
        styles.append(f"@keyframes k{number}{{{before}{begin:.3f}%{{visibility:visible}}{after}}}")
        state = "visible" if number == len(frames) - 1 else "hidden"
        groups.append(
            f'<g visibility="{state}" style="animation:k{number} {total:.2f}s step-end infinite">{each.body}</g>'
        )
        start += each.seconds
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" role="img">\n<title>{escape(title)}</title>\n'
        f"<style>text{{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;white-space:pre}}"
        f".key{{fill:#e5c07b}}{''.join(styles)}</style>\n"
        f'<rect width="100%" height="100%" rx="8" fill="#20242c"/>\n' + "\n".join(groups) + "\n</svg>\n"
    )
