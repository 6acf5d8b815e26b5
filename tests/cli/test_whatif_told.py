"""`entente whatif`: what it prints, refuses and writes."""

import re

import support
from support import TINY
from whatif_support import EVENT, FLAGSHIP, WhatIfTest, row_of


class Text(WhatIfTest):
    def test_one_variant_at_length(self):
        text = self.text("--event", "2021-03 recognise BRA,CHA,DEL", replicates=200)
        answer = self.whatif("--event", "2021-03 recognise BRA,CHA,DEL", replicates=200)
        end = row_of(answer, "recognition", "recognised")["end"]
        flat = " ".join(text.split())
        self.assertIn("Tiny world A variant beside the baseline, replicate by replicate on the same luck; "
                      "6 actors, 2021-01 to 2022-12; 200 replicates, seed 7 ", flat)
        self.assertRegex(flat, r"Recognised, 2022-12: \d\.\d\d in the baseline, \d\.\d\d in the variant: a "
                               r"change of \+\d\.\d\d \(95 % interval \d\.\d\d to \d\.\d\d\)\. Of it "
                               r"\+\d\.\d\d are the states acted on \(BRA, CHA, DEL\), [+-]\d\.\d\d those "
                               r"that follow \(-?\d\.\d\d to -?\d\.\d\d\)\.")
        self.assertIn(f"would be {end['narrowing']:.1f} times as wide.", flat)
        self.assertIn("Nothing differs before 2021-03.", flat)
        self.assertRegex(text, r"\n  2021-12 .*\n  2022-12 ")
        table = text[text.index("Whose path differs, 2022-12"):]
        self.assertEqual(set(re.findall(r"\n  (\w{3})  .* acted on", table)), {"BRA", "CHA", "DEL"})

    def test_numbers_add_up_as_printed(self):
        for count in range(91, 99):  # means that end in many different decimals
            text = self.text("--event", "2021-03 recognise BRA,CHA,DEL", replicates=count)
            flat = " ".join(text.split())
            number = r"([+-]?\d+\.?\d*)"
            sentences = re.findall(rf"{number} in the baseline, {number} in the variant: a change of "
                                   rf"{number} \([^)]*\)\.(?: Of it {number} are the states acted on "
                                   rf"\([^)]*\), {number} those that follow)?", flat)
            self.assertGreater(len(sentences), 1)
            rows = re.findall(rf"{number} → {number} +{number}", text[text.index("end of"):text.index("Whose path")])
            for baseline, variant, change, *parts in sentences + rows:
                self.assertAlmostEqual(float(baseline) + float(change), float(variant), places=9)
                if any(parts):
                    self.assertAlmostEqual(sum(map(float, parts)), float(change), places=9)

    def test_says_what_the_file_says(self):
        world = self.world(hot="title: It gets hot\nquestion: Who follows?\nreasoning: heat moves\n"
                               "look_at: the mercury\ntemperature: 2")
        lines = self.text("hot", scenario=world).split("\n")
        for line in ("It gets hot", "Who follows?", "  heat moves", "What to look at", "  the mercury"):
            self.assertIn(line, lines)

    def test_several_in_one_table(self):
        pressing = "2021-02 set interest 1 mining all; 2021-02 set offer 1 mining"
        text = self.text("--event", "2021-03 recognise CHA,DEL,ECH,FOX", "--event", pressing,
                         "--change", "terms.rights.coefficient=1.5", replicates=400)
        self.assertRegex(text, r"\n  variant +recognised +of followers +mission\+ +of followers +narrower\n")
        self.assertRegex(text, r"\n  baseline +\d\.\d\d +\d\.\d\d\n")
        self.assertRegex(text, r"\n  2021-03 recognise CHA,DEL… +\+\d\.\d\d ± 0\.\d\d +\+\d\.\d\d .* \d\.\dx\n")
        self.assertRegex(text, r"\n  terms.rights.coefficient=… +0 +0 +0 +0 +exact\n")
        followers = " ".join(text[text.index("Who follows, "):].split())
        self.assertRegex(followers, r"2021-03 recognise CHA,DEL,ECH,FOX: (ALF|BRA) \+\d+ %")
        self.assertNotRegex(followers, r"2021-03 recognise CHA,DEL,ECH,FOX: [^;]*(CHA|DEL|ECH|FOX) [+-]")
        self.assertIn("terms.rights.coefficient=1.5: nobody clearly; nobody clearly", followers)
        self.assertEqual([line for line in text.split("\n") if len(line) > 100], [])

    def test_a_single_pair_has_no_interval(self):
        for arguments in (("--event", EVENT), ("--event", EVENT, "--change", "temperature=9")):
            text = self.text(*arguments, replicates=1)
            self.assertNotIn("nan", text)
            self.assertNotRegex(" ".join(text.split()), r"95 % interval \S+ to|±|exact")
        end = row_of(self.whatif("--event", EVENT, replicates=1), "recognition", "recognised")["end"]
        self.assertIsNone(end["standard_error"])
        self.assertIsNone(end["low"])

    def test_json_is_documented(self):
        answer = self.whatif("--event", EVENT, "--change", "temperature=2", replicates=8)
        ladders = answer["variants"][0]["authorities"][0]["actors"][0]["ladders"]
        rungs = [rung for ladder in ladders.values() for rung in ladder["baseline"]]
        del answer["time"]
        self.assert_documented("whatif", answer, [*ladders, *rungs])

    def test_lists_variants(self):
        world = self.world(hot="title: Hot\nquestion: Who?\ntemperature: 2",
                           cold="title: Cold\nquestion: Who?\ntemperature: 0.5")
        lines = self.run_program("whatif", world, "--list").stdout.split("\n")
        self.assertEqual([line.split() for line in lines if line],
                         [["variant", "title"], ["cold", "Cold"], ["hot", "Hot"]])
        shipped = sorted(path.stem for path in (FLAGSHIP / "variants").glob("*.yaml"))
        lines = self.run_program("whatif", FLAGSHIP, "--list").stdout.strip().split("\n")[1:]
        self.assertEqual([line.split()[0] for line in lines], shipped)

    def test_quiet_prints_nothing(self):
        done = self.run_program("whatif", TINY, "--event", EVENT, "--replicates", 8, "--quiet")
        self.assertEqual((done.stdout, done.stderr), ("", ""))


