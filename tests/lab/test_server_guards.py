"""Attacks on the server of the lab: each is refused, and the server goes on in little memory."""

import contextlib
import json
import os
import resource
import select
import socket
import struct
import urllib.parse

import lab_support
from lab_support import MIB, VARIANT, Program, ServerTest, at_once, until

GETS = ("/api/initial", "/api/scenarios", "/api/world?scenario=tiny", "/api/variant?scenario=tiny&name=first",
        "/api/events", "/api/runs/1", "/api/runs/1/explain", "/api/runs/1/cascade", "/api/runs/1/file")
PATHS = ("../../../etc/passwd", "/etc/passwd", "..", ".", "tiny/../tiny", "tiny/variants/first", "scenarios/tiny",
         "first.yaml", "file:///etc/passwd", "a\0b", "tiny\n", "TINY", "x" * 41, "", "%2e%2e", "~root", "$HOME", "*")


class GuardTest(ServerTest):
    def head(self, request_line, *fields, host=None, token=True):
        lines = [request_line, f"Host: {host or f'127.0.0.1:{self.server.port}'}"]
        if token:
            lines.append(f"Authorization: Bearer {self.server.token}")
        return ("\r\n".join([*lines, *fields]) + "\r\n\r\n").encode("latin-1")


class Strangers(GuardTest):
    def test_other_names_for_the_server_are_refused(self):
        port = self.server.port
        for host in ("evil.example", f"evil.example:{port}", "127.0.0.1", f"127.0.0.1:{port}.evil.example",
                     f"[::1]:{port}", f"0.0.0.0:{port}", f"127.0.0.1:{port + 1}"):
            for target in ("/", "/api/scenarios"):
                self.assertEqual(self.server.raw_status(self.head(f"GET {target} HTTP/1.1", host=host)), 403, host)
        self.assertEqual(self.server.raw_status(b"GET / HTTP/1.1\r\n\r\n"), 403)

    def test_pages_of_other_sites_are_refused(self):
        body = self.request()
        for origin in ("http://evil.example", "null", f"http://127.0.0.1:{self.server.port + 1}",
                       f"https://127.0.0.1:{self.server.port}"):
            self.assert_refused(403, "POST", "/api/runs", body, self.server.headers(Origin=origin))
            self.assert_refused(403, "GET", "/", None, {"Origin": origin})
        for site in ("cross-site", "same-site"):
            self.assert_refused(403, "GET", "/", None, {"Sec-Fetch-Site": site})

    def test_without_the_token_nothing_is_answered(self):
        wrong = self.server.token[:-1] + ("0" if self.server.token[-1] != "0" else "1")
        for value in (None, "", "Bearer ", f"Bearer {wrong}", f"Bearer {self.server.token}0", f"Basic {self.server.token}",
                      self.server.token):
            headers = {} if value is None else {"Authorization": value}
            for target in GETS:
                self.assert_refused(401, "GET", target, None, headers)
            for target in ("/api/check", "/api/runs", "/api/files"):
                self.assert_refused(401, "POST", target, b"{}", headers)
            self.assert_refused(401, "DELETE", "/api/runs/1", None, headers)
        # A token in the address is none: addresses are written down by browsers.
        self.assert_refused(401, "GET", f"/api/scenarios?token={self.server.token}", None, {})

    def test_methods_that_an_address_does_not_know_are_refused(self):
        for method in ("PUT", "PATCH", "OPTIONS", "TRACE", "PRI", "BREW"):
            for target in ("/", "/api/runs", "/api/scenarios"):
                self.assert_refused(405, method, target)
        self.assert_refused(405, "POST", "/api/scenarios", b"{}")
        self.assert_refused(405, "DELETE", "/api/scenarios")
        self.assertEqual(self.server.raw_status(self.head("HEAD / HTTP/1.1")), 405)


