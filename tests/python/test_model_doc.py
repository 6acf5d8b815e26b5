#!/usr/bin/python3
"""docs/model.md names everything that the code calls by a name, with the code's numbers.

Terms, drivers, parameters, events and the authority's dynamics are read from the sources, so that a
change of the code that the description does not follow fails here.
"""

import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
COMMENTED = (
    "include/entente/core", "include/entente/engine", "include/entente/model",
    "include/entente/terms", "sim/core", "sim/engine", "sim/model", "sim/terms",
)
SHAPES = {
    "authority_actor": "authority, actor", "group_actor": "group, actor",
    "sector_actor": "sector, actor", "covariate_actor": "covariate, actor",
    "authority_sector": "authority, sector", "authority_group": "authority, group",
}


def read(path):
    return (ROOT / path).read_text(encoding="utf-8")


def number(text):
    """A C++ literal as the description writes it: 0.5F is 0.5, 1.0F is 1."""
    return f"{float(text.rstrip('F')):g}"


def braced(text, opening):
    """What stands between the brace that ends `opening` and its partner's line."""
    start = text.index(opening) + len(opening)
    return text[start:text.index("\n}", start)]


def quoted(text):
    return re.findall(r'"(\w+)"', text)


def enumerators(path, name):
    body = re.sub(r"//.*", "", braced(read(path), f"enum class {name} : std::uint8_t {{"))
    return re.findall(r"\b([a-z]\w*)\b\s*(?:=\s*\d+)?\s*(?:,|$)", body.strip())


def array_of_names(path, name):
    text = read(path)
    start = text.index(f"> {name}{{")
    return quoted(text[start:text.index("};", start)])


def terms():
    """(key, number, {field: default}) of every registered term."""
    found = []
    for source in sorted((ROOT / "sim/terms").glob("*.cpp")):
        text = source.read_text(encoding="utf-8")
        key = re.search(r'info\.key = "(\w+)"', text)
        if key:
            fields = re.findall(r"^  float (\w+) = ([-\d.]+)F;",
                                source.with_suffix(".hpp").read_text(encoding="utf-8"), re.M)
            stated = re.search(r'info\.number = "(\w+)"', text)[1]
            found.append((key[1], stated, {name: number(value) for name, value in fields}))
    return found


def parameters():
    """(key, shape, unit, smallest, largest, default) of every row of parameter_infos()."""
    rows = re.findall(r'\{Param::\w+, "(\w+)", Shape::(\w+), "([^"]*)", ([-\d.]+), ([-\d.]+), '
                      r"([-\d.]+),", read("sim/model/parameters.cpp"))
    return [(key, SHAPES.get(shape, shape), unit, number(low), number(high), number(fallback))
            for key, shape, unit, low, high, fallback in rows]


def references():
    """(file, section) of every pointer to a numbered section in the engine's comments."""
    for folder in COMMENTED:
        for path in sorted((ROOT / folder).glob("*.[hc]pp")):
            text = re.sub(r"\s*\n\s*//+[/<]?\s*", " ", path.read_text(encoding="utf-8"))
            for section in re.findall(r"(?:docs/model\.md,? |\()section (\d+(?:\.\d+)?)", text):
                yield path.relative_to(ROOT).as_posix(), section