class Errors(WhatIfTest):
    def refused(self, *arguments, expect, words, scenario=TINY):
        before = self.left_in_folder()
        done = self.run_program("whatif", scenario, *arguments, "-o", "out.h5", expect=expect)
        self.assertEqual(done.stdout, "")
        for word in words:
            self.assertIn(word, done.stderr)
        self.assertEqual(self.left_in_folder(), before)
        return done.stderr.strip().split("\n")

    def test_unknown_variant(self):
        world = self.world(hot="title: Hot\nquestion: Who?\ntemperature: 2")
        self.refused("hto", expect=support.USAGE, scenario=world,
                     words=["VARIANT: found 'hto'; allowed: hot", "did you mean 'hot'?"])

    def test_no_variant(self):
        world = self.world(hot="title: Hot\nquestion: Who?\ntemperature: 2")
        self.refused(expect=support.USAGE, scenario=world,
                     words=["found no variant; allowed: --event, --change, a YAML file, all, hot"])
        self.refused(expect=support.USAGE, words=["found no variant"])

    def test_result_files_have_no_variants(self):
        path = self.simulate("result.h5", "--replicates", 8)
        self.refused("--event", EVENT, scenario=path, expect=support.USAGE,
                     words=["SCENARIO: a result file cannot be varied"])
        self.run_program("whatif", path, "--list", expect=support.USAGE)

    def test_files_that_are_not_there(self):
        self.refused("nowhere.yaml", expect=support.FILE, words=["nowhere.yaml: found no such file"])
        self.refused("--event", EVENT, scenario="nowhere/scenario.yaml", expect=support.FILE,
                     words=["nowhere"])
        self.run_program("whatif", "nowhere", "--list", expect=support.FILE)

    def test_words_of_events(self):
        for event, words in (
                ("2021-05 recognse ALF", ["found 'recognse'", "recognise, withdraw, set", "did you mean"]),
                ("2021-05 recognise ALFA", ["found 'ALFA'", "ALF, BRA, CHA", "did you mean 'ALF'?"]),
                ("2021-05 set mision ALF", ["found 'mision'", "did you mean 'mission'?"]),
                ("someday recognise ALF", ["found 'someday'"]),
                ("2031-05 recognise ALF", ["2031-05", "2021-01"]),
                ("2021-05 set rights_weight 11 ALF", ["found '11'", "from 0 to 10"]),
                ("2021-05 recognise ALF with probability 2", ["found '2'", "from 0 to 1"])):
            with self.subTest(event):
                self.refused("--event", event, expect=support.INPUT, words=[event, *words])

    def test_all_problems_of_all_variants_at_once(self):
        bad = self.write("bad.yaml", "entente: 1\ntitle: Bad\nquestion: Who?\ntemperature: hot\ntime: {}\n")
        lines = self.refused(bad, "--event", EVENT, "--event", "2021-05 recognse ALF", "--change",
                             "terms.rights.coeficient=2", expect=support.INPUT,
                             words=["found 'hot'", "'time'", "found 'recognse'", "coeficient"])
        self.assertEqual(len(lines), 4)

    def test_twice_the_same(self):
        self.refused("--event", EVENT, "--event", EVENT, expect=support.USAGE,
                     words=[f"VARIANT: found '{EVENT}' twice; allowed: once"])

    def test_options_for_a_file_need_a_file(self):
        done = self.run_program("whatif", TINY, "--event", EVENT, "--force", expect=support.USAGE)
        self.assertIn("--output", done.stderr)


