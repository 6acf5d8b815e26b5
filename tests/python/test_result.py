#!/usr/bin/python3
"""Result files as other people's programs see them: xarray, netCDF, h5py and ncdump.

    test_result.py PROGRAM SCENARIO... [-- unittest arguments]
"""

import pathlib
import shutil

import h5py
import numpy as np
import xarray

import recompute
import recompute_draws
import recompute_inputs
import result_files

LADDERS = ("engagement", "recognition", "coercion")
REPLICATES = 12


class ResultTest(result_files.FilesTest):
    """Runs each scenario once, with everything recorded."""

    scenarios = []

    @classmethod
    def make_files(cls, folder):
        files = []
        for number, scenario in enumerate(cls.scenarios):
            files.append(folder / f"{number}-{pathlib.Path(scenario).name}.h5")
            cls.run_program("run", scenario, "-o", files[-1], "--quiet", "--record", "full",
                            "--replicates", REPLICATES)  # fmt: skip
        return files

    def pair_dims(self, data):
        return ("authority",) if data.sizes["authority"] > 1 else ()


class Structure(result_files.NetcdfChecks, ResultTest):
    in_header = ("engagement(replicate, ", "replicate = UNLIMITED")

    def test_dimensions_are_named(self):
        for _, data in self.each():
            k = self.pair_dims(data)
            for name in LADDERS:
                self.assertEqual(data[name].dims, ("replicate", *k, "time", "actor"))
                self.assertEqual(data[name].dtype, np.uint8)
                self.assertEqual(
                    data[f"{name}_probability"].dims, (*k, "time", "actor", f"{name}_rung")
                )
            self.assertEqual(data["hardliner"].dims, ("replicate", *k, "time"))
            self.assertEqual(data["drivers"].dims, ("replicate", *k, "time", "actor", "driver"))
            self.assertEqual(
                data["contribution"].dims,
                ("replicate", *k, "ladder", "time", "actor", "term", "option"),
            )
            self.assertEqual(data.sizes["replicate"], REPLICATES)
            self.assertEqual(data.attrs["replicates"], REPLICATES)
            if "group" in data.sizes:
                self.assertEqual(data["activity"].dims, ("replicate", "time", "group"))
                self.assertEqual(data["posture"].dims, ("replicate", *k, "time", "group"))

    def test_labels_are_texts(self):
        for _, data in self.each():
            for name in ("actor", "actor_name", "time_label", "engagement_rung", "term", "driver"):
                self.assertTrue(all(isinstance(x, str) for x in data[name].values), name)
            self.assertEqual(list(data["option"].values), ["below", "above"])
            one = data["engagement"].sel(actor=data["actor"].values[0], replicate=0)
            self.assertIn("actor_name", one.coords)

    def test_time_is_decoded(self):
        for path, data in self.each():
            with h5py.File(path) as file:
                start = file["inputs/calendar/start"][()].decode()
            self.assertEqual(data["time"].values[0], np.datetime64(start))
            bounds = data["time_bounds"].values
            self.assertTrue((bounds[:, 0] == data["time"].values).all())
            self.assertTrue((bounds[1:, 0] == bounds[:-1, 1]).all())
            labels = [str(x)[: len(y)] for x, y in zip(data["time"].values, data["time_label"].values)]
            self.assertEqual(labels, list(data["time_label"].values))

    def test_numbers_stand_for_rungs(self):
        for _, data in self.each():
            for name in (*LADDERS, "rights"):
                meanings = data[name].attrs["flag_meanings"].split()
                rungs = [x.replace(" ", "_") for x in data[f"{name}_rung"].values]
                self.assertEqual(meanings, rungs)
                self.assertEqual(list(data[name].attrs["flag_values"]), list(range(len(rungs))))
                self.assertLess(int(data[name].max()), len(rungs))

    def test_hdf5_knows_the_dimension_scales(self):
        for path in self.files:
            with self.subTest(path.name), h5py.File(path) as file:
                labels = [list(axis.keys()) for axis in file["engagement"].dims]
                self.assertEqual(labels[0], ["replicate"])
                self.assertEqual(labels[-1], ["actor"])
                self.assertTrue(h5py.h5ds.is_attached(file["engagement"].id, file["time"].id, len(labels) - 2))


