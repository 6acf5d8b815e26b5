#!/usr/bin/env python3
"""Write the data tables shipped in scenarios/ from the compiled input tables.

usage: prepare.py INPUT_DIR OUTPUT_DIR

INPUT_DIR holds countries.csv, countries_panel.csv, membership.csv, dyads.csv, target_afg.csv and
the histories of the four cases, compiled from the public sources that scenarios/data/PROVENANCE.md
names. Those tables have further columns that may not be passed on; only the columns named below
are read, so an INPUT_DIR with just these serves as well. OUTPUT_DIR is scenarios/.

Hand-written inputs lie beside this script: corrections.csv (cells of the input tables that are
replaced, each with its reason), membership_changes.csv, rivalries.csv and
coercion_afghanistan_2021.csv. Nothing is imputed: an empty cell stays empty.
"""

import csv
import math
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
TARGET = "AFG"
EARTH_RADIUS_KM = 6371

# Shipped column <- input column; the order here is the order in the file.
COUNTRY_COLUMNS = {
    "iso3": "iso3", "name": "name", "entity_type": "entity_type", "un_member": "un_member",
    "region": "un_region", "subregion": "un_subregion", "landlocked": "landlocked",
    "capital": "capital", "capital_lat": "capital_lat", "capital_lon": "capital_lon",
    "population": "population", "population_year": "population_year",
    "gdp_usd": "gdp_usd", "gdp_year": "gdp_year", "capability": None,
    "vdem_libdem_2024": "vdem_libdem_2024", "vdem_polyarchy_2024": "vdem_polyarchy_2024",
    "vdem_gender_ca2021": "vdem_gender_ca2021", "wbl_index_ca2021": "wbl_index_ca2021",
    "gii_2022": "gii_2022", "unga_ideal_point": "unga_ideal_point",
    "unga_ideal_point_year": "unga_ideal_point_year", "unsc_p5": "unsc_p5",
    "nuclear_armed": "nuclear_armed",
}
MEMBERSHIP_COLUMNS = ["iso3", "org", "from_year", "status"]
DYAD_COLUMNS = ["iso3_a", "iso3_b", "land_border", "rivalry_2021", "rivalry_2025"]
AFGHANISTAN_COLUMNS = [
    "iso3", "borders_afg", "capital_dist_kabul_km", "imports_from_afg_usd_2020",
    "afg_refugees_2020", "afg_asylum_seekers_2020", "afg_refugees_2024", "afg_asylum_seekers_2024",
    "afg_refugees_2025", "afg_asylum_seekers_2025", "afg_other_in_need_protection_2025",
    "afg_refugee_returns_2025", "recognised_taliban_1996_2001",
]

# Politics and memberships as of a year, for scenarios that start after it: what came later must not
# leak in.
VINTAGES = [1996, 2007, 2020]
POLITICS_COLUMNS = ["unga_ideal_point", "vdem_libdem", "vdem_polyarchy"]
OLDEST_VALUE = 3  # years before the one asked for

# Seats of contested governments: the capital of an entity, or a position [degree north, east].
SEATS = {"kabul": "AFG", "pristina": "XKX", "sukhumi": (43.00, 41.02)}

HISTORY_COLUMNS = [
    "iso3", "date", "precision", "ladder", "rung", "inherited", "confidence", "source",
]

ENGAGEMENT = ["severed", "contact", "dialogue", "mission", "ambassador"]  # rung of level 0 to 4
RECOGNISED_LEVEL = 5  # an ambassador and, besides, the legal act

EVERYONE = "*"  # all actors; in the row of a rung, those without a row of their own on the ladder
# What the histories say of states without a row: where they stand, and when the record ends.
OTHERS = {
    "afghanistan-2021": [
        ("2021-08", "engagement", "severed", "low",
         "Coding rule: dealings that no source reports are none"),
        ("2021-08", "recognition", "withheld", "high", "Nobody recognised at the takeover"),
        ("2021-08", "coercion", "none", "medium", "No measure on record"),
        *(("2026-01", ladder, "", "high", "The record ends with 2025")
          for ladder in ("engagement", "recognition", "coercion"))],
    "kosovo-2008": [
        ("2008-02", "recognition", "withheld", "high",
         "Nobody recognised before the declaration of 17 February"),
        ("2013-01", "recognition", "", "high", "The record ends with 2012")],
    "abkhazia-2008": [
        ("2008-08", "recognition", "withheld", "high", "Nobody recognised before the war"),
        ("2019-01", "recognition", "", "high", "The record ends with 2018")],
    "taliban-1996": [
        ("1996-10", "recognition", "withheld", "high", "Nobody recognised when Kabul fell"),
        ("2002-01", "recognition", "", "high", "The record ends with 2001")],
}
LEGAL_ACTS = {"recognition": "recognised", "withdrawal": "withheld"}


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path, columns, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows({c: row[c] for c in columns} for row in rows)


