"""What users rely on in the shipped data tables, and that prepare.py still makes them.

Run: /usr/bin/python3 tests/python/test_data.py
"""

import csv
import importlib.util
import math
import pathlib
import re
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = ROOT / "scenarios/data"
CASES = {  # first and last month on record, and the one state that is no actor
    "afghanistan-2021": ("2021-08", "2025-12", "AFG"),
    "kosovo-2008": ("2008-02", "2012-12", "SRB"),
    "abkhazia-2008": ("2008-08", "2018-12", "GEO"),
    "taliban-1996": ("1996-10", "2001-12", "AFG"),
}
EVERYONE = "*"

RUNGS = {
    "engagement": {"severed", "contact", "dialogue", "mission", "ambassador"},
    "recognition": {"withheld", "recognised"},
    "coercion": {"none", "pressure", "force"},
}
# Marks in column names of sources that may not be passed on.
FORBIDDEN = re.compile(
    r"gti|gtd|fh_|freedom|polity|cinc|milex|milper|cow|contiguity|muslim|religion|atop|comtrade"
    r"|2016|xuds|geodist|official_language|colon")
VINTAGES = (1996, 2007, 2020)
NEIGHBOURS = {"CHN", "IRN", "PAK", "TJK", "TKM", "UZB"}


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def load_prepare():
    spec = importlib.util.spec_from_file_location("prepare", ROOT / "tools/data/prepare.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class DataTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        names = ("countries", "membership", "dyads", "afghanistan", "distances", "separatism",
                 *(f"{table}_{year}" for table in ("politics", "membership") for year in VINTAGES))
        cls.files = {name: DATA / f"{name}.csv" for name in names}
        for case in CASES:
            cls.files[case] = ROOT / f"scenarios/{case}/history.csv"
        cls.tables = {name: read(path) for name, path in cls.files.items()}
        cls.countries = {row["iso3"]: row for row in cls.tables["countries"]}
        cls.members = {code for code, row in cls.countries.items() if row["un_member"] == "1"}

    def assert_numbers(self, table, column, low, high, whole=False):
        for row in self.tables[table]:
            if row[column]:
                with self.subTest(table=table, column=column, row=row.get("iso3")):
                    self.assertTrue(low <= float(row[column]) <= high, row[column])
                    self.assertFalse(whole and not row[column].isdigit(), row[column])

    def assert_sorted_unique(self, keys):
        self.assertEqual(keys, sorted(set(keys)))


class FormatTest(DataTest):
    def test_files_are_plain_text(self):
        for name, path in self.files.items():
            with self.subTest(name):
                raw = path.read_bytes()
                raw.decode("utf-8")
                self.assertTrue(raw.endswith(b"\n"))
                self.assertNotIn(b"\r", raw)
                self.assertFalse(raw.startswith(b"\xef\xbb\xbf"))
                if name not in CASES:
                    self.assertNotIn(b'"', raw)

    def test_rows_are_complete_and_trimmed(self):
        for name, rows in self.tables.items():
            for row in rows:
                self.assertNotIn(None, row, name)
                self.assertNotIn(None, row.values(), name)
                self.assertTrue(all(v == v.strip() for v in row.values()), row)

    def test_no_column_comes_from_a_restricted_source(self):
        for name, rows in self.tables.items():
            for column in rows[0]:
                self.assertIsNone(FORBIDDEN.search(column), f"{name}.{column}")

    def test_provenance_describes_every_column_and_no_other(self):
        text = (DATA / "PROVENANCE.md").read_text(encoding="utf-8")
        sections = re.split(r"^## ", text, flags=re.M)
        columns = {}  # of all files that a section describes
        for name, rows in self.tables.items():
            heading = re.compile(rf"(.*, )?{self.files[name].stem}\.csv(, .*)?\n")
            section = next(s for s in sections if heading.match(s))
            columns.setdefault(section, set()).update(rows[0])
        for section, shipped in columns.items():
            first_cells = re.findall(r"^\| (`[^|]*) \|", section, flags=re.M)
            described = [c for cell in first_cells for c in re.findall(r"`([^`]+)`", cell)]
            self.assertEqual(sorted(described), sorted(shipped), section.splitlines()[0])

    def test_provenance_names_no_machine(self):
        files = [DATA / "PROVENANCE.md", *self.files.values(), *(ROOT / "tools/data").glob("*.*")]
        for path in files:
            text = path.read_text(encoding="utf-8")
            self.assertNotRegex(text, r"/work\b|/home/|\bseed 0", path.name)


