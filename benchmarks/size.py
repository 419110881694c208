"""What is installed, by extra: the megabytes of each package that `soil-and-seeds` and its extras bring in."""

from __future__ import annotations

import importlib.metadata as metadata

from packaging.requirements import Requirement


def list_packages(requirement: str, extras: set[str], seen: dict[str, float]) -> None:
    """Note the size of a package, in bytes, and of all it needs."""
    try:
        found = metadata.distribution(requirement)
    except metadata.PackageNotFoundError:
        return
    name = found.metadata["Name"].lower().replace("_", "-")
    if name not in seen:
        seen[name] = sum(file.locate().stat().st_size for file in found.files or () if file.locate().exists())
    for line in found.requires or ():
        one = Requirement(line)
        wanted = any(one.marker is None or one.marker.evaluate({"extra": extra}) for extra in {"", *extras})
        if wanted and one.name.lower().replace("_", "-") not in seen:
            list_packages(one.name, one.extras, seen)


def main() -> None:
    """Print the size of the whole, of each extra beyond it, and the largest packages."""
    base: dict[str, float] = {}
    list_packages("soil-and-seeds", set(), base)
    print(f"{'soil-and-seeds':32} {sum(base.values()) / 1e6:6.1f} MB in {len(base)} packages")
    for extra in metadata.metadata("soil-and-seeds").get_all("Provides-Extra") or ():
        more: dict[str, float] = {}
        list_packages("soil-and-seeds", {extra}, more)
        added = {name: size for name, size in more.items() if name not in base}
        print(f"{'soil-and-seeds[' + extra + ']':32} {sum(added.values()) / 1e6:6.1f} MB more in {len(added)} packages")
    for name, size in sorted(base.items(), key=lambda item: -item[1])[:10]:
        print(f"  {name:30} {size / 1e6:6.1f} MB")


if __name__ == "__main__":
    main()
