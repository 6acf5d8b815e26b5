#!/usr/bin/python3
"""Files of studies as other people's programs see them: xarray, h5py, netCDF, ncdump and csv.

    test_study_file.py PROGRAM STUDY_FILES [-- unittest arguments]
"""

import csv
import json
import math
import pathlib
import struct
import subprocess

import h5py
import numpy as np
import xarray

import result_files

STATISTICS = ["mean", "variance", "error", "q05", "q25", "q50", "q75", "q95"]


def bits(number):
    """Tells -0 from 0; all that is no number is the same."""
    return None if math.isnan(number) else struct.pack("<d", number)


def numbers(texts):
    return [float.fromhex(text) for text in texts]


class StudyFileTest(result_files.FilesTest):
    """Has a study of each kind of design written, and what it holds said in other words."""

    writer = None

    @classmethod
    def make_files(cls, folder):
        done = subprocess.run([cls.writer, folder], check=True, capture_output=True, text=True, encoding="utf-8")
        cls.studies = json.loads(done.stdout)
        return [folder / study["file"] for study in cls.studies]

    def each(self):
        """What a study holds, its file, and what xarray makes of it."""
        for study, (path, data) in zip(self.studies, super().each(), strict=True):
            yield study, path, data

    def assert_same(self, found, expected):
        self.assertEqual([bits(x) for x in found], [bits(x) for x in expected])


class Structure(result_files.NetcdfChecks, StudyFileTest):
    in_header = ("mean(row, output)", "value(row, parameter)", ':kind = "study"')

    def test_dimensions_are_named(self):
        for _, _, data in self.each():
            self.assertEqual(data["value"].dims, ("row", "parameter"))
            self.assertEqual(data["value"].dtype, np.float64)
            self.assertEqual(list(data["statistic"].values), STATISTICS)
            for name in STATISTICS:
                self.assertEqual(data[name].dims, ("row", "output"))
                self.assertEqual(data[name].dtype, np.float64)
            np.testing.assert_array_equal(data["row"], np.arange(data.sizes["row"]))

    def test_says_what_it_is(self):
        for study, _, data in self.each():
            self.assertEqual(data.attrs["title"], study["title"])
            self.assertEqual(data.attrs["design"], study["design"])
            self.assertTrue(data.attrs["design_text"].startswith(study["design"]))
            self.assertEqual(data.attrs["replicates"], 8)
            self.assertIn("seed: ", data.attrs["identity"])

    def test_rows_are_found_by_name(self):
        with xarray.open_dataset(self.files[0]) as data:
            one = data["mean"].sel(output="recognitions@2021-10", row=2)
            self.assertEqual(float(one), float(data["mean"][2, 1]))
            whole = data.where(data["status"] == 0, drop=True)
            self.assertNotIn(3, whole["row"].values)
            self.assertEqual(data["status"].attrs["flag_meanings"], "ok failed")


class Contents(StudyFileTest):
    def test_h5py_reads_the_numbers(self):
        for study, path, _ in self.each():
            rows = study["rows"]
            with h5py.File(path) as file:
                self.assertEqual("point" in file, "point" in rows[0])
                table = np.stack([file[name][()] for name in STATISTICS], axis=-1).reshape(len(rows), -1)
                for r, row in enumerate(rows):
                    self.assert_same(file["value"][r], numbers(row["values"]))
                    if "point" in row:
                        self.assert_same(file["point"][r], numbers(row["point"]))
                    expected = numbers(row.get("numbers", ["nan"] * table.shape[1]))
                    self.assert_same(table[r], expected)
                    self.assertEqual(file["status"][r], "message" in row)

    def test_h5py_reads_the_labels(self):
        for study, path, _ in self.each():
            with h5py.File(path) as file:

                def texts(name):
                    return list(file[name].asstr()[()]) if name in file else []

                self.assertEqual(texts("parameter"), [x["name"] for x in study["parameters"]])
                for name, key in (("path", "paths"), ("choice", "choices")):
                    found = [[] for _ in study["parameters"]]
                    for text, parameter in zip(texts(name), file[f"{name}_parameter"], strict=True):
                        found[parameter].append(text)
                    self.assertEqual(found, [x[key] for x in study["parameters"]])
                columns = [f"{x}.{s}" for x in texts("output") for s in texts("statistic")]
                self.assertEqual(columns, study["columns"])

    def test_failures_keep_their_messages(self):
        for study, _, data in self.each():
            expected = {r: row["message"] for r, row in enumerate(study["rows"]) if "message" in row}
            self.assertEqual(dict(zip(data["failed_row"].values, data["failure_message"].values)), expected)

    def test_joint_parameters_have_their_covariance(self):
        path = next(path for path in self.files if path.stem == "random")
        with xarray.open_dataset(path, group="inputs/study/joint_0") as joint:
            np.testing.assert_array_equal(joint["covariance"], joint["covariance"].T)
            self.assertEqual(joint["covariance"].dims, ("place", "other_place"))
            np.testing.assert_array_equal(joint["parameter"], [4, 3])


