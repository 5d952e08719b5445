"""Which packages import which: `python -m tests.graph` prints them by layer.

An app's models and the modules of the app that they import count as a package of their own, because
the app's other packages import them and its services import those.
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
def packages() -> grimp.ImportGraph:
    drawn = grimp.ImportGraph()
    for module in sorted(modules().modules):
        drawn.add_module(package_of(module))
    for importer, imported in _imports():
        if package_of(importer) != package_of(imported):
            drawn.add_import(importer=package_of(importer), imported=package_of(imported))
    return drawn


@cache
def package_of(module: str) -> str:
    package = module if modules().find_children(module) else module.rpartition(".")[0]
    app = package.removesuffix(".models")
    return f"{app}.models" if module in _models(app) else package


@cache
def _models(app: str) -> frozenset[str]:
    """Return the modules of an app's models, and the modules of the app that they import."""
    models = f"{app}.models"
    if models not in modules().modules:
        return frozenset()
    inside = {models, *modules().find_descendants(models)}
    below = set().union(*(modules().find_upstream_modules(module) for module in inside))
    beside = {module for module in below if module.rpartition(".")[0] == app}
    return frozenset(inside | {m for m in beside if not modules().find_children(m)})


def cycles(graph: grimp.ImportGraph) -> list[Arrow]:
    """Return the imports that are part of a cycle."""
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
    """Return the layers from the top, each package with its imports, and then all cycles."""
    lines = []
    for number, layer in reversed(list(enumerate(_layers()))):
        for name in layer:
            below = sorted(packages().find_modules_directly_imported_by(name))
            lines.append(f"{number:2}  {name}" + (f"  ->  {', '.join(below)}" if below else ""))
    return "\n".join([*lines, *_described_cycles()])


def _layers() -> Iterator[list[str]]:
    """Yield the packages that import no others of ours, then those that import only these..."""
    cyclic = set(cycles(packages()))
    sorter: TopologicalSorter[str] = TopologicalSorter(dict.fromkeys(packages().modules, ()))
    for importer, imported in arrows(packages()):
        if (importer, imported) not in cyclic:
            sorter.add(importer, imported)
    sorter.prepare()
    while sorter.is_active():
        layer = sorted(sorter.get_ready())
        yield layer
        sorter.done(*layer)


def _described_cycles() -> Iterator[str]:
    for upper, lower in cycles(packages()):
        yield f"CYCLE  {upper}  ->  {lower}"
        for importer, imported in _imports():
            if (package_of(importer), package_of(imported)) == (upper, lower):
                yield f"       {importer}  imports  {imported}"


if __name__ == "__main__":
    print(drawing())