class Bodies(GuardTest):
    def test_a_length_beyond_the_limit_is_refused_before_the_body_is_read(self):
        for target in ("/api/runs", "/api/check", "/api/files"):
            for length in (1 << 30, 10**30):
                head = self.head(f"POST {target} HTTP/1.1", f"Content-Length: {length}")
                self.assertEqual(self.server.raw_status(head), 413)
        self.assertEqual(self.server.raw_status(self.head("GET / HTTP/1.1", "Content-Length: 5")), 413)

    def test_a_body_that_is_sent_all_the_same_is_thrown_away(self):
        with self.server.connect() as connection:
            connection.sendall(self.head("POST /api/runs HTTP/1.1", f"Content-Length: {1 << 30}"))
            with contextlib.suppress(ConnectionError):
                for _ in range(256):
                    connection.sendall(b"x" * MIB)

    def test_an_endless_chunked_body_is_refused(self):
        with self.server.connect() as connection:
            connection.sendall(self.head("POST /api/runs HTTP/1.1", "Transfer-Encoding: chunked"))
            self.assertEqual(connection.recv(12), b"HTTP/1.1 411")
            with contextlib.suppress(ConnectionError):
                for _ in range(256):
                    connection.sendall(b"100000\r\n" + b"x" * MIB + b"\r\n")

    def test_a_body_of_unknown_length_is_refused(self):
        self.assertEqual(self.server.raw_status(self.head("POST /api/runs HTTP/1.1")), 411)
        both = self.head("POST /api/runs HTTP/1.1", "Content-Length: 5", "Transfer-Encoding: chunked")
        self.assertEqual(self.server.raw_status(both + b"0\r\n\r\n"), 411)
        twice = self.head("POST /api/runs HTTP/1.1", "Content-Length: 5", "Content-Length: 6")
        self.assertEqual(self.server.raw_status(twice), 400)

    def test_an_encoded_body_is_refused(self):
        head = self.head("POST /api/files HTTP/1.1", "Content-Length: 5", "Content-Encoding: gzip")
        self.assertEqual(self.server.raw_status(head + b"12345"), 415)

    def test_bodies_that_never_come_hold_nobody_up(self):
        with contextlib.ExitStack() as stack:
            slow = [stack.enter_context(self.server.connect()) for _ in range(40)]  # more than threads
            for connection in slow:
                connection.sendall(self.head("POST /api/check HTTP/1.1", "Content-Length: 1000") + b"{")
            self.assertEqual(self.server.ask("GET", "/")[0], 200)
            self.assertEqual(select.select(slow, [], [], 0)[0], [])  # before their time was over
            for connection in slow:
                self.assertEqual(self.server.rest(connection)[:12], b"HTTP/1.1 400")
        short = self.head("POST /api/check HTTP/1.1", "Content-Length: 1000") + b"{}"
        self.assertEqual(self.server.raw_status(short, end=True), 400)

    def test_a_body_that_comes_in_pieces_is_put_together(self):
        body = json.dumps({"scenario": "tiny", "yaml": VARIANT + "# " + "x" * 200_000}).encode()
        with self.server.connect() as connection:
            connection.sendall(self.head("POST /api/check HTTP/1.1", f"Content-Length: {len(body)}",
                                         "Expect: 100-continue"))
            asked = b"HTTP/1.1 100 Continue\r\n\r\n"
            self.assertEqual(connection.recv(len(asked), socket.MSG_WAITALL), asked)
            for k in range(0, len(body), 9999):
                connection.sendall(body[k:k + 9999])
            answer = self.server.rest(connection)
        self.assertEqual((answer[:12], answer.count(b"HTTP/1.1 ")), (b"HTTP/1.1 200", 1))
        self.assertTrue(answer.endswith(b'{"problems":[]}'), answer)

    def test_a_second_request_behind_a_body_is_not_read(self):
        body = json.dumps({"scenario": "tiny", "yaml": VARIANT}).encode()
        smuggled = self.head("DELETE /api/runs/1 HTTP/1.1")
        answer = self.server.raw(self.head("POST /api/check HTTP/1.1", f"Content-Length: {len(body)}") + body + smuggled)
        self.assertEqual(answer.count(b"HTTP/1.1 "), 1)
        self.assertEqual(self.server.raw(self.head("GET / HTTP/1.1") * 3).count(b"HTTP/1.1 200"), 1)


