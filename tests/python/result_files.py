"""What tests of files share: files that are made once, and what holds for every file that entente writes."""

import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

import h5py
import netCDF4
import xarray


class FilesTest(unittest.TestCase):
    """Makes its files once, in a folder that goes with the class."""

    program = None

    @classmethod
    def make_files(cls, folder):
        """Returns the paths of the files."""
        raise NotImplementedError

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.files = cls.make_files(pathlib.Path(cls.folder.name))

    @classmethod
    def run_program(cls, *arguments):
        subprocess.run([cls.program, *map(str, arguments)], check=True)

    def each(self):
        """Every file, opened by xarray."""
        for path in self.files:
            with self.subTest(path.name), xarray.open_dataset(path) as data:
                yield path, data


class NetcdfChecks:
    """A part of a FilesTest: what holds for every file."""

    in_header = ()  # of ncdump

    def test_every_group_opens(self):
        def visit(path, group, name):
            with xarray.open_dataset(path, group=name or None) as data:
                data.load()
            for child in group.groups:
                visit(path, group.groups[child], f"{name}/{child}" if name else child)

        for path in self.files:
            with self.subTest(path.name), netCDF4.Dataset(path) as file:
                visit(path, file, "")

    def test_every_variable_says_what_it_is(self):
        def visit(name, item):
            if isinstance(item, h5py.Dataset) and not item.attrs.get("NAME", b"").startswith(b"This is"):
                if name not in ("time_bounds",) and not name.startswith("inputs/terms/"):
                    self.assertIn("long_name", item.attrs, name)

        for path in self.files:
            with self.subTest(path.name), h5py.File(path) as file:
                file.visititems(visit)

    def test_ranges_hold_and_have_the_type_of_the_values(self):
        for path in self.files:
            with self.subTest(path.name), netCDF4.Dataset(path) as file:
                file.set_auto_mask(False)
                for name, variable in file.variables.items():
                    if hasattr(variable, "valid_max"):
                        self.assertEqual(variable.valid_max.dtype, variable.dtype, name)
                        self.assertLessEqual(variable[:].max(), variable.valid_max, name)
                        self.assertGreaterEqual(variable[:].min(), variable.valid_min, name)

    def test_ncdump_reads_the_header(self):
        for path in self.files:
            with self.subTest(path.name):
                done = subprocess.run(["ncdump", "-h", path], capture_output=True, text=True, check=True)
                for text in (':Conventions = "CF-1.10"', "group: inputs {", *self.in_header):
                    self.assertIn(text, done.stdout)

    def test_netcdf_can_add_to_it(self):
        for path in self.files:
            with self.subTest(path.name):
                copy = path.with_suffix(".copy")
                shutil.copy(path, copy)
                with netCDF4.Dataset(copy, "a") as file:
                    file.createVariable("mine", "f4", ("time", "actor"))[:] = 1.5
                with xarray.open_dataset(copy) as data:
                    self.assertEqual(float(data["mine"].mean()), 1.5)


def main(names, start):
    """Hands what stands before `--` on to `start`, what comes after it to unittest."""
    arguments = sys.argv[1:]
    rest = arguments.index("--") if "--" in arguments else len(arguments)
    fixed = [name for name in names if not name.endswith("...")]
    if rest < len(names) or (fixed == names and rest > len(names)):
        sys.exit(f"usage: {sys.argv[0]} {' '.join(names)} [-- unittest arguments]")
    FilesTest.program = str(pathlib.Path(arguments[0]).resolve())
    start(arguments[1:rest])
    unittest.main(argv=[sys.argv[0], *arguments[rest + 1 :]], verbosity=2)
