"""tools/check_layers.py finds planted violations and leaves honest files alone."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
import check_layers  # noqa: E402


def problems(path, text):
    return list(check_layers.check_text(path, text))


class Layers(unittest.TestCase):
    def assert_refused(self, path, include, reason):
        found = problems(path, f"// a file\n#include {include}\n")
        self.assertEqual(len(found), 1, found)
        self.assertTrue(found[0].startswith(f"{path}:2: #include {include}: "), found[0])
        self.assertIn(reason, found[0])

    def assert_allowed(self, path, *lines):
        self.assertEqual(problems(path, "\n".join(f"#include {line}" for line in lines)), [])

    def test_lower_layer_may_not_use_a_higher_one(self):
        self.assert_refused("sim/core/random.cpp", '"model/ladder.hpp"', "core using model")
        self.assert_refused("sim/model/model.cpp", '"engine/kernel.hpp"', "model using engine")
        self.assert_refused("sim/ensemble/plan.cpp", '"entente/io/scenario.hpp"', "allowed: core")
        self.assert_refused("include/entente/core/ids.hpp", '"entente/model/model.hpp"', "using model")

    def test_engine_and_terms_do_not_know_each_other(self):
        self.assert_refused("sim/engine/step.cpp", '"terms/rights.hpp"', "engine using terms")
        self.assert_refused("sim/terms/rights.cpp", '"engine/tile.hpp"', "terms using engine")

    def test_allowed_directions_pass(self):
        self.assert_allowed("sim/engine/step.cpp", '"engine/step.hpp"', '"core/random.hpp"',
                            '"entente/model/term.hpp"', "<vector>")
        self.assert_allowed("sim/io/result_file.cpp", '"entente/ensemble/summary.hpp"',
                            '"entente/engine/recorder.hpp"')
        self.assert_allowed("tools/entente/main.cpp", '"entente/io/scenario.hpp"', '"run.hpp"')
        self.assert_allowed("tests/unit/engine/step_test.cpp", '"terms/rights.hpp"', "<cmath>",
                            "<hdf5.h>", '"support/tiny_world.hpp"')

    def test_public_headers_keep_third_parties_and_private_files_out(self):
        public = "include/entente/io/scenario.hpp"
        self.assert_refused(public, "<fmt/format.h>", "third-party")
        self.assert_refused(public, "<nlohmann/json.hpp>", "third-party")
        self.assert_refused(public, "<unistd.h>", "third-party or system")
        self.assert_refused(public, '"io/fields.hpp"', "private header in a public one")
        self.assert_refused(public, "<yaml-cpp/yaml.h>", "only in sim/io/")
        self.assert_allowed(public, "<Eigen/Dense>", "<string_view>", '"entente/core/error.hpp"')

    def test_file_formats_stay_in_io(self):
        for header in ("<yaml-cpp/yaml.h>", "<hdf5.h>", "<H5Cpp.h>", "<muParser.h>"):
            self.assert_refused("sim/engine/run.cpp", header, "only in sim/io/")
            self.assert_refused("tools/entente/run.cpp", header, "only in sim/io/")
            self.assert_allowed("sim/io/file.cpp", header)

    def test_quotes_do_not_hide_a_third_party(self):
        self.assert_refused("sim/engine/run.cpp", '"hdf5.h"', "found HDF5")

    def test_tbb_stays_in_the_one_parallel_header(self):
        for header in ("<tbb/parallel_for.h>", "<oneapi/tbb/parallel_for.h>", "<oneapi/tbb.h>",
                       "<execution>"):
            self.assert_refused("sim/engine/tile.cpp", header, "only in sim/engine/parallel.hpp")
            self.assert_allowed("sim/engine/parallel.hpp", header)

    def test_mpi_stays_in_the_module_that_is_loaded_where_there_is_mpi(self):
        self.assert_refused("sim/ensemble/ranks.cpp", "<mpi.h>", "only in sim/ensemble/ranks_mpi.cpp")
        self.assert_allowed("sim/ensemble/ranks_mpi.cpp", "<mpi.h>")

    def test_what_decides_results_does_not_use_libm(self):
        for module in ("core", "model", "terms", "engine"):
            self.assert_refused(f"sim/{module}/x.cpp", "<cmath>", "libm")
            self.assert_refused(f"include/entente/{module}/x.hpp", "<cmath>", "libm")
            self.assert_refused(f"sim/{module}/x.cpp", "<math.h>", "libm")
        self.assert_allowed("sim/io/x.cpp", "<cmath>")
        self.assert_allowed("sim/ensemble/x.cpp", "<cmath>")

    def test_paths_name_a_known_module(self):
        self.assert_refused("sim/core/a.cpp", '"b.hpp"', "found no module")
        self.assert_refused("sim/core/a.cpp", '"../model/b.hpp"', "relative")
        self.assert_refused("sim/core/a.cpp", '"kore/b.hpp"', "unknown module 'kore'")
        self.assert_refused("sim/core/a.cpp", "HEADER", "found a macro")
        self.assertIn("outside the modules", problems("sim/extra/a.cpp", "")[0])
        self.assert_allowed("sim/core/version.cpp", '"entente_version.hpp"')

    def test_comments_are_not_includes_and_lines_still_count(self):
        text = '/* #include <cmath>\n#include <cmath>\n*/\n// #include <cmath>\n  #  include <cmath>\n'
        found = problems("sim/core/a.cpp", text)
        self.assertEqual([line.split(" ")[0] for line in found], ["sim/core/a.cpp:5:"])
        text = 'const char* s = "/*";\n#include <cmath>\n'
        self.assertEqual(len(problems("sim/core/a.cpp", text)), 1)

    def test_program_names_the_line_and_fails(self):
        with tempfile.TemporaryDirectory() as folder:
            bad = pathlib.Path(folder, "sim/terms/rights.cpp")
            bad.parent.mkdir(parents=True)
            bad.write_text("#include <vector>\n#include <cmath>\n", encoding="utf-8")
            command = [sys.executable, ROOT / "tools/check_layers.py", "--root", folder]
            run = subprocess.run(command, capture_output=True, text=True, check=False)
            self.assertEqual(run.returncode, 1)
            self.assertIn("sim/terms/rights.cpp:2: #include <cmath>", run.stdout)
            bad.write_text("#include <vector>\n", encoding="utf-8")
            run = subprocess.run(command, capture_output=True, text=True, check=False)
            self.assertEqual(run.returncode, 0, run.stdout + run.stderr)


if __name__ == "__main__":
    unittest.main()