class Floods(GuardTest):
    def test_heads_that_are_long_or_strange_are_refused(self):
        for data in (self.head("GET / HTTP/1.1", *[f"X-{k}: {'y' * 100}" for k in range(500)]),
                     self.head("GET / HTTP/1.1", *["A: b"] * 100), self.head("GET / HTTP/1.1", "A: " + "b" * 100_000),
                     self.head("GET /" + "a" * 100_000 + " HTTP/1.1"), b"x" * 100_000, b"\r\n" * 50_000,
                     self.head("GET / HTTP/1.0"), self.head("GET http://127.0.0.1/ HTTP/1.1"),
                     self.head("GET / HTTP/1.1", "Host: evil.example"), self.head("GET / HTTP/1.1", " folded: x"),
                     b"\x16\x03\x01\x02\x00\x01" * 9000):
            self.assertIn(self.server.raw_status(data), (400, 431, 403, None), data[:60])

    def test_ranges_are_not_known(self):
        head = self.head("GET / HTTP/1.1", "Range: bytes=" + ",".join(["0-1"] * 1000))
        self.assertEqual(self.server.raw_status(head), 200)

    def test_an_endless_line_takes_no_memory(self):
        with self.server.connect() as connection, contextlib.suppress(ConnectionError):
            connection.sendall(b"GET /")
            for _ in range(200):
                connection.sendall(b"a" * MIB)

    def test_a_thousand_silent_connections_hold_nobody_up(self):
        most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(most[0], min(4096, most[1])), most[1]))
        with contextlib.ExitStack() as stack:
            for k in range(1000):
                connection = stack.enter_context(self.server.connect())
                with contextlib.suppress(ConnectionError):
                    connection.sendall(b"GET / HTTP/1.1\r\nX: "[:k % 19])
            self.assertEqual(self.server.ask("GET", "/")[0], 200)
            self.assertEqual(self.server.ask("GET", "/api/scenarios")[0], 200)
            files = len(os.listdir(f"/proc/{self.server.process.pid}/fd"))
            self.assertLess(files, 400)

    def test_connections_that_break_off_are_forgotten(self):
        for k in range(300):
            connection = self.server.connect()
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            connection.sendall(self.head("GET / HTTP/1.1")[:k])
            connection.close()  # with a reset
        until(lambda: len(os.listdir(f"/proc/{self.server.process.pid}/fd")) < 60)

    def test_streams_of_events_are_bounded_and_hold_nobody_up(self):
        streams = [self.stream() for _ in range(8)]
        self.assert_refused(429, "GET", "/api/events")
        self.assertEqual(at_once(20, lambda _: self.server.ask("GET", "/api/world?scenario=tiny")[0]), [200] * 20)
        for stream in streams:
            stream.close()
        self.stream()  # there is room again

    def test_requests_at_once_are_answered_or_refused(self):
        found = at_once(120, lambda _: self.server.ask("GET", "/api/scenarios")[0])
        self.assertLessEqual(set(found), {200, 429})
        self.assertIn(200, found)