class CountriesTest(DataTest):
    def test_universe(self):
        self.assertEqual(len(self.members), 193)
        others = set(self.countries) - self.members
        self.assertEqual(others, {"PSE", "VAT", "TWN", "XKX", "COK", "NIU", "ESH"})
        self.assert_sorted_unique([row["iso3"] for row in self.tables["countries"]])
        self.assertEqual(len({row["name"] for row in self.tables["countries"]}), 200)

    def test_entity_type_agrees_with_membership(self):
        for code, row in self.countries.items():
            self.assertEqual(row["entity_type"] == "un_member", code in self.members, code)
            self.assertIn(row["entity_type"], {"un_member", "un_observer", "other"})

    def test_regions_are_the_united_nations_ones(self):
        regions = {}
        for row in self.tables["countries"]:
            regions.setdefault(row["region"], set()).add(row["subregion"])
        self.assertEqual(set(regions), {"Africa", "Americas", "Asia", "Europe", "Oceania"})
        sides = ("Eastern", "Northern", "Southern", "Western")
        self.assertEqual(regions["Europe"], {f"{side} Europe" for side in sides})
        central = {c for c, row in self.countries.items() if row["subregion"] == "Central Asia"}
        self.assertEqual(central, {"KAZ", "KGZ", "TJK", "TKM", "UZB"})

    def test_values_are_in_the_stated_ranges(self):
        for column in ("un_member", "landlocked", "unsc_p5", "nuclear_armed"):
            self.assertLessEqual({row[column] for row in self.tables["countries"]}, {"0", "1"})
        self.assert_numbers("countries", "capital_lat", -90, 90)
        self.assert_numbers("countries", "capital_lon", -180, 180)
        self.assert_numbers("countries", "population", 1e3, 2e9, whole=True)
        self.assert_numbers("countries", "gdp_usd", 1e7, 5e13, whole=True)
        for column in ("population_year", "gdp_year", "unga_ideal_point_year"):
            self.assert_numbers("countries", column, 2010, 2026, whole=True)
        for column in ("capability", "vdem_libdem_2024", "vdem_polyarchy_2024",
                       "vdem_gender_ca2021", "gii_2022"):
            self.assert_numbers("countries", column, 0, 1)
        self.assert_numbers("countries", "wbl_index_ca2021", 0, 100)
        self.assert_numbers("countries", "unga_ideal_point", -3, 3)

    def test_a_value_comes_with_its_year(self):
        for value, year in (("population", "population_year"), ("gdp_usd", "gdp_year"),
                            ("unga_ideal_point", "unga_ideal_point_year")):
            for row in self.tables["countries"]:
                self.assertEqual(bool(row[value]), bool(row[year]), row["iso3"])

    def test_capability_shares_sum_to_one_but_for_what_is_missing(self):
        total = sum(float(self.countries[code]["capability"] or 0) for code in self.members)
        self.assertTrue(0.995 < total <= 1.0001, total)  # North Korea has no GDP
        missing = {code for code in self.members if not self.countries[code]["capability"]}
        self.assertEqual(missing, {"PRK"})

    def test_columns_that_scenarios_need_for_all_members_are_full(self):
        for column in ("name", "region", "subregion", "landlocked", "capital", "capital_lat",
                       "capital_lon", "population", "unga_ideal_point", "unsc_p5", "nuclear_armed"):
            self.assertTrue(all(self.countries[code][column] for code in self.members), column)

    def test_nuclear_and_permanent_members(self):
        five = {"CHN", "FRA", "GBR", "RUS", "USA"}
        self.assertEqual({c for c, row in self.countries.items() if row["unsc_p5"] == "1"}, five)
        nuclear = {c for c, row in self.countries.items() if row["nuclear_armed"] == "1"}
        self.assertEqual(nuclear, five | {"IND", "PAK", "PRK", "ISR"})

    def test_capitals_lie_where_they_lie(self):
        known = {"AFG": (34.5, 69.2), "BRA": (-15.8, -47.9), "CHN": (39.9, 116.4),
                 "RUS": (55.7, 37.6), "SAU": (24.7, 46.7), "TUN": (36.8, 10.2),
                 "USA": (38.9, -77.0)}
        for code, (latitude, longitude) in known.items():
            row = self.countries[code]
            self.assertAlmostEqual(float(row["capital_lat"]), latitude, delta=0.15, msg=code)
            self.assertAlmostEqual(float(row["capital_lon"]), longitude, delta=0.15, msg=code)


