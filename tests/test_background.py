"""Work in the background: the same result as here, and the same error."""

import os

import pytest

from corridors.app import background as module
from corridors.app.background import in_background
from corridors.errors import UsageError
from corridors.locales import message


@pytest.mark.skipif((os.cpu_count() or 1) == 1, reason="one core")
@pytest.mark.skipif(not hasattr(os, "fork"), reason="no copies of processes")
def test_work_is_done_in_a_copy_of_this_process():
    known = {"here": os.getpid()}
    result = in_background(lambda: (known["here"], os.getpid()))
    known.clear()  # the copy has what was there when it began
    here, there = result()
    assert here == os.getpid() != there


def test_an_error_is_raised_where_the_result_is_asked_for():
    def refuse():
        raise UsageError(message("error.scenario.pairs"))

    result = in_background(refuse)
    with pytest.raises(UsageError, match="two"):
        result()


def test_a_result_that_cannot_be_sent_is_made_here():
    [made] = in_background(lambda: [lambda: os.getpid() + 0])()
    assert made() == os.getpid()


def test_a_copy_that_dies_is_replaced():
    here = os.getpid()
    assert in_background(lambda: "made here" if os.getpid() == here else os._exit(1))() == "made here"


def test_on_one_core_work_waits_until_it_is_asked_for(monkeypatch):
    monkeypatch.setattr(module.os, "cpu_count", lambda: 1)
    asked = []
    result = in_background(lambda: asked.append(os.getpid()))
    assert asked == []
    result()
    assert asked == [os.getpid()]
