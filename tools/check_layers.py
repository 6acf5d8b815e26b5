#!/usr/bin/python3
"""Who may include whom: reads every C++ file of the tree and names each #include that breaks a rule.

    tools/check_layers.py [--root DIR]

Prints `file:line: #include <x>: found ...; allowed: ...` for each and exits with 1 if there is any.
"""

import argparse
import pathlib
import re
import sys

# module -> what it may include besides itself
MODULES = {
    "core": set(),
    "model": {"core"},
    "terms": {"core", "model"},
    "engine": {"core", "model"},
    "ensemble": {"core", "model", "engine"},
    "estimate": {"core", "model", "engine"},
    "io": {"core", "model", "terms", "engine", "ensemble", "estimate"},
}

# Third parties that one place keeps to itself: (what, pattern of the header, path prefix of the place).
# Tests are free: they check files with the libraries that wrote them.
CONFINED = [
    ("yaml-cpp", re.compile(r"yaml-cpp/"), "sim/io/"),
    ("HDF5", re.compile(r"(hdf5|hdf5_hl|H5\w+)\.h$"), "sim/io/"),
    ("muParser", re.compile(r"muParser\w*\.h$"), "sim/io/"),
    ("TBB", re.compile(r"(oneapi/)?tbb(/|\.h$)|execution$"), "sim/engine/parallel.hpp"),
    ("MPI", re.compile(r"mpi(cxx)?\.h$"), "sim/ensemble/ranks_mpi.cpp"),
]

# libm differs between machines, so what decides a result uses core/math.hpp.
NO_LIBM = {"core", "model", "terms", "engine"}
LIBM = re.compile(r"(cmath|math\.h|ctgmath|tgmath\.h)$")

INCLUDE = re.compile(r'\s*#\s*include\s*(?:([<"])([^>"]+)[>"]|(\S.*))')
STANDARD_HEADER = re.compile(r"[a-z_]+$")  # neither a folder nor an extension
GENERATED = {"entente_version.hpp"}


def strip_block_comments(text):
    """Blanks /* ... */ and keeps the lines; a // comment hides what would open one."""
    token = re.compile(r"//[^\n]*|/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"", re.DOTALL)

    def blank(match):
        found = match.group()
        return "\n" * found.count("\n") if found.startswith("/*") else found

    return token.sub(blank, text)


def includes(text):
    """Yields (line number, "<" or '"' or None, what is included)."""
    for number, line in enumerate(strip_block_comments(text).split("\n"), start=1):
        match = INCLUDE.match(line)
        if match:
            yield number, match[1], match[2] or match[3]


def place_of(path):
    """(area, module) of a path: ("public", "core"), ("private", "io"), ("free", None)."""
    parts = path.split("/")
    if parts[:2] == ["include", "entente"]:
        return "public", parts[2] if len(parts) > 3 else None
    if parts[0] == "sim":
        return "private", parts[1] if len(parts) > 2 else None
    return "free", None


def check_own(area, module, header):
    """A reason why a quoted include may not stand here, or None."""
    if ".." in header.split("/") or header.startswith("/"):
        return "found a relative or absolute path; allowed: paths below include/ and sim/"
    if area == "free":
        return None
    if header in GENERATED and area == "private":
        return None
    public = header.startswith("entente/")
    parts = header.split("/")[1 if public else 0:]
    if len(parts) < 2:
        return 'found no module; allowed: "entente/module/file.hpp"' + (
            "" if area == "public" else ' or "module/file.hpp"')
    if parts[0] not in MODULES:
        return f"found unknown module '{parts[0]}'; allowed: {', '.join(MODULES)}"
    if area == "public" and not public:
        return 'found a private header in a public one; allowed: "entente/module/file.hpp"'
    if parts[0] != module and parts[0] not in MODULES[module]:
        allowed = [name for name in MODULES if name == module or name in MODULES[module]]
        return f"found {module} using {parts[0]}; allowed: {', '.join(allowed)}"
    return None


def check_other(path, area, module, header):
    """A reason why a standard or third-party header may not stand here, or None."""
    if path.startswith("tests/"):
        return None
    for name, pattern, home in CONFINED:
        if pattern.match(header):
            if path.startswith(home):
                return None
            return f"found {name}; allowed: only in {home}"
    if area == "public" and not STANDARD_HEADER.match(header) and not header.startswith("Eigen/"):
        return "found a third-party or system header; allowed: the C++ standard library and Eigen"
    if module in NO_LIBM and LIBM.match(header):
        return 'found libm, which differs between machines; allowed: "core/math.hpp"'
    return None


def check_text(path, text):
    """Problems of one file, as lines. `path` is relative to the root, with slashes."""
    area, module = place_of(path)
    if area != "free" and module not in MODULES:
        yield f"{path}:1: found a file outside the modules; allowed: {', '.join(MODULES)}"
        return
    for number, quote, header in includes(text):
        if quote is None:
            problem = "found a macro; allowed: a file name that can be checked"
        elif quote == '"' and not any(p.match(header) for _, p, _ in CONFINED):
            problem = check_own(area, module, header)
        else:
            problem = check_other(path, area, module, header)
        if problem:
            shown = f'"{header}"' if quote == '"' else f"<{header}>" if quote else header
            yield f"{path}:{number}: #include {shown}: {problem}"


def source_files(root):
    for folder in ("include", "sim", "tools", "tests"):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in {".hpp", ".cpp", ".h", ".cc", ".inc", ".ipp"} and path.is_file():
                yield path


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--root", type=pathlib.Path,
                        default=pathlib.Path(__file__).resolve().parent.parent)
    root = parser.parse_args().root
    files = list(source_files(root))
    if not files:
        sys.exit(f"check_layers: no C++ files under {root}")
    problems = [problem for path in files
                for problem in check_text(path.relative_to(root).as_posix(),
                                          path.read_text(encoding="utf-8"))]
    print("\n".join(problems) if problems else f"check_layers: {len(files)} files, no violation")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
