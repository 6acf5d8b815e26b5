#!/usr/bin/python3
"""The JSON Schema of scenarios: valid itself, true of what is shipped, false of what is broken."""

import json
import pathlib
import re
import unittest

import jsonschema
import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "docs/scenario.schema.json").read_text(encoding="utf-8"))
VARIANT = json.loads((ROOT / "docs/variant.schema.json").read_text(encoding="utf-8"))
STUDY = json.loads((ROOT / "docs/study.schema.json").read_text(encoding="utf-8"))
OF_FOLDER = {"variants": VARIANT, "studies": STUDY}  # all others hold scenarios

# Broken in its form throughout, so that the schema has to refuse it. What a form cannot show (names
# that exist, dates in order, numbers that rules give, tables) the program alone finds.
WRONG_FORM = [
    "changes", "dates", "edits", "ladders", "no_format", "old_format", "out_of_range",
    "required", "unknown_keys", "unknown_names", "wrong_types",
]


class PlainLoader(yaml.SafeLoader):
    """Words as editors with YAML 1.2 read them: dates, `on` and `no` stay words."""


PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":timestamp", ":bool"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
PlainLoader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile("^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF"))


def words(node):
    """Keys as JSON has them."""
    if isinstance(node, dict):
        return {str(key): words(value) for key, value in node.items()}
    if isinstance(node, list):
        return [words(item) for item in node]
    return node


def problems(path):
    document = words(yaml.load(path.read_text(encoding="utf-8"), Loader=PlainLoader))
    validator = jsonschema.Draft202012Validator(OF_FOLDER.get(path.parent.name, SCHEMA))
    return [f"{'/'.join(map(str, e.absolute_path))}: {e.message[:200]}" for e in flat(validator.iter_errors(document))]


def flat(errors):
    """Errors and, under alternatives, the errors of each."""
    for error in errors:
        yield error
        yield from flat(error.context)


class Schema(unittest.TestCase):
    def test_is_a_schema(self):
        jsonschema.Draft202012Validator.check_schema(SCHEMA)
        jsonschema.Draft202012Validator.check_schema(VARIANT)
        jsonschema.Draft202012Validator.check_schema(STUDY)

    def test_accepts_what_is_shipped(self):
        paths = [*(ROOT / "scenarios").glob("**/*.yaml"), *(ROOT / "tests/support/worlds").glob("**/*.yaml"),
                 *(ROOT / "tests/cli/worlds").glob("**/*.yaml")]
        # Estimates stand beside scenarios and have a form of their own.
        scenarios = [p for p in paths if p.name != "coefficients.yaml" and
                     re.search("^entente:", p.read_text(encoding="utf-8"), re.MULTILINE)]
        self.assertTrue(scenarios)
        for path in sorted(scenarios):
            with self.subTest(path=str(path.relative_to(ROOT))):
                self.assertEqual(problems(path), [])

    def test_refuses_what_has_a_wrong_form(self):
        for name in WRONG_FORM:
            with self.subTest(name=name):
                self.assertTrue(problems(ROOT / "tests/cli/error_tour" / name / "scenario.yaml"))

    def test_agrees_with_the_program_about_unknown_keys(self):
        path = ROOT / "tests/cli/error_tour/unknown_keys/scenario.yaml"
        text = " ".join(problems(path))
        for key in ("tiem", "stepp", "coeficient", "sanction", "security_wieght"):
            self.assertIn(f"'{key}'", text)

    def test_lets_a_variant_leave_out_what_its_base_has(self):
        validator = jsonschema.Draft202012Validator(SCHEMA)
        self.assertTrue(validator.is_valid({"entente": 1, "extends": "../base"}))
        self.assertFalse(validator.is_valid({"entente": 1, "title": "alone"}))
        self.assertTrue(validator.is_valid({"entente": 1, "extends": "x", "events": {"remove": ["a"]}}))
        self.assertFalse(validator.is_valid({"entente": 1, "extends": "x", "events": {"drop": ["a"]}}))

    def test_lets_variants_edit_and_refuses_what_is_the_scenarios(self):
        validator = jsonschema.Draft202012Validator(VARIANT)
        own = {"entente": 1, "title": "x", "question": "y"}
        change = {"set": "rights", "to": "open"}
        for keys in ({}, {"bodies": {"club": {"threshold": 0.4}}}, {"covariates": {"faith": {"coefficient": 2}}},
                     {"events": {"remove": ["a"]}}, {"events": [{"date": "2021-04", "change": change}]},
                     {"set": {"terms.rights.coefficient": 2, "groups": {"ttp": {}}}}, {"sources": ["a", "b"]}):
            self.assertTrue(validator.is_valid({**own, **keys}), keys)
        rungs = {"ladders": {"engagement": {"rungs": ["a", "b"]}}}
        for keys in ({"extends": "x"}, {"time": {}}, {"run": {"seed": 1}}, rungs, {"events": [{"change": change}]},
                     {"actors": {"select": {}}}, {"actors": {"define": {}}}, {"look_at": ["a"]}):
            self.assertFalse(validator.is_valid({**own, **keys}), keys)
        self.assertFalse(validator.is_valid({"entente": 1, "title": "x"}))

    def test_knows_what_a_study_may_say(self):
        validator = jsonschema.Draft202012Validator(STUDY)
        own = {"entente": 1, "title": "x", "question": "y", "design": {"sobol": {"points": 8}},
               "measures": {"r": {"count": {"ladder": "recognition", "rung": "recognised"}}}}
        for parameter in ({"path": "a", "uniform": [0, 1]}, {"path": "a", "normal": {"mean": 0, "sd": 1}},
                          {"paths": ["a", "b"], "name": "x", "choice": ["2026-03", 2, "recognised"]},
                          {"fitted": "all"}, {"fitted": ["a", "b"], "file": "x.yaml"}):
            self.assertTrue(validator.is_valid({**own, "parameters": [parameter]}), parameter)
        for parameter in ({"path": "a", "uniform": [0, 1, 2]}, {"path": "a", "normal": {"mean": 0}},
                          {"path": "a", "unifrom": [0, 1]}, {"path": ["a"], "uniform": [0, 1]}):
            self.assertFalse(validator.is_valid({**own, "parameters": [parameter]}), parameter)
        for design in ({"sobol": {}}, {"grid": {"levels": "many"}}, {"latin": {"points": 8}},
                       {"sobol": {"points": 8, "scramble": "all"}}):
            self.assertFalse(validator.is_valid({**own, "design": design}), design)
        self.assertFalse(validator.is_valid({**own, "measures": {"r": {"count": {"ladder": "recognition"}}}}))


if __name__ == "__main__":
    unittest.main()
