#!/usr/bin/python3
"""Every registered term's header says the same things in the same order.

Drivers under "Reads" are those that the source declares, and fields under "Parameters" those of the
parameter struct, so that the text cannot drift from the code.
"""

import pathlib
import re
import unittest

TERMS = pathlib.Path(__file__).resolve().parents[2] / "sim" / "terms"
SECTIONS = [
    "Equation", "Parameters", "Reads", "Writes", "Draws", "Assumptions", "Limits", "Source",
]


def registered():
    """Keys of the makers that registry.cpp names, covariates included."""
    text = (TERMS / "registry.cpp").read_text(encoding="utf-8")
    return re.findall(r"detail::(\w+)_term\b", text)


def sections(header):
    """(name, text) of each section of the header's comment, in order."""
    found = []
    for line in header.splitlines():
        match = re.match(r"/// ([A-Z]\w+): +(\S.*)$", line)
        if match:
            found.append([match[1], match[2]])
        elif found and re.match(r"/// {3,}\S", line):
            found[-1][1] += " " + line[3:].strip()
    return found


class TermHeaders(unittest.TestCase):
    def test_the_registry_names_every_term_of_the_folder(self):
        files = {path.stem for path in TERMS.glob("*.hpp")} - {"make_term"}
        self.assertEqual(files, set(registered()))

    def test_every_header_has_all_sections_in_order(self):
        for key in registered():
            with self.subTest(term=key):
                header = (TERMS / f"{key}.hpp").read_text(encoding="utf-8")
                self.assertEqual([name for name, _ in sections(header)], SECTIONS)

    def test_parameters_are_the_fields_of_the_struct(self):
        for key in registered():
            if key == "covariate":
                continue
            with self.subTest(term=key):
                header = (TERMS / f"{key}.hpp").read_text(encoding="utf-8")
                stated = re.findall(r"(\w+) \[[^\]]+\]", dict(sections(header))["Parameters"])
                self.assertEqual(stated, re.findall(r"^  float (\w+) =", header, re.MULTILINE))
                self.assertEqual(stated, re.findall(r'field\(\s*"(\w+)"', header))

    def test_reads_are_the_drivers_that_the_source_declares(self):
        for key in registered():
            if key == "covariate":
                continue
            with self.subTest(term=key):
                header = (TERMS / f"{key}.hpp").read_text(encoding="utf-8")
                source = (TERMS / f"{key}.cpp").read_text(encoding="utf-8")
                channels = re.search(r"channel_list\{(.*?)\};\n", source, re.DOTALL)[1]
                declared = set(re.findall(r"Driver::(\w+)", channels)) or {"none"}
                self.assertEqual(set(dict(sections(header))["Reads"].split(", ")), declared)

    def test_the_source_repeats_equation_and_source_of_the_header(self):
        for key in registered():
            if key == "covariate":
                continue
            with self.subTest(term=key):
                header = (TERMS / f"{key}.hpp").read_text(encoding="utf-8")
                source = (TERMS / f"{key}.cpp").read_text(encoding="utf-8")
                for name, member in (("Equation", "formula"), ("Source", "source")):
                    text = re.search(rf"info\.{member} =\s*((?:\"[^\"]*\"\s*)+);", source)[1]
                    text = "".join(re.findall(r'"([^"]*)"', text))
                    self.assertTrue(dict(sections(header))[name].startswith(text), name)


if __name__ == "__main__":
    unittest.main()