def correct(table, key_of, rows, corrections):
    """Replace the cells that corrections.csv lists for this table; a key without a row is an error.

    Histories repeat a date now and then: the first row of a key is meant.
    """
    by_key = {}
    for row in rows:
        by_key.setdefault(key_of(row), row)
    for c in corrections:
        if c["table"] == table:
            by_key[c["key"]][c["column"]] = c["value"]


def decimals(text, places):
    return f"{float(text):.{places}f}" if text else ""


def capability(rows):
    """Add the mean of the shares in the GDP and population of all UN members [1]; needs both."""
    members = [r for r in rows if r["un_member"] == "1"]
    gdp = sum(float(r["gdp_usd"] or 0) for r in members)
    population = sum(float(r["population"] or 0) for r in members)
    for row in rows:
        row["capability"] = ""
        if row["gdp_usd"] and row["population"]:
            share = (float(row["gdp_usd"]) / gdp + float(row["population"]) / population) / 2
            row["capability"] = decimals(share, 6)


def countries(rows):
    shipped = [{c: row[source] for c, source in COUNTRY_COLUMNS.items() if source} for row in rows]
    capability(shipped)
    for row in shipped:  # two decimals are about 1 km, enough for distances
        row["capital_lat"] = decimals(row["capital_lat"], 2)
        row["capital_lon"] = decimals(row["capital_lon"], 2)
    return sorted(shipped, key=lambda r: r["iso3"])


def dyads(rows, rivalries):
    """Pairs with a land border or a listed rivalry; a pair that is absent has neither."""
    nothing = {"land_border": "0", "rivalry_2021": "0.00", "rivalry_2025": "0.00"}
    pairs = {}
    for row in rows:
        if row["land_border"] == "1":
            pairs[row["iso3_a"], row["iso3_b"]] = {**nothing, "land_border": "1"}
    for row in rivalries:
        pair = pairs.setdefault((row["iso3_a"], row["iso3_b"]), dict(nothing))
        pair["rivalry_2021"], pair["rivalry_2025"] = row["strength_2021"], row["strength_2025"]
    return [{"iso3_a": a, "iso3_b": b, **pairs[a, b]} for a, b in sorted(pairs)]


def great_circle_km(a, b):
    """Haversine distance between the capitals of two rows of countries.csv."""
    lat_a, lon_a, lat_b, lon_b = (
        math.radians(float(row[c])) for row in (a, b) for c in ("capital_lat", "capital_lon"))
    h = (math.sin((lat_b - lat_a) / 2) ** 2
         + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2)
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(h))


def politics(panel, codes, year):
    """Each entity's values of the year, or of the nearest earlier one in reach; none from later."""
    latest = {}
    for row in sorted(panel, key=lambda r: int(r["year"])):
        if year - OLDEST_VALUE <= int(row["year"]) <= year:
            values = {f"{c}_{year}": row[c] for c in POLITICS_COLUMNS if row[c]}
            latest.setdefault(row["iso3"], {}).update(values)
    columns = [f"{c}_{year}" for c in POLITICS_COLUMNS]
    rows = [{"iso3": i, **{c: latest.get(i, {}).get(c, "") for c in columns}} for i in codes]
    return ["iso3", *columns], rows


def membership(members, changes, year):
    """Members at the end of the year: founding or accession not later, with the status of then."""
    rows = {(r["iso3"], r["org"]): r for r in members if int(r["from_year"] or 0) <= year}
    for row in changes:
        if int(row["from_year"]) <= year <= int(row["to_year"]):
            rows[row["iso3"], row["org"]] = row
    return [rows[key] for key in sorted(rows)]


def distances(shipped_countries):
    """From each capital to the seats of the contested governments; 0 at home."""
    by_code = {r["iso3"]: r for r in shipped_countries}
    rows = [{"iso3": r["iso3"]} for r in shipped_countries]
    for name, seat in SEATS.items():
        if isinstance(seat, str):
            seat = by_code[seat]
        else:
            seat = {"capital_lat": seat[0], "capital_lon": seat[1]}
        for row in rows:
            distance = great_circle_km(by_code[row["iso3"]], seat)
            row[f"distance_{name}_km"] = str(round(distance))
    return ["iso3", *(f"distance_{name}_km" for name in SEATS)], rows


def afghanistan(rows, shipped_countries):
    by_code = {r["iso3"]: r for r in shipped_countries}
    for row in rows:
        distance = great_circle_km(by_code[TARGET], by_code[row["iso3"]])
        row["capital_dist_kabul_km"] = str(round(distance))
    return sorted(rows, key=lambda r: r["iso3"])