class Output(WhatIfTest):
    def test_is_whole_and_named(self):
        done = self.run_program("whatif", TINY, "--event", EVENT, "--replicates", 16, "-o", "out.h5")
        self.assertTrue(done.stdout.endswith("\nResult file: out.h5\n"))
        self.assertEqual(self.left_in_folder(), ["out.h5"])
        answer = self.whatif("--event", EVENT, "-o", "json.h5", replicates=16)
        self.assertEqual(answer["output"], "json.h5")
        self.assert_same_bytes(self.folder / "out.h5", self.folder / "json.h5")

    def test_is_none_without_being_asked(self):
        self.assertIsNone(self.whatif("--event", EVENT)["output"])
        self.assertEqual(self.left_in_folder(), [])

    def test_does_not_depend_on_threads(self):
        for threads, name in ((1, "one.h5"), (3, "three.h5")):
            self.whatif("--event", EVENT, "-o", name, "--threads", threads, "--lanes", 8 * threads)
        self.assert_same_bytes(self.folder / "one.h5", self.folder / "three.h5")

    def test_does_not_overwrite_unless_told(self):
        self.whatif("--event", EVENT, "-o", "out.h5", replicates=8)
        before = (self.folder / "out.h5").read_bytes()
        done = self.run_program("whatif", TINY, "--event", EVENT, "-o", "out.h5", expect=support.FILE)
        self.assertEqual(done.stdout, "")
        self.assertIn("out.h5: exists already", done.stderr)
        self.assertEqual((self.folder / "out.h5").read_bytes(), before)
        self.whatif("--event", EVENT, "-o", "out.h5", "--force", replicates=16)
        self.assertNotEqual((self.folder / "out.h5").read_bytes(), before)
        self.assertEqual(self.left_in_folder(), ["out.h5"])

    def test_folder_that_does_not_exist(self):
        self.run_program("whatif", TINY, "--event", EVENT, "-o", "nowhere/out.h5", expect=support.FILE)
        self.assertEqual(self.left_in_folder(), [])


if __name__ == "__main__":
    support.main()
