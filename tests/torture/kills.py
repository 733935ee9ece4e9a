"""SIGKILL at every system call of a real `ssops apply` that changes state or service, and several kills in a row.

The writes inside a transaction of the embedded service are struck with the file store alone: they are alike with all.
"""

from __future__ import annotations

import random
import signal
from collections.abc import Iterator
from functools import cache, partial

from torture import dying, strikes
from torture.figures import Figure, of_cases
from torture.ground import Ground, each, ground, points
from torture.options import Options
from torture.scene import Wanted, apply_words, documents, ran, verdict, wanted
from torture.strikes import Point

_LAST_STEP = 9
_ATTEMPTS = 20


def matrix(options: Options) -> Iterator[Figure]:
    """Kill once, at every call: N/N over all stores, and on each."""
    total, all_wrong = 0, list[str]()
    for store in options.stores:
        made = ground(store)
        number, wrong = _struck(made, options) if strikes.is_possible() else _inside(made, options)
        total, all_wrong = total + number, all_wrong + wrong
        note = "" if strikes.is_possible() else "no strace: killed from inside"
        yield of_cases(f"SIGKILL at every call, {store}", number, wrong, options.least(100, 4), note)
    if not options.is_short:
        yield of_cases("SIGKILL at every call, all stores", total, all_wrong, 300)


def _struck(made: Ground, options: Options) -> tuple[int, list[str]]:
    found, words = points(made.store), apply_words(1)
    if options.is_short:
        found = found[:: max(1, len(found) // 5)]
    number, wrong = each(found, partial(_killed, made, words))
    if not options.is_short:
        # Spaces side by side: the first of several threads to come to its N-th call is hit.
        words = apply_words(1, parallelism=4)
        more, also = each([Point(one.call, one.number) for one in found[::5]], partial(_killed, made, words))
        number, wrong = number + more, wrong + [f"side by side, {one}" for one in also]
    return number, wrong


def _killed(made: Ground, words: list[str], point: Point) -> list[str] | None:
    with made.scene() as scene:
        done, _ = strikes.struck(scene, words, point, "signal=SIGKILL")
        if done.code == 0:
            return None
        if done.code != -signal.SIGKILL:
            return [f"it ended otherwise: {done}"]
        return verdict(scene, 1, made.expected)


def _inside(made: Ground, options: Options) -> tuple[int, list[str]]:
    with made.scene() as scene:
        steps = dying.steps(scene, *apply_words(1))
    found = range(1, steps, max(1, steps // options.least(300, 6)))
    return each(found, partial(_killed_inside, made))


def _killed_inside(made: Ground, step: int) -> list[str] | None:
    with made.scene() as scene:
        done = ran(scene, *apply_words(1), before=dying.at(step))
        return verdict(scene, 1, made.expected) if done.code == -signal.SIGKILL else None


def repeated(options: Options) -> Iterator[Figure]:
    """Kill two or three times in a row; now and then the manifests change between two of the runs."""
    total, all_wrong = 0, list[str]()
    share = -(-options.least(500, 3) // len(options.stores))
    ground("file")  # the workers find out there what is expected
    for store in options.stores:
        made = ground(store)
        with made.scene() as scene:
            steps = dying.steps(scene, *apply_words(1))
        number, wrong = each(range(share), partial(_killed_again, made, steps))
        total, all_wrong = total + number, all_wrong + [f"{store} {one}" for one in wrong]
    yield of_cases("two or three SIGKILLs in a row", total, all_wrong, options.least(500, 3))


def _killed_again(made: Ground, steps: int, seed: int) -> list[str] | None:
    chance = random.Random(f"{made.store} {seed}")
    left = chance.choice((2, 3))
    step = 1
    with made.scene() as scene:
        for _ in range(_ATTEMPTS):
            words = apply_words(step, chance.choice((1, 4)))
            done = ran(scene, *words, before=dying.at(chance.randrange(1, steps)))
            if done.code not in (0, -signal.SIGKILL):
                return [f"a run between kills: {done}"]
            left -= done.code != 0
            if not left:
                return verdict(scene, step, _expected(step), is_told=False)
            if step < _LAST_STEP and (done.code == 0 or chance.random() < 1 / 3):
                step += 1
                scene.write(documents(step))
    return None


@cache
def _expected(step: int) -> Wanted:
    """Give what a step leaves behind, on any store."""
    with ground("file").scene() as scene:
        scene.write(documents(step))
        done = ran(scene, *apply_words(step))
        assert done.code == 0, done
        return wanted(scene)
