"""What depends on itself."""

from collections.abc import Collection, Iterator, Mapping

Graph = Mapping[str, Collection[str]]


def ordered(graph: Graph) -> list[str]:
    """What can be settled one after the other, dependencies first; what is in a cycle is left out.

    So is what depends on something in a cycle. Dependencies that are no keys are there already.
    """
    waiting = {key: set(needs) & graph.keys() for key, needs in graph.items()}
    made: list[str] = []
    while ready := [key for key, needs in waiting.items() if not needs]:
        made += ready
        waiting = {
            key: needs.difference(ready) for key, needs in waiting.items() if key not in ready
        }
    return made


def cycle(graph: Graph) -> list[str]:
    """Keys each of which depends on the next, and the last on the first; none without a cycle."""
    settled = set(ordered(graph))
    left = {key: [need for need in needs if need in graph] for key, needs in graph.items()}
    left = {key: needs for key, needs in left.items() if key not in settled}
    return next(_around(left), [])


def _around(graph: Graph) -> Iterator[list[str]]:
    """Every key of what is left needs another one that is left: going on leads around."""
    for first in graph:
        path: list[str] = []
        key = first
        while key not in path:
            path.append(key)
            key = min(need for need in graph[key] if need in graph)
        yield path[path.index(key) :]
