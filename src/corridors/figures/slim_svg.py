"""SVG from matplotlib to the same drawing in fewer bytes: relative paths, short names, nothing unused."""

import re
from functools import lru_cache
from itertools import count

DECIMALS = 2
"""A hundredth of a point is less than print can show."""

SCALE = 10**DECIMALS

COMMANDS = re.compile(r"([MLQCz])([^MLQCz]*)")
ALIKE = re.compile(r'<use [^>]*( style="([^"]*)")/>\n(?:<use [^>]*\1/>\n)+')
"""Consecutive uses of one style."""

NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")


def slim(body: str, name: str) -> str:
    """Make the content of an ``svg`` element shorter. Its ids start with ``name``, so that drawings share no ids."""
    body = re.sub(r"<!--.*?-->\s*|<defs>\s*<style.*?</defs>", "", body, flags=re.DOTALL)
    body = re.sub(r'(?<= d=")[^"]*', lambda path: slim_path(path[0]), body)
    body = re.sub(r'(<use [^>]*)transform="translate\(([^ )]*) 0\)"', r'\1x="\2"', body)
    body = re.sub(
        r'(?<=translate\()[^)]*|(?<= [xy]=")[^"]*|(?<=stroke-width: )[\d.]+|(?<=stroke-dasharray: )[\d.,]+',
        lambda match: NUMBER.sub(lambda number: _number(float(number[0])), match[0]),
        body,
    )
    body = re.sub(r'(?<= style=")[^"]*', lambda style: style[0].replace(": ", ":").replace("; ", ";"), body)
    body = re.sub(r"\n\s*", "\n", body)
    body = ALIKE.sub(lambda run: f'<g style="{run[2]}">\n{run[0].replace(run[1], "")}</g>\n', body)
    numbers = count(1)
    used = dict.fromkeys(re.findall(r'(?:href="|url\()#([^")]+)', body))
    short = {found: f"{name}-{next(numbers)}" for found in used}
    body = re.sub(r' id="([^"]*)"', lambda match: f' id="{short[match[1]]}"' if match[1] in short else "", body)
    return re.sub(r'((?:href="|url\()#)([^")]+)', lambda match: match[1] + short[match[2]], body)


def slim_path(text: str) -> str:
    """Path data with absolute M, L, Q, C and z as relative commands (SVG 1.1, chapter 8.3)."""
    commands: list[str] = []
    x = y = start_x = start_y = 0
    before = ""
    for letter, rest in COMMANDS.findall(text):
        if letter == "z":
            commands.append("z")
            x, y, before = start_x, start_y, "z"
            continue
        values = [round(float(number) * SCALE) for number in rest.split()]
        steps = [value - (y if nth % 2 else x) for nth, value in enumerate(values)]
        x, y = values[-2:]
        if letter == "M":
            start_x, start_y = x, y
        row = "".join(map(_step, steps))
        commands.append(row if letter == before != "M" else letter.lower() + row.removeprefix(" "))
        before = letter
    return "".join(commands)


@lru_cache(maxsize=100_000)
def _step(hundredths: int) -> str:
    """A number as one of a row, with a space before it only if no sign separates it from the number before."""
    number = _number(hundredths / SCALE)
    return number if number.startswith("-") else " " + number


@lru_cache(maxsize=100_000)
def _number(value: float) -> str:
    """A number in its shortest form."""
    text = f"{value:.{DECIMALS}f}".rstrip("0").rstrip(".")
    text = text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text
    return "0" if text in {"-0", ""} else text
