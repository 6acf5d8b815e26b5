"""`entente cascade`: who tipped whom."""

import csv

import support
from support import ROOT, TINY, CliTest

CLASSROOM = ROOT / "scenarios" / "classroom"


class Cascade(CliTest):
    def test_answers_in_a_screen(self):
        text = self.run_program("cascade", CLASSROOM, "--replicates", 64).stdout
        self.assertIn("Who tipped whom: moves to recognised (recognition) towards Council of Karst (KAR)", text)
        for words in ("by own choice", "The most pivotal is", "Pivotal states", "Strongest ties"):
            self.assertIn(words, text)
        self.assertLess(text.count("\n"), 60)
        self.assertTrue(all(len(line) <= 100 for line in text.split("\n")))

    def test_json_adds_up(self):
        answer = self.json_of("cascade", CLASSROOM, "--replicates", 64, "--top", 1000)
        self.assertEqual((answer["ladder"], answer["rung"], answer["replicates"]),
                         ("recognition", "recognised", 64))
        followed = answer["followed"]["mean"]
        self.assertGreater(followed, 0)
        self.assertAlmostEqual(followed + answer["own_reasons"], answer["moves"]["mean"])
        self.assertAlmostEqual(sum(actor["direct"]["mean"] for actor in answer["actors"]), followed)
        self.assertAlmostEqual(sum(edge["credit"]["mean"] for edge in answer["edges"]), followed)
        self.assertAlmostEqual(sum(answer[f"followed_{how}"] for how in ("start", "event", "choice")), followed)
        totals = [actor["with_chains"]["mean"] for actor in answer["actors"]]
        self.assertEqual(totals, sorted(totals, reverse=True))
        self.assertEqual(len(answer["actors"]), 10)

    def test_moves_are_those_of_the_run(self):
        """Nobody takes recognition back in this world, so who recognises in the end has moved there."""
        setting = ("--set", "ladders.recognition.down=80", "--replicates", 64)
        run = self.json_of("run", CLASSROOM, *setting)
        ends = run["authorities"][0]["ladders"]["recognition"]["at_or_above"][1]["mean"]
        answer = self.json_of("cascade", CLASSROOM, *setting)
        self.assertAlmostEqual(answer["moves"]["mean"] + answer["brought"]["mean"], ends)

    def test_events_bring_and_are_not_moves(self):
        answer = self.json_of("cascade", TINY)
        by_id = {actor["id"]: actor for actor in answer["actors"]}
        self.assertGreater(by_id["ALF"]["brought"], 0.1)
        self.assertEqual(by_id["BRA"]["brought"], 0)

    def test_without_coupling_all_is_own_reasons(self):
        answer = self.json_of("cascade", TINY, "--set", "terms.rights.cover_effect=0", "--set",
                              "terms.alignment.coefficient=0", "--set", "terms.bandwagon.coefficient=0")
        self.assertEqual(answer["followed"]["mean"], 0)
        self.assertEqual((answer["edges"], answer["brakes"]), ([], []))

    def test_other_ladders_and_rungs(self):
        answer = self.json_of("cascade", CLASSROOM, "--ladder", "engagement", "--rung", "dialogue",
                              "--replicates", 16)
        self.assertEqual((answer["ladder"], answer["rung"]), ("engagement", "dialogue"))
        # These began higher.
        started = {actor["id"] for actor in answer["actors"] if actor["from_start"]}
        self.assertEqual(started, {"FOR", "GIA", "STE"})
        self.assertGreater(answer["followed_start"], 0)

    def test_result_files_give_what_their_scenario_gives(self):
        result = self.simulate("out.h5", "--replicates", 24, "--first-replicate", 5)
        answer = self.json_of("cascade", result)
        self.assertEqual((answer["first_replicate"], answer["replicates"]), (5, 24))


    def test_variants(self):
        (self.folder / "early.yaml").write_text(
            "entente: 1\ntitle: Early\nquestion: Who follows?\nreasoning: To see.\nevents:\n  - id: early\n    date: 2021-01\n"
            "    change: {set: rung, ladder: recognition, actors: [BRA], to: recognised}\n", encoding="utf-8")
        answer = self.json_of("cascade", TINY, "--variant", "early.yaml")
        by_id = {actor["id"]: actor for actor in answer["actors"]}
        self.assertEqual(by_id["BRA"]["brought"], 1)
        self.run_program("cascade", TINY, "--variant", "none", expect=support.USAGE)


class Graph(CliTest):
    def test_csv_holds_every_tie(self):
        answer = self.json_of("cascade", CLASSROOM, "--replicates", 32, "-o", "graph.csv", "--top", 1000)
        with open(self.folder / "graph.csv", encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual(list(rows[0]), ["from", "to", "from_start", "credit", "credit_se", "log_odds",
                                         "odds_ratio", "moves"])
        credited = [row for row in rows if float(row["credit"]) > 0]
        self.assertEqual([(row["from"], row["to"], float(row["credit"])) for row in credited],
                         [(edge["from"], edge["to"], edge["credit"]["mean"]) for edge in answer["edges"]])

    def test_dot_is_a_graph(self):
        self.run_program("cascade", CLASSROOM, "--replicates", 32, "-q", "-o", "graph.dot")
        text = (self.folder / "graph.dot").read_text(encoding="utf-8")
        self.assertIn("digraph cascade {", text)
        self.assertIn('"REB" -> "GIA" [penwidth=', text)

    def test_does_not_overwrite(self):
        (self.folder / "graph.csv").write_text("mine", encoding="utf-8")
        self.run_program("cascade", TINY, "-o", "graph.csv", expect=support.FILE)
        self.assertEqual((self.folder / "graph.csv").read_text(encoding="utf-8"), "mine")
        self.run_program("cascade", TINY, "-o", "graph.csv", "--force")
        self.assertIn("from,to", (self.folder / "graph.csv").read_text(encoding="utf-8"))
        self.assertEqual(self.left_in_folder(), ["graph.csv"])

    def test_leaves_nothing_where_it_fails(self):
        self.run_program("cascade", TINY, "-o", "graph.csv", "--rung", "recognized", expect=support.USAGE)
        self.assertEqual(self.left_in_folder(), [])


class Refusals(CliTest):
    def refused(self, *arguments, words):
        done = self.run_program("cascade", *arguments, expect=support.USAGE)
        self.assertEqual(done.stdout, "")
        self.assertIn(words, done.stderr)

    def test_names(self):
        self.refused(TINY, "--ladder", "recogntion", words="did you mean 'recognition'?")
        self.refused(TINY, "--rung", "recognized", words="did you mean 'recognised'?")
        self.refused(TINY, "--rung", "withheld", words="allowed: recognised")
        self.refused(TINY, "--authority", "XYZ", words="allowed: ERE")

    def test_files_of_other_kinds(self):
        self.refused(TINY, "-o", "graph.png", words="allowed: a name that ends in .csv or .dot")

    def test_relations_that_events_alter(self):
        path = self.folder / "quarrel.yaml"
        path.write_text(f"entente: 1\nextends: {TINY}\nevents:\n  - id: quarrel\n    date: 2021-05\n"
                        "    change: {set: alignment, actors: [ALF], towards: [BRA], to: 0}\n", encoding="utf-8")
        self.refused(path, words="quarrel")


if __name__ == "__main__":
    support.main()
