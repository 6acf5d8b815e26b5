"""What the scripts about `entente whatif` share."""

from support import ROOT, TINY, CliTest

FLAGSHIP = ROOT / "scenarios" / "afghanistan-2026"
LADDERS = ("engagement", "recognition", "coercion")
EVENT = "2021-09 recognise BRA with probability 0.5"


def rows_of(authority):
    """(ladder, row) of every rung of every ladder."""
    return [(name, row) for name in LADDERS for row in authority["ladders"][name]["at_or_above"]]


def row_of(answer, ladder, rung, variant=0):
    rows = answer["variants"][variant]["authorities"][0]["ladders"][ladder]["at_or_above"]
    return next(row for row in rows if row["rung"] == rung)


class WhatIfTest(CliTest):
    def whatif(self, *arguments, scenario=TINY, replicates=64, **options):
        return self.json_of("whatif", scenario, "--replicates", replicates, *arguments, **options)

    def text(self, *arguments, scenario=TINY, replicates=64):
        return self.run_program("whatif", scenario, "--replicates", replicates, *arguments).stdout

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def world(self, **variants):
        """A scenario like the tiny world, with variants; returns its folder."""
        self.write("world/scenario.yaml", f"entente: 1\nextends: {TINY}\n")
        for name, text in variants.items():
            self.write(f"world/variants/{name}.yaml", f"entente: 1\n{text}\n")
        return self.folder / "world"