class Names(GuardTest):
    def assert_tells_no_file(self, answer):
        self.assertNotIn("root:", json.dumps(answer))
        self.assertNotIn(str(self.server.temporary), json.dumps(answer))

    def test_names_are_no_paths_in_any_parameter(self):
        for path in PATHS:
            for quoted in {urllib.parse.quote(path, safe=""), urllib.parse.quote(urllib.parse.quote(path, safe=""))}:
                for target in (f"/api/world?scenario={quoted}", f"/api/variant?scenario={quoted}&name=first",
                               f"/api/variant?scenario=tiny&name={quoted}"):
                    status, answer = self.server.ask("GET", target)
                    self.assertIn(status, (400, 404), target)
                    self.assert_tells_no_file(answer)
            for body in (self.request(scenario=path), self.request(variants=[{"name": path, "yaml": VARIANT}])):
                self.assert_tells_no_file(self.assert_refused(400, "POST", "/api/runs", body))
            self.assert_refused(400, "POST", "/api/check", {"scenario": path, "yaml": VARIANT})

    def test_paths_of_addresses_lead_nowhere(self):
        for target in ("/../../etc/passwd", "/..%2f..%2fetc%2fpasswd", "/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd",
                       "/scenarios/tiny/scenario.yaml", "/api/runs/..%2f..%2fetc%2fpasswd/file", "/api/runs/%00",
                       "/api/runs/../scenarios", "/api/runs/1%2ffile", "/api/../index.html", "/api/runs//file"):
            status = self.server.raw_status(self.head(f"GET {target} HTTP/1.1"))
            self.assertEqual(status, 404, target)

    def test_links_among_the_variants_do_not_lead_out(self):
        link = self.server.folder / "scenarios" / "tiny" / "variants" / "leak.yaml"
        link.symlink_to("/etc/passwd")
        self.addCleanup(link.unlink)
        self.assert_tells_no_file(self.assert_refused(404, "GET", "/api/variant?scenario=tiny&name=leak"))

    def test_a_variant_reads_no_file(self):
        for key in ("extends: {}", "data: {{actors: {}}}", "observed: {}", "coefficients: {}", "set: {{extends: {}}}",
                    "set: {{coefficients: {}}}", "set: {{data.actors: {}}}", "set: {{observed: {}}}"):
            for path in ("/etc/passwd", "../../../../../../etc/passwd", "scenario.yaml"):
                yaml = VARIANT + key.format(path) + "\n"
                _, answer = self.server.ask("POST", "/api/check", {"scenario": "tiny", "yaml": yaml})
                self.assertTrue(answer["problems"], yaml)
                self.assertIn("which only the scenario may have", answer["problems"][0]["message"])
                self.assert_tells_no_file(answer)
                refused = self.assert_refused(400, "POST", "/api/runs",
                                              self.request(variants=[{"name": "a", "yaml": yaml}]))
                self.assert_tells_no_file(refused)

    def test_unknown_runs_and_parameters_are_refused(self):
        for target in ("", "/explain?outcome=0&authority=0&ladder=0&actor=0&step=0", "/cascade?outcome=0&authority=0",
                       "/file"):
            self.assert_refused(404, "GET", f"/api/runs/999999{target}")
            self.assert_refused(404, "GET", f"/api/runs/{'9' * 40}{target}")
        self.assert_refused(404, "DELETE", "/api/runs/999999")
        run = self.results_of(replicates=2)["run"]
        whole = {"outcome": 0, "authority": 0, "ladder": 0, "actor": 0, "step": 0}
        for name in whole:
            for value in ("", "-1", "99999", "1e0", "0x0", "4294967296", "18446744073709551616", " 0", "a", "0&" + name + "=1"):
                query = "&".join(f"{key}={value if key == name else number}" for key, number in whole.items())
                self.assert_refused(400, "GET", f"/api/runs/{run}/explain?{query.replace(' ', '%20')}")
            query = "&".join(f"{key}={number}" for key, number in whole.items() if key != name)
            self.assert_refused(400, "GET", f"/api/runs/{run}/explain?{query}")
        query = urllib.parse.urlencode(whole)
        for more in ("&replicate=2", "&replicate=-1", "&more=1"):
            self.assert_refused(400, "GET", f"/api/runs/{run}/explain?{query}{more}")
        self.assert_refused(400, "GET", f"/api/runs/{run}/cascade?outcome=2&authority=0")
        self.assert_refused(400, "GET", f"/api/runs/{run}/cascade?outcome=0&authority=1")


