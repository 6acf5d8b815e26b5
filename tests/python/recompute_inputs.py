"""The group `inputs` of a result file, as plain arrays."""

import json

import numpy as np

LADDERS = ("engagement", "recognition", "coercion")
E, R, C = range(3)
STATES = ("hardliner", "distress", "control", "rights_salience")
YEARS = {"day": 1 / 365.25, "week": 7 / 365.25, "month": 1 / 12, "quarter": 3 / 12, "year": 1.0}


def texts(dataset):
    return [x.decode() for x in dataset[()]]


def single(value):
    """A number as the engine holds it: JSON shows the shortest decimal that gives the same float."""
    return float(np.float32(value))


class Inputs:
    """The group `inputs` as plain arrays in double precision."""

    def __init__(self, file):
        group = file["inputs"]
        self.seed = int(group["seed"][()])
        self.tau = float(group["temperature"][()])
        self.eta = float(group["rivalry_presence"][()])
        self.dt = YEARS[group["calendar/step"][()].decode()]
        self.steps = len(file["time"])
        self.actors = len(file["actor"])
        self.authorities = len(file["authority"])
        self.groups = len(file["group"]) if "group" in file else 0
        self.entity = group["actors/entity"][()].astype(np.int64)
        self.omega = group["actors/importance"][()].astype(float)
        self.omega_fixed = np.floor(self.omega * 2**30).astype(np.int64)
        self.sectors = len(group["sector"]) if "sector" in group else 0
        self.ladders = [self.numbers(group["ladders"][name]) for name in LADDERS]
        for ladder in self.ladders:
            ladder["height"] = ladder["height"] / 240
            ladder["recognises"] = np.arange(len(ladder["height"])) >= ladder["recognises_from"]
            ladder["height_squared"] = ladder["height"] ** 2
        self.rights = self.numbers(group["ladders/rights"])
        self.posture = self.numbers(group["ladders/posture"])
        self.dynamics = self.numbers(group["authorities"])
        self.group = self.numbers(group["groups"]) if self.groups else {}
        self.parameters = self.numbers(group["parameters"])
        self.range = {
            name: (float(x.attrs["valid_min"]), float(x.attrs["valid_max"]))
            for name, x in group["parameters"].items()
        }
        self.terms = {name: self.numbers(group["terms"][name]) for name in self.term_keys(group)}
        self.covariates = self.read_covariates(group)
        self.alignment = self.read_relation(group, "alignment")
        self.rivalry = self.read_relation(group, "rivalry")
        self.series = self.read_series(group)
        self.events = self.read_texts(group, "events/definition")
        self.bodies = self.read_texts(group, "bodies/definition")
        initial = group["initial"]
        self.rungs = np.stack([initial[name][()] for name in LADDERS], axis=1).astype(int)
        self.salience = initial["salience"][()].astype(float) if self.groups else None

    @staticmethod
    def numbers(group):
        return {
            name: x[()].astype(float) if x.shape else float(x[()])
            for name, x in group.items()
            if x.dtype.kind in "fui"
        }

    @staticmethod
    def term_keys(group):
        return texts(group["terms/term_key"]) if "terms/term_key" in group else []

    @staticmethod
    def read_covariates(group):
        if "covariates" not in group:
            return []
        table = group["covariates"]
        names = table["profile"].attrs["flag_meanings"]
        names = (names.decode() if isinstance(names, bytes) else names).split()
        return [
            (float(th), names[profile], [d for d in range(3) if bits >> d & 1])
            for th, profile, bits in zip(table["coefficient"], table["profile"], table["ladders"])
        ]

    def read_relation(self, group, name):
        dense = np.zeros((self.actors, self.actors), dtype=np.int64)
        if f"relations/{name}_row" in group:
            table = {x: group[f"relations/{name}_{x}"][()] for x in ("row", "column", "weight")}
            dense[table["row"], table["column"]] = table["weight"]
        return dense

    @staticmethod
    def read_series(group):
        if "series" not in group or "value" not in group["series"]:
            return []
        table = group["series"]
        names = texts(table["target_parameter"])
        return [
            (name, int(index), table["value"][series].astype(float))
            for series, name, index in zip(table["target_series"][()], names, table["target_index"])
        ]

    @staticmethod
    def read_texts(group, path):
        return [json.loads(x) for x in texts(group[path])] if path in group else []