class Contents(ResultTest):
    def test_probabilities_are_shares_of_replicates(self):
        for _, data in self.each():
            for name in LADDERS:
                probability = data[f"{name}_probability"].values
                np.testing.assert_allclose(probability.sum(axis=-1), 1, rtol=0, atol=1e-12)
                for rung in range(probability.shape[-1]):
                    share = (data[name].values == rung).mean(axis=0)
                    np.testing.assert_array_equal(probability[..., rung], share)
            share = [(data["rights"].values == r).mean(axis=0) for r in range(data.sizes["rights_rung"])]
            np.testing.assert_array_equal(data["rights_probability"].values, np.stack(share, axis=-1))

    def test_counts_are_those_of_the_replicates(self):
        for _, data in self.each():
            for name in LADDERS:
                mean, quantile = data[f"{name}_count_mean"], data[f"{name}_count_quantile"]
                for rung in range(data.sizes[f"{name}_rung"]):
                    counts = (data[name].values >= rung).sum(axis=-1)
                    where = {f"{name}_rung": rung}
                    np.testing.assert_allclose(mean.isel(where).values, counts.mean(axis=0))
                    for q in data["quantile"].values:
                        # the smallest count whose cumulative share reaches q
                        expected = np.quantile(counts, q, axis=0, method="inverted_cdf")
                        np.testing.assert_array_equal(quantile.isel(where).sel(quantile=q), expected)

    def test_states_have_their_mean_and_deviation(self):
        for _, data in self.each():
            for name in recompute_inputs.STATES:
                values = data[name].values.astype(float)
                np.testing.assert_allclose(data[f"{name}_mean"], values.mean(axis=0), atol=1e-12)
                np.testing.assert_allclose(data[f"{name}_deviation"], values.std(axis=0), atol=1e-7)

    def test_luck_has_its_address(self):
        for path, data in self.each():
            with h5py.File(path) as file:
                m = recompute_inputs.Inputs(file)
            luck = data["luck"]
            for t in (0, m.steps - 1):
                for d, name in enumerate(LADDERS):
                    word = recompute_draws.words(m.seed, m.entity, t, recompute_draws.CHOICE, 3, 0, d)
                    where = {"replicate": 3, "time": t, "ladder": d}
                    if m.authorities > 1:
                        where["authority"] = 0
                    np.testing.assert_allclose(luck.isel(where), recompute_draws.uniform(word), atol=1e-7)

    def test_opportunity_follows_the_rate(self):
        for path, data in self.each():
            with h5py.File(path) as file:
                m = recompute_inputs.Inputs(file)
            if m.events or m.series:
                continue  # attention may move
            for d in range(len(LADDERS)):
                p = 1 - np.exp(-m.ladders[d]["rate"] * m.dt * m.parameters["attention"])
                found = data["opportunity"].isel(ladder=d).values
                np.testing.assert_allclose(found, np.broadcast_to(p, found.shape), atol=1e-6)


class Recomputation(ResultTest):
    def test_the_file_alone_gives_every_rung(self):
        for path in self.files:
            with self.subTest(path.name):
                self.assertIsNone(recompute.check(path, 3))

    def test_another_coefficient_is_noticed(self):
        for path in self.files:
            with self.subTest(path.name):
                copy = path.with_suffix(".copy")
                shutil.copy(path, copy)
                with h5py.File(copy, "a") as file:
                    file["inputs/temperature"][()] *= 3
                self.assertIsNotNone(recompute.check(copy, REPLICATES))

    def test_another_rung_is_noticed(self):
        for path in self.files:
            with self.subTest(path.name):
                copy = path.with_suffix(".copy")
                shutil.copy(path, copy)
                with h5py.File(copy, "a") as file:
                    rungs = file["recognition"][0]
                    rungs.flat[-1] = 1 - rungs.flat[-1]
                    file["recognition"][0] = rungs
                self.assertIsNotNone(recompute.check(copy, 1))


if __name__ == "__main__":

    def start(scenarios):
        ResultTest.scenarios = scenarios

    result_files.main(["PROGRAM", "SCENARIO..."], start)