class Requests(GuardTest):
    growth = 384  # what the largest YAML and full records of a few runs take

    def test_what_is_no_json_is_refused(self):
        for body in (b"", b"{", b"[]", b"null", b"\xff\xfe", b"{}", b'{"scenario": "tiny"', b"[" * 200_000,
                     b'{"a":' * 50_000, b'{"scenario": "tiny", "yaml": "\\ud800"}', b"1" * 200_000):
            self.assert_refused(400, "POST", "/api/check", body)
            self.assert_refused(400, "POST", "/api/runs", body)

    def test_every_field_has_its_type(self):
        for field in self.request():
            for value in ({}, [1], True, 1.5, -1, "../x", {"a": [1, {"b": None}]}, 1e300):
                error = self.assert_refused(400, "POST", "/api/runs", self.request(**{field: value}))["error"]
                self.assertTrue(error.startswith(field), error)
            whole = self.request()
            del whole[field]
            self.assert_refused(400, "POST", "/api/runs", whole)
        self.assert_refused(400, "POST", "/api/runs", self.request(more=1))

    def test_giant_requests_are_refused(self):
        for changes in ({"replicates": 4097}, {"replicates": 10**9}, {"replicates": 0}, {"first_replicate": 2**32},
                        {"seed": str(2**64)}, {"seed": "1e3"},
                        {"variants": [{"name": f"v{k}", "yaml": VARIANT} for k in range(9)]},
                        {"variants": [{"name": "a", "yaml": VARIANT}] * 2}):
            self.assert_refused(400, "POST", "/api/runs", self.request(**changes))
        self.assert_refused(404, "POST", "/api/runs", self.request(scenario="none"))

    def test_yaml_that_grows_is_refused(self):
        bomb = VARIANT + "variables:\n  a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for k in range(1, 9):
            bomb += f"  a{k}: &a{k} [{', '.join([f'*a{k - 1}'] * 10)}]\n"
        deep = VARIANT + "note: " + "[" * 900 + "]" * 900 + "\n"
        for yaml, words in ((bomb, "YAML nodes"), (deep, "nested"), (VARIANT + "note: " + "[" * 5000, "brackets"),
                            (VARIANT + "what: [" + "1," * 100_000 + "1]\n", "what"), ("\0" * 1000, ""), ("- " * 9000, ""),
                            (VARIANT + "set: {terms.rights.coefficient: 1e999}\n", "terms.rights"),
                            (VARIANT + "set: {run.replicates: 100000000}\n", "only the scenario"),
                            (VARIANT + "variables: {v: '" + "(" * 4000 + "1" + ")" * 4000 + "'}\n", "")):
            status, answer = self.server.ask("POST", "/api/check", {"scenario": "tiny", "yaml": yaml})
            self.assertEqual(status, 200)
            self.assertTrue(answer["problems"], yaml[:200])
            self.assertIn(words, answer["problems"][0]["message"])

    def test_events_that_name_millions_of_places_are_refused(self):
        change = "{scale: rivalry, actors: all, towards: all, by: 0.999}"
        event = f"&e {{date: 2024-02, change: [&c {change}{', *c' * 49}]}}"
        yaml = f"entente: 1\ntitle: T\nquestion: Q\nevents: {{add: [{event}{', *e' * 9}]}}\n"
        status, answer = self.server.ask("POST", "/api/check", {"scenario": "afghanistan-2021", "yaml": yaml})
        self.assertEqual(status, 200)
        self.assertIn("more than 1000000 places together", answer["problems"][0]["message"])

    def test_a_run_is_cancelled_in_its_middle(self):
        stream = self.stream()
        long = [{"name": f"v{k}", "yaml": VARIANT} for k in range(8)]
        run = self.start(scenario="classroom", replicates=4096, variants=self.for_classroom(long))
        stream.wait(run, "progress")
        self.assert_refused(404, "GET", f"/api/runs/{run}")
        self.assertEqual(self.server.ask("DELETE", f"/api/runs/{run}")[0], 200)
        *_, (kind, _) = stream.wait(run, "cancelled", "done", "failed")
        self.assertEqual(kind, "cancelled")
        self.assert_refused(404, "GET", f"/api/runs/{run}")
        self.results_of()  # the next one is not held up

    @staticmethod
    def for_classroom(variants):
        yaml = "entente: 1\ntitle: T\nquestion: Q\nset: {terms.rights.coefficient: 2}\n"
        return [dict(variant, yaml=yaml) for variant in variants]

    def test_few_runs_wait(self):
        stream = self.stream()
        long = self.for_classroom([{"name": f"v{k}", "yaml": ""} for k in range(8)])
        body = self.request(scenario="classroom", replicates=4096, variants=long)
        found = [self.server.ask("POST", "/api/runs", body) for _ in range(8)]
        self.assertEqual([status for status, _ in found].count(202), 4)  # one computes, three wait
        self.assertEqual([status for status, _ in found].count(429), 4)
        for _, answer in reversed(found):
            if "run" in answer:
                self.assertEqual(self.server.ask("DELETE", f"/api/runs/{answer['run']}")[0], 200)
                stream.wait(answer["run"], "cancelled")

    def test_files_that_are_no_results_are_refused(self):
        run = self.results_of(replicates=4)["run"]
        _, whole = self.server.ask("GET", f"/api/runs/{run}/file")
        for data in (b"x", b"\x89HDF\r\n\x1a\n", b"\x89HDF\r\n\x1a\n" + b"\0" * 9999, whole[:len(whole) // 2], whole[:-1],
                     os.urandom(MIB)):
            answer = self.assert_refused(400, "POST", "/api/files", data)
            self.assertNotIn(str(self.server.temporary), json.dumps(answer))
        self.assert_refused(400, "POST", "/api/files", b"")


if __name__ == "__main__":
    lab_support.main()