def is_inherited(event, first):
    """Whether a row tells the standing an actor started with, not a move it made.

    That is its first row if it dates from the fall of Kabul (August 2021), or if the event is none
    of its own doing (`other` at level 0 or 1: the Taliban disown or name a mission there).
    """
    fall_of_kabul = event["date"].startswith("2021-08")
    passive = event["event_type"] == "other" and event["level_after"] in ("0", "1")
    return first and (fall_of_kabul or passive)


def quote(note):
    return note.replace("not checked here", "not confirmed in a source")


def others(case):
    for date, ladder, rung, confidence, source in OTHERS[case]:
        yield {"iso3": EVERYONE, "date": date, "precision": "month", "ladder": ladder, "rung": rung,
               "inherited": "1" if rung else "0", "confidence": confidence, "source": source}


def moves(events, states):
    """Rows of engagement and recognition: the first of each state and each change of level."""
    level = {}
    for event in events:
        actor, after = event["iso3"], int(event["level_after"])
        if actor not in states or level.get(actor) == after:
            continue
        row = {
            "iso3": actor, "date": event["date"], "precision": event["precision"],
            "ladder": "engagement", "rung": ENGAGEMENT[min(after, 4)],
            "inherited": "1" if is_inherited(event, actor not in level) else "0",
            "confidence": event["confidence"],
            "source": quote(event["source_note"]),
        }
        if level.get(actor) is None or min(level[actor], 4) != min(after, 4):
            yield row
        if after == RECOGNISED_LEVEL:
            yield {**row, "ladder": "recognition", "rung": "recognised"}
        level[actor] = after


def in_order(rows):
    return sorted(rows, key=lambda r: (r["iso3"], r["ladder"], r["date"]))


def engagement_history(events, coercion, states):
    return list(moves(events, states)) + [{**row, "ladder": "coercion"} for row in coercion]


def recognition_history(events):
    """Recognitions and their withdrawals; visits and downgrades are left out."""
    for event in events:
        if event["event_type"] in LEGAL_ACTS:
            yield {"iso3": event["iso3"], "date": event["date"], "precision": event["precision"],
                   "ladder": "recognition", "rung": LEGAL_ACTS[event["event_type"]],
                   "inherited": "0", "confidence": event["confidence"],
                   "source": quote(event["source_note"])}


def main(input_dir, output_dir):
    source, out = pathlib.Path(input_dir), pathlib.Path(output_dir)
    corrections = read(HERE / "corrections.csv")

    country_rows = read(source / "countries.csv")
    correct("countries", lambda r: r["iso3"], country_rows, corrections)
    shipped = countries(country_rows)
    write(out / "data/countries.csv", list(COUNTRY_COLUMNS), shipped)

    members = sorted(read(source / "membership.csv"), key=lambda r: (r["iso3"], r["org"]))
    write(out / "data/membership.csv", MEMBERSHIP_COLUMNS, members)

    panel = read(source / "countries_panel.csv")
    changes = read(HERE / "membership_changes.csv")
    for year in VINTAGES:
        table = politics(panel, [r["iso3"] for r in shipped], year)
        write(out / f"data/politics_{year}.csv", *table)
        table = membership(members, changes, year)
        write(out / f"data/membership_{year}.csv", MEMBERSHIP_COLUMNS, table)
    write(out / "data/distances.csv", *distances(shipped))

    pair_rows = read(source / "dyads.csv")
    correct("dyads", lambda r: f"{r['iso3_a']} {r['iso3_b']}", pair_rows, corrections)
    write(out / "data/dyads.csv", DYAD_COLUMNS, dyads(pair_rows, read(HERE / "rivalries.csv")))

    ties = afghanistan(read(source / "target_afg.csv"), shipped)
    write(out / "data/afghanistan.csv", AFGHANISTAN_COLUMNS, ties)

    events = read(source / "histories/taliban_2021.csv")
    correct("taliban_2021", lambda r: f"{r['iso3']} {r['date']}", events, corrections)
    coercion = read(HERE / "coercion_afghanistan_2021.csv")
    rows = engagement_history(events, coercion, {r["iso3"] for r in shipped})
    histories = {"afghanistan-2021": rows}
    for case in ("kosovo-2008", "abkhazia-2008", "taliban-1996"):
        events = read(source / f"histories/{case.replace('-', '_')}.csv")
        histories[case] = list(recognition_history(events))
    for case, rows in histories.items():
        write(out / case / "history.csv", HISTORY_COLUMNS, in_order([*others(case), *rows]))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: prepare.py INPUT_DIR OUTPUT_DIR")
    main(*sys.argv[1:])
