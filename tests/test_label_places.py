"""A name gets the same position on a page and on paper: both searches run the same cases."""

import math
import random

import numpy as np
import pytest

from corridors.content.label_rule import LABEL_RULE
from corridors.figures.label_search import Anchor, Surroundings, best_place, dots_of
from corridors.web.map import CorridorMap

WIDE, HIGH = 640.0, 400.0
EDGE = 2
CASES = 300
RINGS = tuple(LABEL_RULE["rings"]), tuple(LABEL_RULE["rings"][:1]), (*LABEL_RULE["rings"], *LABEL_RULE["ledRings"])


def any_case(dice):
    """A name with what is around it, in pixels of a page, downward."""
    at = [dice.uniform(0, WIDE), dice.uniform(0, HIGH)]
    near = [[at[0] + dice.gauss(0, 45), at[1] + dice.gauss(0, 30)] for _ in range(dice.randint(0, 12))]
    corners = [[at[0] + dice.gauss(0, 60), at[1] + dice.gauss(0, 40)] for _ in range(dice.randint(0, 6))]
    return {
        "at": at,
        "size": [dice.uniform(20, 90), dice.uniform(10, 18)],
        "half": dice.choice([0.0, 3.0, 4.5, 6.5]),
        "rings": dice.choice([(), *RINGS]),
        "room": dice.choice([0.0, 12.0, 40.0]),
        "symbols": [[*place, dice.choice([3.0, 4.0, 7.5])] for place in near],
        "taken": [[x, y, x + dice.uniform(5, 60), y + dice.uniform(5, 20)] for x, y in corners],
        "dots": [[at[0] + 6.0 * nth - 60, at[1] + dice.gauss(0, 8)] for nth in range(dice.choice([0, 20]))],
    }


def on_paper(case):
    """The box and the line of a name in a figure, or None. On paper, y is upward."""
    (x, y), (wide, high) = case["at"], case["size"]
    around = Surroundings(
        pixel=1.0,
        inside=lambda box: box[0] >= EDGE and box[1] >= EDGE - HIGH and box[2] <= WIDE - EDGE and box[3] <= -EDGE,
        taken=np.array([(left, -lower, right, -upper) for left, upper, right, lower in case["taken"]]).reshape(-1, 4),
        others=np.array([(x, -y, half) for x, y, half in case["symbols"]]).reshape(-1, 3),
        lines=np.array([(x, -y) for x, y in case["dots"]]).reshape(-1, 2),
    )
    place = best_place(Anchor((x, -y), case["half"], case["rings"], case["room"]), wide, high, around)
    if place is None:
        return None
    left, lower, right, upper = place.box
    return [left, -upper, right, -lower], [(x, -y) for x, y in dots_of(place.leader, 1.0)]


def as_wish(case):
    """The same case as input of the page's search."""
    (x, y), symbols = case["at"], [{"of": "other", "x": x, "y": y, "r": half} for x, y, half in case["symbols"]]
    own = {"of": "own", "x": x, "y": y, "r": case["half"]}
    wish = {"of": "own", "room": case["room"]}
    if case["rings"]:
        wish = {"of": "own", "size": case["half"], "gap": LABEL_RULE["gap"], "rings": case["rings"]}
        symbols.append(own)
    ground = {
        "taken": case["taken"],
        "symbols": symbols,
        "dots": [{"x": x, "y": y} for x, y in case["dots"]],
        "size": {"x": WIDE, "y": HIGH},
    }
    return [wish, {"x": x, "y": y}, case["size"], ground]


@pytest.fixture(scope="module")
def cases():
    dice = random.Random(20250617)  # noqa: S311 - the same cases each time
    return [any_case(dice) for _ in range(CASES)]


def test_a_name_has_the_same_place_on_a_page_and_on_paper(ask_script, cases):
    answers = ask_script([("map/label_places", "findPlace", as_wish(case)) for case in cases], CorridorMap().payload())
    kinds = {"none": 0, "beside": 0, "led": 0, "country": 0}
    for case, answer in zip(cases, answers, strict=True):
        wanted = on_paper(case)
        assert (answer is None) == (wanted is None), case
        kinds["none"] += wanted is None
        if wanted is None:
            continue
        box, dots = wanted
        assert answer["box"] == pytest.approx(box, abs=1e-6), case
        found = [(dot["x"], dot["y"]) for dot in answer["leader"] or []]
        assert len(found) == len(dots), case
        assert all(math.dist(one, other) < 1e-6 for one, other in zip(found, dots, strict=True)), case
        kinds["led" if dots else "beside" if case["rings"] else "country"] += 1
    assert min(kinds.values()) >= CASES / 30, kinds
