"""What the server of the lab answers to its own page (tools/lab/README.md)."""

import json
import socket
import stat
import tempfile

import lab_support
from lab_support import PATIENCE, VARIANT, Program, Server, ServerTest, at_once, until


class Questions(ServerTest):
    def test_the_page_needs_no_token_and_tells_no_secret(self):
        status, page = self.server.ask("GET", "/", headers={})
        self.assertEqual(status, 200)
        self.assertTrue(page.startswith(b"<!doctype html>") or page.startswith(b"<!DOCTYPE html>"))
        self.assertNotIn(self.server.token.encode(), page)

    def test_every_answer_has_the_headers_that_protect_the_page(self):
        for target, headers, policy in (
                ("/", {}, "frame-ancestors 'none'"), ("/api/scenarios", self.server.headers(), "default-src 'none'"),
                ("/api/scenarios", {}, "default-src 'none'"), ("/x", {}, "default-src 'none'")):
            head = self.server.raw(f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{self.server.port}\r\n".encode()
                                   + "".join(f"{k}: {v}\r\n" for k, v in headers.items()).encode()
                                   + b"\r\n").split(b"\r\n\r\n")[0].decode()
            for wanted in ("X-Content-Type-Options: nosniff", "X-Frame-Options: DENY", "Cache-Control: no-store",
                           "Referrer-Policy: no-referrer", "Cross-Origin-Resource-Policy: same-origin",
                           "Content-Security-Policy: ", policy):
                self.assertIn(wanted, head, target)
            self.assertNotIn("Access-Control", head)

    def test_scenarios_are_those_at_hand_with_their_variants(self):
        _, scenarios = self.server.ask("GET", "/api/scenarios")
        entries = {entry["name"]: entry for entry in scenarios}
        self.assertIn("classroom", entries)  # of the source tree
        self.assertEqual(entries["tiny"]["title"], "Tiny world")
        self.assertEqual(entries["tiny"]["variants"],
                         [{"name": "first", "title": "Two go first", "question": "Who follows?"}])

    def test_a_world_has_knobs(self):
        status, world = self.server.ask("GET", "/api/world?scenario=tiny")
        self.assertEqual((status, world["scenario"], world["title"]), (200, "tiny", "Tiny world"))
        self.assertEqual(len(world["actors"]), 6)
        self.assertIn("terms.rights.coefficient", [knob["path"] for knob in world["knobs"]])

    def test_a_scenario_that_was_edited_is_read_again(self):
        file = self.server.folder / "scenarios" / "tiny" / "scenario.yaml"
        before = file.read_text(encoding="utf-8")
        self.addCleanup(file.write_text, before, encoding="utf-8")
        file.write_text(before.replace("title: Tiny world", "title: Edited"), encoding="utf-8")
        self.assertEqual(self.server.ask("GET", "/api/world?scenario=tiny")[1]["title"], "Edited")

    def test_a_variant_is_given_as_it_is_written(self):
        self.assertEqual(self.server.ask("GET", "/api/variant?scenario=tiny&name=first"), (200, {"yaml": VARIANT}))
        self.assert_refused(404, "GET", "/api/variant?scenario=tiny&name=none")
        self.assert_refused(404, "GET", "/api/variant?scenario=none&name=first")

    def test_check_finds_mistakes_by_line_and_column(self):
        ask = {"scenario": "tiny", "yaml": VARIANT}
        self.assertEqual(self.server.ask("POST", "/api/check", ask), (200, {"problems": []}))
        ask["yaml"] = VARIANT + "terms: {rights: {coefficient: many}}\nwhat: 1\n"
        _, answer = self.server.ask("POST", "/api/check", ask)
        self.assertEqual([(p["line"], p["column"]) for p in answer["problems"]], [(6, 31), (7, 1)])
        self.assertTrue(answer["problems"][0]["message"].startswith("terms.rights.coefficient: found 'many'"))
        self.assertNotIn(str(self.server.temporary), json.dumps(answer))

    def test_nothing_is_initial_where_the_program_began_with_nothing(self):
        self.assertEqual(self.server.ask("GET", "/api/initial"), (200, None))