class ModelDocument(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.text = read("docs/model.md")
        cls.lines = cls.text.splitlines()
        cls.sections = set(re.findall(r"^#{2,4} (\d+(?:\.\d+)?)\.? ", cls.text, re.MULTILINE))

    def row(self, *cells):
        """The one table row that begins with these cells."""
        start = "| " + " | ".join(cells) + " |"
        rows = [line for line in self.lines if line.startswith(start)]
        self.assertEqual(len(rows), 1, f"rows that begin with {start}")
        return rows[0]

    def assert_named(self, kind, names):
        self.assertTrue(names, f"no {kind} found in the sources")
        for name in names:
            with self.subTest(kind=kind, name=name):
                self.assertIn(f"`{name}`", self.text)

    def test_gives_every_term_its_number_and_defaults(self):
        self.assertEqual(len(terms()), read("sim/terms/registry.cpp").count("_term()"))
        for key, stated, fields in terms():
            with self.subTest(term=key):
                row = self.row(stated, f"`{key}`")
                for field, default in fields.items():
                    self.assertRegex(row, rf"`{field}` {re.escape(default)}[ ,]")
                self.assertRegex(self.text, rf"(?m)^    .*# {stated}\b.* {key}$")

    def test_has_covariates_as_t12(self):
        self.assertIn("(T12)", read("sim/terms/covariate.hpp"))
        self.row("T12", "`covariate`")

    def test_lists_every_parameter_with_index_unit_range_and_default(self):
        keys = [row[0] for row in parameters()]
        self.assertEqual(keys, enumerators("include/entente/model/parameters.hpp", "Param"))
        for key, shape, unit, low, high, default in parameters():
            with self.subTest(parameter=key):
                row = next((line for line in self.lines if line.startswith(f"| `{key}` | ")
                            and f" | {shape} | " in line), "")
                self.assertIn(f"| {shape} | {unit} | {low} to {high} | {default} |", row)

    def test_names_drivers_profiles_and_ladders(self):
        self.assert_named("driver", array_of_names("sim/model/term.cpp", "driver_names"))
        self.assert_named("profile", array_of_names("sim/model/ladder.cpp", "profile_names"))
        self.assert_named("ladder", array_of_names("sim/model/ladder.cpp", "role_names"))

    def test_names_what_events_do_and_act_on(self):
        header = "include/entente/model/event.hpp"
        self.assert_named("operation", enumerators(header, "EventOp"))
        self.assert_named("space", enumerators(header, "Space"))
        self.assert_named("state", enumerators(header, "AuthorityState"))

    def test_gives_the_dynamics_of_the_authority_their_defaults(self):
        body = braced(read("include/entente/model/model.hpp"), "struct AuthorityDynamics {")
        fields = re.findall(r"float (\w+) = ([\d.]+F);", body)
        self.assertTrue(fields)
        for field, default in fields:
            with self.subTest(field=field):
                self.assertTrue(any(f"`{field}`" in line and f"| {number(default)} |" in line
                                    for line in self.lines))

    def test_names_the_levels_of_recording(self):
        self.assert_named("level",
                          enumerators("include/entente/engine/recorder.hpp", "RecordLevel"))

    def test_has_the_sections_that_comments_point_to(self):
        found = list(references())
        self.assertTrue(found)
        for path, section in found:
            with self.subTest(file=path, section=section):
                self.assertIn(section, self.sections)

    def test_links_to_headings_and_files_that_exist(self):
        anchors = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
                   for heading in re.findall(r"^#+ (.*)$", self.text, re.MULTILINE)}
        for target in re.findall(r"\]\(([^)]+)\)", self.text):
            with self.subTest(link=target):
                if target.startswith("#"):
                    self.assertIn(target[1:], anchors)
                else:
                    self.assertTrue((ROOT / "docs" / target).exists())

    def test_cites_what_the_references_list_and_nothing_else(self):
        body, listed = self.text.split("\n## References\n")
        entries = {}
        for entry in listed.split("\n- ")[1:]:
            names, year = re.match(r"(.*?) \((\d{4})\)\.", " ".join(entry.split())).groups()
            entries[names, year] = {(name, year) for name in re.findall(r"[A-Z][\w-]+", names)}
        cited = {(name, year) for name, years in re.findall(
            r"([A-Z][\w-]+)(?: et al\.)?,? \(?(\d{4}(?:, \d{4})*)", " ".join(body.split()))
            for year in years.split(", ") if name not in ("July", "August")}
        self.assertEqual(cited - set().union(*entries.values()), set())
        self.assertEqual([entry for entry, keys in entries.items() if not keys & cited], [])


if __name__ == "__main__":
    unittest.main()