class PoliticsTest(DataTest):
    def test_every_column_carries_its_year(self):
        for year in VINTAGES:
            rows = self.tables[f"politics_{year}"]
            self.assertEqual(list(rows[0]), ["iso3", f"unga_ideal_point_{year}",
                                             f"vdem_libdem_{year}", f"vdem_polyarchy_{year}"])
            self.assertEqual([row["iso3"] for row in rows], list(self.countries))

    def test_values_are_in_the_stated_ranges(self):
        for year in VINTAGES:
            table = f"politics_{year}"
            self.assert_numbers(table, f"unga_ideal_point_{year}", -3, 3)
            self.assert_numbers(table, f"vdem_libdem_{year}", 0, 1)
            self.assert_numbers(table, f"vdem_polyarchy_{year}", 0, 1)

    def test_members_of_the_time_voted(self):
        later = {"CHE", "KIR", "MNE", "NRU", "SSD", "TLS", "TON", "TUV"}
        silent = {1996: later | {"SOM", "SRB", "STP"}, 2007: {"SSD"}, 2020: set()}
        for year in VINTAGES:
            missing = {row["iso3"] for row in self.tables[f"politics_{year}"]
                       if not row[f"unga_ideal_point_{year}"]}
            self.assertEqual(missing & self.members, silent[year], year)

    def test_years_differ_where_history_does(self):
        democracy = {year: {row["iso3"]: row[f"vdem_libdem_{year}"]
                            for row in self.tables[f"politics_{year}"]} for year in VINTAGES}
        self.assertLess(float(democracy[1996]["SRB"]), float(democracy[2007]["SRB"]) - 0.2)
        self.assertLess(float(democracy[2020]["TUR"]), float(democracy[2007]["TUR"]) - 0.2)


class DistancesTest(DataTest):
    def test_keys(self):
        codes = [row["iso3"] for row in self.tables["distances"]]
        self.assertEqual(codes, list(self.countries))

    def test_home_is_near_and_kabul_agrees_with_its_own_table(self):
        rows = {row["iso3"]: row for row in self.tables["distances"]}
        self.assertEqual(rows["AFG"]["distance_kabul_km"], "0")
        self.assertEqual(rows["XKX"]["distance_pristina_km"], "0")
        self.assertAlmostEqual(float(rows["GEO"]["distance_sukhumi_km"]), 340, delta=20)
        self.assertAlmostEqual(float(rows["MKD"]["distance_pristina_km"]), 78, delta=10)
        for row in self.tables["afghanistan"]:
            self.assertEqual(rows[row["iso3"]]["distance_kabul_km"], row["capital_dist_kabul_km"])


class SeparatismTest(DataTest):
    def test_keys(self):
        codes = [row["iso3"] for row in self.tables["separatism"]]
        self.assert_sorted_unique(codes)
        self.assertLessEqual(set(codes), self.members)

    def test_values(self):
        for row in self.tables["separatism"]:
            strengths = {row["active_1996"], row["active_2007"]}
            self.assertLessEqual(strengths, {"0", "0.5", "1"}, row)
            self.assertNotEqual(strengths, {"0"}, row)
            self.assertTrue(row["movement"])

    def test_is_not_picked_by_who_recognised_kosovo(self):
        listed = {row["iso3"] for row in self.tables["separatism"] if row["active_2007"] != "0"}
        recognised = {row["iso3"] for row in self.tables["kosovo-2008"]}
        self.assertGreaterEqual(len(listed & recognised), len(listed) / 4)