class Runs(ServerTest):
    growth = 512  # what explaining with every term kept takes

    def command_line(self, *arguments):
        return Program.run(*arguments, cwd=self.server.folder)

    def test_a_run_is_told_of_and_gives_what_the_command_line_gives(self):
        stream = self.stream()
        run = self.start(seed="99", first_replicate=3, replicates=40)
        seen = stream.wait(run, "done")
        self.assertEqual([kind for kind, _ in seen][-1], "done")
        self.assertIn(("progress", {"run": run, "done": 40, "total": 40}), seen)
        _, results = self.server.ask("GET", f"/api/runs/{run}")
        self.assertEqual((results["run"], results["seed"], results["first_replicate"]), (run, "99", 3))
        self.assertEqual([outcome["name"] for outcome in results["outcomes"]], ["baseline", "mine"])
        self.assertEqual(results["outcomes"][1]["yaml"], VARIANT)
        self.assertEqual(results["outcomes"][0]["replicates"], 40)
        self.assert_same_numbers(results)

    def assert_same_numbers(self, results):
        (self.server.folder / "mine.yaml").write_text(VARIANT, encoding="utf-8")
        told = json.loads(self.command_line("whatif", "tiny", "mine.yaml", "--json", "--seed", "99", "--replicates",
                                            "40", "--first-replicate", "3").stdout)
        compared = 0
        for l, name in enumerate(("engagement", "recognition", "coercion")):
            rungs = told["variants"][0]["authorities"][0]["ladders"][name]["at_or_above"]
            for r, rung in enumerate(rungs):
                count = results["differences"][0]["authorities"][0]["ladders"][l]["counts"][r]
                mean = results["outcomes"][0]["authorities"][0]["ladders"][l]["counts"][r]["mean"]
                for found, wanted in ((count["difference"][-1], rung["end"]["difference"]),
                                      (count["low"][-1], rung["end"]["low"]),
                                      (count["followers"][-1], rung["followers"]["difference"]),
                                      (mean[-1], rung["end"]["baseline"])):
                    self.assertAlmostEqual(found, wanted, delta=6e-5)
                    compared += 1
        self.assertEqual(compared, 4 * 7)

    def test_the_same_request_gives_the_same_results(self):
        first, second = self.results_of(), self.results_of()
        first.pop("run"), second.pop("run")
        self.assertEqual(first, second)

    def test_a_single_history_tells_when_its_events_fired(self):
        for outcome in self.results_of(replicates=1)["outcomes"]:
            self.assertEqual(len(outcome["fired"]), len(outcome["events"]))
            for step, event in zip(outcome["fired"], outcome["events"]):
                if event["probability"] == 1 and not event["conditional"]:
                    self.assertEqual(step, event["first_step"], event["id"])
        self.assertEqual(outcome["fired"][-1], 5)  # the variant's, in June 2021
        for outcome in self.results_of(replicates=2)["outcomes"]:
            self.assertNotIn("fired", outcome)

    def test_a_run_without_variants_is_plain(self):
        results = self.results_of(variants=[])
        self.assertEqual((len(results["outcomes"]), results["differences"]), (1, []))
        self.assertEqual(results["outcomes"][0]["replicates"], 32)
        self.assertIsNotNone(results["outcomes"][0]["authorities"][0]["states"])

    def test_files_are_those_of_the_command_line_byte_for_byte(self):
        (self.server.folder / "mine.yaml").write_text(VARIANT, encoding="utf-8")
        what = self.results_of(seed="5", replicates=20)["run"]
        self.command_line("whatif", "tiny", "mine.yaml", "-o", "what.h5", "-q", "--seed", "5", "--replicates", "20")
        plain = self.results_of(variants=[], replicates=20)["run"]
        session, = self.server.sessions()
        before = set(session.iterdir())
        self.command_line("run", "tiny", "-o", "run.h5", "-q", "--replicates", "20")
        for run, name in ((what, "what.h5"), (plain, "run.h5")):
            status, data = self.server.ask("GET", f"/api/runs/{run}/file")
            self.assertEqual(status, 200)
            self.assertTrue(data == (self.server.folder / name).read_bytes(), f"{name} differs")
        until(lambda: set(session.iterdir()) == before)
        self.assertEqual(stat.S_IMODE(session.stat().st_mode), 0o700)

    def test_problems_of_all_variants_come_at_once_with_their_names(self):
        broken = [{"name": "one", "yaml": VARIANT + "what: 1\n"}, {"name": "good", "yaml": VARIANT},
                  {"name": "two", "yaml": "entente: 1\n"}]
        answer = self.assert_refused(400, "POST", "/api/runs", self.request(variants=broken))
        self.assertEqual([(p["line"], p["message"].split(":")[0]) for p in answer["problems"]],
                         [(6, "one"), (1, "two"), (1, "two")])

    def test_choices_are_explained(self):
        run = self.results_of()["run"]
        ask = f"/api/runs/{run}/explain?authority=0&ladder=0&actor=1&step=10"
        for outcome in (0, 1):
            status, decision = self.server.ask("GET", f"{ask}&outcome={outcome}")
            self.assertEqual(status, 200, decision)
            self.assertEqual(decision["question"], {"outcome": outcome, "authority": 0, "ladder": 0, "actor": 1,
                                                    "step": 10, "replicate": None})
            self.assertAlmostEqual(sum(decision["probability"]), 1, places=3)
        status, single = self.server.ask("GET", f"{ask}&outcome=0&replicate=3")
        self.assertEqual((status, single["question"]["replicate"], single["share"]), (200, 3, 1000))

    def test_many_may_ask_at_once_and_get_the_same(self):
        run = self.results_of()["run"]
        ask = f"/api/runs/{run}/explain?outcome=1&authority=0&ladder=0&actor=2&step=20"
        answers = at_once(12, lambda _: self.server.ask("GET", ask))
        self.assertEqual([status for status, _ in answers], [200] * 12)
        self.assertTrue(all(answer == answers[0] for answer in answers))

    def test_cascades_are_told(self):
        run = self.results_of()["run"]
        status, cascade = self.server.ask("GET", f"/api/runs/{run}/cascade?outcome=1&authority=0")
        self.assertEqual((status, cascade["outcome"], cascade["replicates"]), (200, 1, 32))

    def test_a_result_file_can_be_opened_and_asked_about(self):
        run = self.results_of(replicates=24)["run"]
        _, data = self.server.ask("GET", f"/api/runs/{run}/file")
        status, opened = self.server.ask("POST", "/api/files", data)
        self.assertEqual((status, len(opened["results"]["outcomes"])), (200, 2))
        (self.server.folder / "copy.h5").write_bytes(data)
        told = json.loads(Program.run("report", "copy.h5", "--json", cwd=self.server.folder).stdout)
        for words in ("source", "command"):  # the server does not know the file's name
            del opened[words], told[words]
        self.assertEqual(opened, told)
        decision = next(d for d in opened["decisions"]
                        if (d["question"]["ladder"], d["question"]["actor"]) == (0, 1))
        step = decision["question"]["step"]
        ask = f"explain?outcome=0&authority=0&ladder=0&actor=1&step={step}"
        self.assertEqual(self.server.ask("GET", f"/api/runs/{run}/{ask}")[1]["rung"], decision["rung"])

    def test_the_last_runs_are_kept_and_older_ones_forgotten(self):
        first = self.results_of(replicates=1)["run"]
        others = [self.results_of(replicates=1)["run"] for _ in range(8)]
        self.assert_refused(404, "GET", f"/api/runs/{first}")
        for run in others:
            self.assertEqual(self.server.ask("GET", f"/api/runs/{run}")[0], 200)
        self.assertEqual(self.server.ask("DELETE", f"/api/runs/{others[0]}")[0], 200)
        self.assert_refused(404, "GET", f"/api/runs/{others[0]}")
        self.assert_refused(404, "DELETE", f"/api/runs/{others[0]}")

    def test_two_runs_are_done_one_after_the_other(self):
        stream = self.stream()
        first, second = self.start(replicates=64), self.start(replicates=64)
        ends = []
        for kind, data in stream.events():
            if kind == "done" and data["run"] in (first, second):
                ends.append(data["run"])
            if len(ends) == 2:
                break
        self.assertEqual(ends, [first, second])

    def test_a_page_that_listens_late_is_told_how_runs_stand(self):
        run = self.results_of()["run"]
        self.assertEqual(self.stream().wait(run, "done"), [("done", {"run": run})])


