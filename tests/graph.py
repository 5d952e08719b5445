"""The map of who imports whom, drawn from the code: `python -m tests.graph` prints it.

A room is a package with its own modules. An app's models, with what they are made of in the same
package, are a room too: the app's other rooms stand on them, and its services stand on those.
"""

from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter

import grimp

APPS = ("comments", "moderation", "config")
Arrow = tuple[str, str]


@cache
def modules() -> grimp.ImportGraph:
    graph = grimp.build_graph(*APPS, cache_dir=None)
    for module in graph.find_matching_modules("**.migrations"):
        graph.squash_module(module)
        graph.remove_module(module)
    return graph


@cache
def rooms() -> grimp.ImportGraph:
    drawn = grimp.ImportGraph()
    for module in sorted(modules().modules):
        drawn.add_module(room(module))
    for importer, imported in _imports():
        if room(importer) != room(imported):
            drawn.add_import(importer=room(importer), imported=room(imported))
    return drawn


@cache
def room(module: str) -> str:
    package = module if modules().find_children(module) else module.rpartition(".")[0]
    app = package.removesuffix(".models")
    return f"{app}.models" if module in _models(app) else package


@cache
def _models(app: str) -> frozenset[str]:
    """The modules of an app's models, and those beside them that they import."""
    models = f"{app}.models"
    if models not in modules().modules:
        return frozenset()
    inside = {models, *modules().find_descendants(models)}
    below = set().union(*(modules().find_upstream_modules(module) for module in inside))
    beside = {module for module in below if module.rpartition(".")[0] == app}
    return frozenset(inside | {m for m in beside if not modules().find_children(m)})


def circles(graph: grimp.ImportGraph) -> list[Arrow]:
    """The arrows that lie on a way back to where they begin."""
    return [(a, b) for a, b in arrows(graph) if graph.chain_exists(importer=b, imported=a)]


def arrows(graph: grimp.ImportGraph) -> list[Arrow]:
    return sorted(
        (importer, imported)
        for importer in graph.modules
        for imported in graph.find_modules_directly_imported_by(importer)
    )


def _imports() -> list[Arrow]:
    return arrows(modules())


def drawing() -> str:
    """Floors from the top, each room with those that it imports; then what runs in circles."""
    lines = []
    for number, floor in reversed(list(enumerate(_floors()))):
        for name in floor:
            below = sorted(rooms().find_modules_directly_imported_by(name))
            lines.append(f"{number:2}  {name}" + (f"  ->  {', '.join(below)}" if below else ""))
    return "\n".join([*lines, *_circles_in_words()])


def _floors() -> Iterator[list[str]]:
    """From the ground: what imports nothing of ours, what imports only that, and so on."""
    round_about = set(circles(rooms()))
    sorter: TopologicalSorter[str] = TopologicalSorter(dict.fromkeys(rooms().modules, ()))
    for importer, imported in arrows(rooms()):
        if (importer, imported) not in round_about:
            sorter.add(importer, imported)
    sorter.prepare()
    while sorter.is_active():
        floor = sorted(sorter.get_ready())
        yield floor
        sorter.done(*floor)


def _circles_in_words() -> Iterator[str]:
    for upper, lower in circles(rooms()):
        yield f"CIRCLE  {upper}  ->  {lower}"
        for importer, imported in _imports():
            if (room(importer), room(imported)) == (upper, lower):
                yield f"        {importer}  imports  {imported}"


if __name__ == "__main__":
    print(drawing())