class MembershipTest(DataTest):
    def test_keys(self):
        self.assert_sorted_unique([(row["iso3"], row["org"]) for row in self.tables["membership"]])
        states = {row["iso3"] for row in self.tables["membership"]}
        self.assertLessEqual(states, set(self.countries))

    def test_organisations_have_their_size(self):
        sizes = {"EU": 27, "NATO": 32, "OIC": 57, "AU": 55, "ARAB_LEAGUE": 22, "G7": 7, "GCC": 6,
                 "ASEAN": 11, "ECO": 10, "EAEU": 5, "UNSC_P5": 5}
        rows = self.tables["membership"]
        for org, size in sizes.items():
            self.assertEqual(sum(row["org"] == org for row in rows), size, org)
        self.assertEqual(sum((row["org"], row["status"]) == ("SCO", "member") for row in rows), 10)

    def test_values(self):
        statuses = {row["status"] for row in self.tables["membership"]}
        allowed = {"member", "suspended", "observer", "associate", "ambiguous"}
        self.assertLessEqual(statuses, allowed)
        self.assert_numbers("membership", "from_year", 1945, 2026, whole=True)

    def test_vintages_know_the_members_of_their_year(self):
        members = {year: {(row["iso3"], row["org"]) for row in self.tables[f"membership_{year}"]
                          if row["status"] == "member"} for year in VINTAGES}
        sizes = {1996: {"EU": 15, "NATO": 16, "CIS": 12, "ASEAN": 7},
                 2007: {"EU": 27, "NATO": 26, "CIS": 11, "CSTO": 7, "AU": 53},
                 2020: {"EU": 27, "NATO": 30, "CIS": 9, "CSTO": 6, "SCO": 8}}
        for year, orgs in sizes.items():
            for org, size in orgs.items():
                self.assertEqual(sum(row[1] == org for row in members[year]), size, (year, org))
        self.assertIn(("GBR", "EU"), members[2007])
        self.assertNotIn(("GBR", "EU"), members[2020])
        self.assertNotIn(("SYR", "OIC"), members[2020])

    def test_vintages_are_sorted_and_join_nobody_early(self):
        for year in VINTAGES:
            rows = self.tables[f"membership_{year}"]
            self.assert_sorted_unique([(row["iso3"], row["org"]) for row in rows])
            self.assertTrue(all(int(row["from_year"] or 0) <= year for row in rows))

    def test_permanent_members_agree_with_countries(self):
        listed = {row["iso3"] for row in self.tables["membership"] if row["org"] == "UNSC_P5"}
        self.assertEqual(listed, {c for c, row in self.countries.items() if row["unsc_p5"] == "1"})


class DyadsTest(DataTest):
    def test_keys(self):
        pairs = [(row["iso3_a"], row["iso3_b"]) for row in self.tables["dyads"]]
        self.assert_sorted_unique(pairs)
        self.assertTrue(all(a < b for a, b in pairs))
        self.assertLessEqual({code for pair in pairs for code in pair}, set(self.countries))

    def test_values(self):
        self.assertLessEqual({row["land_border"] for row in self.tables["dyads"]}, {"0", "1"})
        for column in ("rivalry_2021", "rivalry_2025"):
            self.assert_numbers("dyads", column, 0, 1)
        for row in self.tables["dyads"]:
            rivalry = float(row["rivalry_2021"]) + float(row["rivalry_2025"])
            self.assertTrue(row["land_border"] == "1" or rivalry > 0, row)

    def test_islands_have_no_land_border(self):
        borders = [row for row in self.tables["dyads"] if row["land_border"] == "1"]
        bordered = {row[side] for row in borders for side in ("iso3_a", "iso3_b")}
        self.assertFalse(bordered & {"JPN", "ISL", "AUS", "CUB", "LKA", "MDG", "NZL", "PHL"})

    def test_rivalries_leave_the_target_out(self):
        for row in self.tables["dyads"]:
            if "AFG" in (row["iso3_a"], row["iso3_b"]):
                self.assertEqual((row["rivalry_2021"], row["rivalry_2025"]), ("0.00", "0.00"))

    def test_known_rivalries(self):
        pairs = {(row["iso3_a"], row["iso3_b"]): row for row in self.tables["dyads"]}
        self.assertGreaterEqual(float(pairs["IND", "PAK"]["rivalry_2021"]), 0.8)
        eased = pairs["IRN", "SAU"]
        self.assertLess(float(eased["rivalry_2025"]), float(eased["rivalry_2021"]))