class CommandLine(lab_support.unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = holder.name

    def serve(self, *arguments):
        server = Server(self.folder, *arguments)
        self.addCleanup(server.process.kill)
        return server

    def test_begins_with_a_result_file(self):
        Server(self.folder).end()  # makes the scenario
        Program.run("run", "tiny", "-o", "out.h5", "-q", "--replicates", "8", cwd=self.folder)
        server = self.serve("out.h5")
        status, results = server.ask("GET", "/api/initial")
        self.assertEqual((status, results["outcomes"][0]["replicates"]), (200, 8))
        run = results["run"]
        self.assertEqual(server.ask("GET", "/api/initial")[1]["run"], run)
        self.assertEqual(server.ask("GET", f"/api/runs/{run}/cascade?outcome=0&authority=0")[0], 200)
        self.assertEqual(server.end(), 0)
        self.assertEqual(server.sessions(), [])

    def test_begins_with_a_scenario_of_ones_own(self):
        Server(self.folder).end()
        server = self.serve("scenarios/tiny/scenario.yaml")
        self.assertEqual(server.ask("GET", "/api/world?scenario=tiny")[0], 200)
        self.assertEqual(server.end(), 0)

    def test_listens_on_the_port_that_is_asked_for_and_on_no_other_device(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        server = self.serve("--port", port)
        self.assertEqual(server.port, port)
        with self.assertRaises(OSError):
            socket.create_connection(("127.0.0.2", port), timeout=PATIENCE).close()
        second = Program.run("lab", "--port", port, cwd=self.folder, expect=5)
        self.assertIn(f"--port: found {port}, which another program uses", second.stderr)
        self.assertEqual(server.end(), 0)

    def test_ends_at_once_in_the_middle_of_a_run(self):
        server = self.serve()
        stream = lab_support.Stream(server)
        self.addCleanup(stream.close)
        request = {"scenario": "tiny", "seed": None, "first_replicate": 0, "replicates": 4096,
                   "variants": [{"name": f"v{k}", "yaml": VARIANT} for k in range(8)]}
        self.assertEqual(server.ask("POST", "/api/runs", request)[0], 202)
        next(stream.events())
        self.assertEqual(server.end(), 0)
        self.assertEqual(server.sessions(), [])

    def test_clears_up_after_one_that_was_killed_and_leaves_others_alone(self):
        killed, living = self.serve(), self.serve()
        killed.process.kill()
        killed.process.wait(PATIENCE)
        left = living.sessions()
        self.assertEqual(len(left), 2)
        last = self.serve()
        self.assertEqual(len([folder for folder in left if folder.exists()]), 1)
        self.assertEqual(living.ask("POST", "/api/check", {"scenario": "tiny", "yaml": VARIANT})[0], 200)
        for server in (living, last):
            self.assertEqual(server.end(), 0)
        self.assertEqual(last.sessions(), [])

    def test_refuses_what_it_cannot_begin_with(self):
        for arguments, status, words in ((["--port", "65536"], 2, "--port"), (["--port", "x"], 2, "--port"),
                                         (["--bind", "0.0.0.0"], 2, "--bind"), (["none.h5"], 5, "found no such file"),
                                         (["a", "b"], 2, "")):
            self.assertIn(words, Program.run("lab", *arguments, cwd=self.folder, expect=status).stderr)

    def test_help_says_who_can_reach_it(self):
        self.assertIn("on this computer", Program.run("lab", "--help", cwd=self.folder).stdout)


if __name__ == "__main__":
    lab_support.main()
