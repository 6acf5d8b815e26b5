#!/usr/bin/python3
"""Files of what-ifs as other people's programs see them: xarray, h5py, netCDF and ncdump.

    test_whatif_file.py PROGRAM CLASSROOM CLAIMANTS [-- unittest arguments]
"""

import h5py
import netCDF4
import numpy as np
import xarray
from scipy import stats

import result_files

LADDERS = ("engagement", "recognition", "coercion")
# Variants of each scenario: somebody recognises, the authority hardens, nothing happens.
EVENTS = (
    ("2021-01 recognise GIA,MED", "2022-01 set hardliner 0.9", "2023-01 set hardliner 0 with probability 0"),
    ("2001-01 recognise ALF of RED", "2001-06 set hardliner 0.9 of BLU", "2001-01 recognise ALF of RED with probability 0"),
)  # fmt: skip
FORCED = ({"GIA", "MED"}, {"ALF"})


class WhatIfFileTest(result_files.FilesTest):
    """Compares each scenario with variants of it."""

    scenarios = []

    @classmethod
    def make_files(cls, folder):
        files = []
        for number, scenario in enumerate(cls.scenarios):
            files.append(folder / f"{number}.h5")
            events = [word for event in EVENTS[number] for word in ("--event", event)]
            cls.run_program("whatif", scenario, *events, "-o", files[-1], "--quiet", "--replicates", 80)
        return files

    def each(self):
        """Every file, its number, and what xarray makes of it."""
        for number, (path, data) in enumerate(super().each()):
            yield number, path, data


class Structure(result_files.NetcdfChecks, WhatIfFileTest):
    in_header = ("recognition_variant_count(replicate, variant, ", "replicate = UNLIMITED")

    def test_dimensions_are_named(self):
        for _, _, data in self.each():
            k = ("authority",) if data.sizes["authority"] > 1 else ()
            for name in LADDERS:
                rung = f"{name}_rung"
                for variable, dims in {
                    "count": ("replicate", *k, "time", rung),
                    "variant_count": ("replicate", "variant", *k, "time", rung),
                    "variant_probability": ("variant", *k, "time", "actor", rung),
                    "count_difference": ("variant", *k, "time", rung),
                    "followers_high": ("variant", *k, "time", rung),
                    "changed": ("variant", *k, "actor"),
                    "joint": ("variant", *k, "actor", rung, f"{name}_variant_rung"),
                }.items():
                    self.assertEqual(data[f"{name}_{variable}"].dims, dims)

    def test_variants_have_names(self):
        for number, _, data in self.each():
            self.assertEqual(tuple(data["variant"].values), EVENTS[number])
            one = data["recognition_changed"].sel(variant=EVENTS[number][0])
            self.assertIn("variant_title", one.coords)
            self.assertEqual(data["variant_text"].values[0], EVENTS[number][0] + "\n")
            self.assertEqual(data.attrs["kind"], "whatif")

    def test_counts_are_bounded_by_the_actors(self):
        for _, path, data in self.each():
            with netCDF4.Dataset(path) as file:
                self.assertEqual(file["recognition_count"].valid_max, data.sizes["actor"])


class Contents(WhatIfFileTest):
    def test_replicates_give_differences_and_intervals(self):
        for _, path, data in self.each():
            with h5py.File(path) as file:
                for name in LADDERS:
                    baseline = file[f"{name}_count"][()].astype(int)[:, np.newaxis]
                    variant = file[f"{name}_variant_count"][()].astype(int)
                    pairs = variant - baseline
                    n = len(pairs)
                    mean, error = pairs.mean(axis=0), pairs.std(axis=0, ddof=1) / np.sqrt(n)
                    half = stats.t.ppf(0.975, n - 1) * error
                    apart = np.sqrt((variant.var(axis=0, ddof=1) + baseline.var(axis=0, ddof=1)) / n)
                    for quantity, expected in {
                        "difference": mean,
                        "error": error,
                        "low": mean - half,
                        "high": mean + half,
                        "unpaired_error": apart,
                        "more": (pairs > 0).mean(axis=0),
                        "fewer": (pairs < 0).mean(axis=0),
                    }.items():
                        found = data[f"{name}_count_{quantity}"].values
                        np.testing.assert_allclose(found, expected, rtol=0, atol=1e-9)  # scipy.stats.t.ppf

    def test_xarray_pairs_by_name(self):
        for _, _, data in self.each():
            pairs = data["recognition_variant_count"].astype(int) - data["recognition_count"].astype(int)
            xarray.testing.assert_allclose(
                pairs.mean("replicate").transpose(*data["recognition_count_difference"].dims),
                data["recognition_count_difference"],
            )

    def test_counts_are_those_of_the_probabilities(self):
        for _, _, data in self.each():
            for name in LADDERS:
                for side in ("", "variant_"):
                    share = data[f"{name}_{side}probability"].sum("actor")
                    rung = f"{name}_rung"
                    above = share.isel({rung: slice(None, None, -1)}).cumsum(rung).isel({rung: slice(None, None, -1)})
                    mean = data[f"{name}_{side}count"].mean("replicate")
                    np.testing.assert_allclose(mean.transpose(*above.dims), above, atol=1e-9)

    def test_forced_and_followers_are_all(self):
        for number, _, data in self.each():
            for name in LADDERS:
                parts = data[f"{name}_forced_difference"] + data[f"{name}_followers_difference"]
                np.testing.assert_allclose(parts, data[f"{name}_count_difference"], atol=1e-12)
            forced = data["recognition_forced"].isel(variant=0)
            named = forced.any("authority") if "authority" in forced.dims else forced
            self.assertEqual(set(data["actor"].values[named.values.astype(bool)]), FORCED[number])

    def test_joint_has_both_sides_as_its_margins(self):
        for _, _, data in self.each():
            for name in LADDERS:
                joint, rung = data[f"{name}_joint"], f"{name}_rung"
                last = data[f"{name}_probability"].isel(time=-1)
                margin = joint.sum(f"{name}_variant_rung").isel(variant=1)
                np.testing.assert_allclose(margin, last, atol=1e-12)
                varied = data[f"{name}_variant_probability"].isel(time=-1)
                np.testing.assert_allclose(joint.sum(rung), varied, atol=1e-12)

    def test_nothing_differs_where_nothing_happens(self):
        for _, _, data in self.each():
            self.assertEqual(int(data["variant_first_difference"][2]), -1)
            for name in LADDERS:
                self.assertEqual(float(abs(data[f"{name}_count_difference"]).isel(variant=2).max()), 0)

    def test_effects_do_not_precede_their_cause(self):
        for _, _, data in self.each():
            for v in (0, 1):
                first = int(data["variant_first_difference"][v])
                self.assertGreater(first, 0)
                for name in LADDERS:
                    before = data[f"{name}_count_difference"].isel(variant=v, time=slice(0, first))
                    self.assertEqual(float(abs(before).max()), 0)


if __name__ == "__main__":

    def start(scenarios):
        WhatIfFileTest.scenarios = scenarios

    result_files.main(["PROGRAM", "CLASSROOM", "CLAIMANTS"], start)