class AfghanistanTest(DataTest):
    def test_keys(self):
        codes = [row["iso3"] for row in self.tables["afghanistan"]]
        self.assert_sorted_unique(codes)
        self.assertEqual(set(codes), set(self.countries) - {"AFG"})

    def test_neighbours_agree_with_dyads(self):
        flagged = {row["iso3"] for row in self.tables["afghanistan"] if row["borders_afg"] == "1"}
        paired = {row["iso3_b"] for row in self.tables["dyads"] if row["iso3_a"] == "AFG"}
        self.assertEqual((flagged, paired), (NEIGHBOURS, NEIGHBOURS))

    def test_distances_follow_from_the_capitals(self):
        def vector(row):
            lat, lon = (math.radians(float(row[c])) for c in ("capital_lat", "capital_lon"))
            return math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)

        kabul = vector(self.countries["AFG"])
        for row in self.tables["afghanistan"]:
            cosine = sum(a * b for a, b in zip(kabul, vector(self.countries[row["iso3"]])))
            distance = 6371 * math.acos(max(-1.0, min(1.0, cosine)))
            shipped = float(row["capital_dist_kabul_km"])
            self.assertAlmostEqual(shipped, distance, delta=0.6, msg=row["iso3"])

    def test_counts_are_whole_and_never_negative(self):
        for column in self.tables["afghanistan"][0]:
            if column.startswith(("afg_", "imports_")):
                self.assert_numbers("afghanistan", column, 0, 1e10, whole=True)

    def test_first_taliban_government(self):
        rows = self.tables["afghanistan"]
        recognised = {row["iso3"] for row in rows if row["recognised_taliban_1996_2001"] == "1"}
        self.assertEqual(recognised, {"ARE", "PAK", "SAU"})