class Export(StudyFileTest):
    @classmethod
    def make_files(cls, folder):
        files = super().make_files(folder)
        for path in files:
            cls.run_program("export", path, "--csv", path.with_suffix(""), "--quiet")
        return files

    def rows_of(self, path, name="points"):
        with open(path.with_suffix("") / f"{name}.csv", encoding="utf-8", newline="") as file:
            return list(csv.reader(file))

    def test_csv_gives_the_same_numbers(self):
        for study, path, _ in self.each():
            header, *lines = self.rows_of(path)
            self.assertEqual(len(set(header)), len(header))
            self.assertEqual(header[-len(study["columns"]) :], study["columns"])
            at = header.index("status") - len(study["parameters"])
            self.assertEqual(len(lines), len(study["rows"]))
            for r, (line, row) in enumerate(zip(lines, study["rows"])):
                self.assertEqual(line[0], str(r))
                for f, (parameter, value) in enumerate(zip(study["parameters"], numbers(row["values"]))):
                    if parameter["choices"]:
                        self.assertEqual(line[at + f], parameter["choices"][int(value)])
                    else:
                        self.assert_same([float(line[at + f])], [value])
                status, message, *found = line[header.index("status") :]
                self.assertEqual((status, message), ("failed", row["message"]) if "message" in row else ("ok", ""))
                expected = numbers(row.get("numbers", ["nan"] * len(found)))
                self.assert_same([float(x or "nan") for x in found], expected)

    def test_csv_has_the_place_of_rows(self):
        places = {
            "saltelli": ["row", "matrix", "n", "changed"],
            "morris": ["row", "trajectory", "step", "changed", "change"],
            "one_at_a_time": ["row", "changed", "step"],
        }
        for study, path, _ in self.each():
            header = self.rows_of(path)[0]
            names = [x["name"] for x in study["parameters"]]
            grid = ["row", *(f"level.{name}" for name in names)]
            expected = places.get(study["design"], grid if study["design"] == "grid" else ["row"])
            self.assertEqual(header[: len(expected) + 1], [*expected, "rate"])

    def test_rows_of_a_trajectory_differ_as_they_say(self):
        path = next(path for path in self.files if path.stem == "morris")
        header, *lines = self.rows_of(path)
        with h5py.File(path) as file:
            names = list(file["parameter"].asstr()[()])
            points = file["point"][()]
        for r, line in enumerate(lines):
            cells = dict(zip(header, line))
            moved = np.zeros(len(names))
            if cells["changed"]:
                moved[names.index(cells["changed"])] = float(cells["change"])
                np.testing.assert_allclose(points[r] - points[r - 1], moved, atol=1e-15)
            else:
                self.assertEqual(cells["step"], "0")

    def test_tidy_tables_say_the_same(self):
        for study, path, data in self.each():
            header, *lines = self.rows_of(path, "q95")
            self.assertEqual(header, ["row", "output", "value"])
            self.assert_same([float(line[2]) for line in lines], data["q95"].values.ravel())
            outputs = [column[: -len(".mean")] for column in study["columns"][:: len(STATISTICS)]]
            self.assertEqual([line[1] for line in lines[: len(outputs)]], outputs)


class OtherCommands(StudyFileTest):
    def test_say_what_the_file_is(self):
        path = self.files[0]
        for command in (["run", path], ["explain", path, "--actor", "A0", "--date", "2021-09"], ["cascade", path]):
            with self.subTest(command[0]):
                done = subprocess.run([self.program, *map(str, command)], capture_output=True, text=True, check=False)
                self.assertEqual(done.returncode, 5, done.stderr)
                self.assertIn(f"{path}: found the points of a study, which is for `entente analyse`", done.stderr)
                self.assertIn("allowed: a file of `entente run -o` or `entente whatif -o`", done.stderr)


if __name__ == "__main__":

    def start(arguments):
        StudyFileTest.writer = str(pathlib.Path(arguments[0]).resolve())

    result_files.main(["PROGRAM", "STUDY_FILES"], start)