class HistoryTest(DataTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.all_tracks = {}
        for case in CASES:
            for row in cls.tables[case]:
                track = cls.all_tracks.setdefault((case, row["iso3"], row["ladder"]), [])
                track.append(row)
        cls.tracks = {key[1:]: track for key, track in cls.all_tracks.items()
                      if key[0] == "afghanistan-2021" and key[1] != EVERYONE}

    def test_values(self):
        pattern = {"day": r"\d{4}-\d\d-\d\d", "month": r"\d{4}-\d\d", "year": r"\d{4}"}
        for case, (start, end, target) in CASES.items():
            for row in self.tables[case]:
                with self.subTest(case=case, row=row):
                    self.assertRegex(row["date"], f"^{pattern[row['precision']]}$")
                    self.assertIn(row["inherited"], {"0", "1"})
                    self.assertIn(row["confidence"], {"high", "medium", "low"})
                    self.assertTrue(row["source"])
                    if row["iso3"] != EVERYONE:
                        self.assertTrue(start <= row["date"] <= end + "-31")
                        self.assertIn(row["rung"], RUNGS[row["ladder"]])
                        self.assertIn(row["iso3"], self.members - {target} | {"TWN"})

    def test_says_where_the_others_stand_and_when_the_record_ends(self):
        for case, (start, end, _) in CASES.items():
            ladders = {row["ladder"] for row in self.tables[case]}
            for ladder in ladders:
                with self.subTest(case=case, ladder=ladder):
                    first, last = self.all_tracks[case, EVERYONE, ladder]
                    self.assertEqual((first["date"], first["inherited"]), (start, "1"))
                    self.assertIn(first["rung"], RUNGS[ladder])
                    year, month = map(int, end.split("-"))
                    after = f"{year + month // 12}-{month % 12 + 1:02}"
                    self.assertEqual((last["date"], last["rung"]), (after, ""))

    def test_dates_rise_and_rungs_change_on_every_ladder(self):
        self.assertEqual(list(self.all_tracks), sorted(self.all_tracks, key=lambda key: (
            list(CASES).index(key[0]), *key[1:])))
        for track in self.all_tracks.values():
            dates = [row["date"] for row in track]
            self.assertEqual(dates, sorted(dates), track[0]["iso3"])
            for before, after in zip(track, track[1:]):
                self.assertNotEqual(before["rung"], after["rung"], after)

    def test_only_a_first_row_is_inherited(self):
        for track in self.all_tracks.values():
            self.assertTrue(all(row["inherited"] == "0" for row in track[1:]), track[0]["iso3"])

    def test_recognitions_are_as_many_as_known(self):
        for case, acts in {"kosovo-2008": (97, 0), "abkhazia-2008": (7, 2),
                           "taliban-1996": (3, 3)}.items():
            rungs = [row["rung"] for row in self.tables[case] if row["iso3"] != EVERYONE]
            self.assertEqual((rungs.count("recognised"), rungs.count("withheld")), acts, case)

    def test_withdrawals_follow_recognitions(self):
        for case in set(CASES) - {"afghanistan-2021"}:
            for (of, actor, _), track in self.all_tracks.items():
                if of == case and actor != EVERYONE:
                    self.assertEqual(track[0]["rung"], "recognised", (case, actor))

    def test_russia_is_the_only_one_to_recognise(self):
        legal = [track[0] for (_, ladder), track in self.tracks.items() if ladder == "recognition"]
        self.assertEqual([(row["iso3"], row["date"]) for row in legal], [("RUS", "2025-07-03")])
        self.assertEqual(self.tracks["RUS", "engagement"][-1]["rung"], "ambassador")

    def test_states_that_stayed_in_kabul_inherit_a_mission(self):
        first = {code: track[0] for (code, ladder), track in self.tracks.items()
                 if ladder == "engagement"}
        stayed = {code for code, row in first.items()
                  if (row["rung"], row["inherited"]) == ("mission", "1")}
        self.assertEqual(
            stayed, {"CHN", "IRN", "KAZ", "KGZ", "PAK", "QAT", "RUS", "TKM", "TUR", "UZB"})

    def test_ambassadors_at_the_end_of_2025(self):
        ambassadors = {code for (code, ladder), track in self.tracks.items()
                       if (ladder, track[-1]["rung"]) == ("engagement", "ambassador")}
        self.assertEqual(ambassadors, {"ARE", "CHN", "PAK", "QAT", "RUS", "TUR", "UZB"})

    def test_pakistan_uses_force_and_keeps_its_ambassador(self):
        self.assertEqual(self.tracks["PAK", "coercion"][-1]["rung"], "force")
        self.assertEqual(self.tracks["PAK", "engagement"][-1]["rung"], "ambassador")


class PrepareTest(DataTest):
    """prepare.py on inputs rebuilt from what is shipped; the real inputs cannot be shipped."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.prepare = load_prepare()

    def write_input(self, folder, name, rows):
        self.prepare.write(pathlib.Path(folder) / name, list(rows[0]), rows)

    def history(self):
        """The shipped history in the form of its input: one level for each event."""
        level = {rung: str(i) for i, rung in enumerate(self.prepare.ENGAGEMENT)}
        events = []
        for row in self.tables["afghanistan-2021"]:
            if row["ladder"] == "engagement" and row["iso3"] != EVERYONE:
                recognised = (row["iso3"], row["date"]) == ("RUS", "2025-07-03")
                events.append({
                    "iso3": row["iso3"], "date": row["date"], "precision": row["precision"],
                    "event_type": "other" if row["inherited"] == "1" else "visit",
                    "level_after": "5" if recognised else level[row["rung"]],
                    "confidence": row["confidence"], "source_note": row["source"]})
        return events

    def test_shipped_files_are_reproduced_byte_for_byte(self):
        rename = {"region": "un_region", "subregion": "un_subregion"}
        countries = [{rename.get(c, c): v for c, v in row.items()}
                     for row in self.tables["countries"]]
        with tempfile.TemporaryDirectory() as source, tempfile.TemporaryDirectory() as out:
            self.write_input(source, "countries.csv", countries)
            self.write_input(source, "countries_panel.csv", self.panel())
            self.write_input(source, "membership.csv", self.tables["membership"])
            dropped = {"iso3_a": "IND", "iso3_b": "LKA", "land_border": "1"}  # by corrections.csv
            pairs = [{c: row[c] for c in dropped} for row in self.tables["dyads"]]
            self.write_input(source, "dyads.csv", pairs + [dropped])
            self.write_input(source, "target_afg.csv", self.tables["afghanistan"])
            self.write_input(source, "histories/taliban_2021.csv", self.history())
            for case in set(CASES) - {"afghanistan-2021"}:
                name = f"histories/{case.replace('-', '_')}.csv"
                self.write_input(source, name, self.acts(case))
            self.prepare.main(source, out)
            for name, path in self.files.items():
                if name == "separatism":  # written by hand
                    continue
                made = pathlib.Path(out) / path.relative_to(ROOT / "scenarios")
                self.assertEqual(made.read_bytes(), path.read_bytes(), name)

    def acts(self, case):
        """The shipped recognitions and withdrawals in the form of their input."""
        name = {"recognised": "recognition", "withheld": "withdrawal"}
        return [{"iso3": row["iso3"], "date": row["date"], "precision": row["precision"],
                 "event_type": name[row["rung"]], "confidence": row["confidence"],
                 "source_note": row["source"]}
                for row in self.tables[case] if row["iso3"] != EVERYONE]

    def panel(self):
        """The shipped years in the form of their input: one row for each entity and year."""
        rows = []
        for year in VINTAGES:
            for row in self.tables[f"politics_{year}"]:
                values = {c: row[f"{c}_{year}"] for c in self.prepare.POLITICS_COLUMNS}
                rows.append({"iso3": row["iso3"], "year": str(year), **values})
        return rows

    def test_politics_of_a_year_take_nothing_from_later_or_long_before(self):
        def row(actor, year, value):
            return {"iso3": actor, "year": str(year), "unga_ideal_point": value,
                    "vdem_libdem": "", "vdem_polyarchy": ""}

        panel = [row("AAA", 2008, "9"), row("AAA", 2007, ""), row("AAA", 2005, "2"),
                 row("AAA", 2004, "1"), row("BBB", 2003, "3"), row("BBB", 2008, "4")]
        columns, rows = self.prepare.politics(panel, ["AAA", "BBB", "CCC"], 2007)
        self.assertEqual(columns[1], "unga_ideal_point_2007")
        self.assertEqual([r["unga_ideal_point_2007"] for r in rows], ["2", "", ""])

    def event(self, actor, date, level, event_type="visit"):
        return {"iso3": actor, "date": date, "precision": "day", "event_type": event_type,
                "level_after": str(level), "confidence": "high", "source_note": "a newspaper"}

    def test_history_keeps_first_rows_and_changes_only(self):
        events = [self.event("AAA", "2021-08-15", 3), self.event("AAA", "2022-01-01", 3),
                  self.event("AAA", "2023-01-01", 4), self.event("EUE", "2022-01-01", 2)]
        rows = self.prepare.in_order(
            self.prepare.engagement_history(events, [], {"AAA"}))
        self.assertEqual([(r["date"], r["rung"], r["inherited"]) for r in rows],
                         [("2021-08-15", "mission", "1"), ("2023-01-01", "ambassador", "0")])

    def test_recognition_is_a_row_of_its_own(self):
        events = [self.event("AAA", "2024-01-01", 4), self.event("AAA", "2025-01-01", 5)]
        rows = self.prepare.in_order(
            self.prepare.engagement_history(events, [], {"AAA"}))
        self.assertEqual([(r["ladder"], r["rung"], r["date"]) for r in rows],
                         [("engagement", "ambassador", "2024-01-01"),
                          ("recognition", "recognised", "2025-01-01")])

    def test_a_first_row_that_is_no_act_of_the_state_is_inherited(self):
        events = [self.event("AAA", "2024-07-30", 1, "other"),
                  self.event("BBB", "2024-07-30", 2, "other")]
        rows = self.prepare.in_order(
            self.prepare.engagement_history(events, [], {"AAA", "BBB"}))
        self.assertEqual([r["inherited"] for r in rows], ["1", "0"])

    def test_only_legal_acts_enter_a_recognition_history(self):
        events = [self.event("AAA", "1997-01-01", 0, kind)
                  for kind in ("contact", "recognition", "downgraded", "withdrawal")]
        rows = list(self.prepare.recognition_history(events))
        self.assertEqual([r["rung"] for r in rows], ["recognised", "withheld"])

    def test_a_correction_of_an_unknown_row_is_an_error(self):
        correction = {"table": "countries", "key": "ZZZ", "column": "capital", "value": "x"}
        with self.assertRaises(KeyError):
            rows = [{"iso3": "AAA"}]
            self.prepare.correct("countries", lambda r: r["iso3"], rows, [correction])

    def test_hand_written_inputs_give_their_reasons(self):
        columns = {"corrections": "reason", "rivalries": "note", "membership_changes": "note",
                   "coercion_afghanistan_2021": "source"}
        for name, column in columns.items():
            rows = read(ROOT / f"tools/data/{name}.csv")
            self.assertTrue(all(row[column] for row in rows), name)


if __name__ == "__main__":
    unittest.main()
