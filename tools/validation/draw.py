#!/usr/bin/python3
"""Draws the figures of the validation page: same numbers, same bytes.

    draw.py VALIDATION.json FOLDER
"""

import json
import pathlib
import sys

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt  # noqa: E402
from prose import method  # noqa: E402
from series import figures, fingerprint  # noqa: E402

STYLE = {"svg.hashsalt": "entente", "svg.fonttype": "path", "font.family": "DejaVu Sans",
         "font.size": 8, "axes.spines.top": False, "axes.spines.right": False,
         "axes.titlesize": 8, "legend.frameon": False, "legend.fontsize": 7,
         "figure.facecolor": "white", "axes.linewidth": 0.6, "lines.linewidth": 1.0}
COLOURS = {"model": "#000000", "without peers": "#56b4e9", "covariates": "#0072b2",
           "peers": "#d55e00", "rates": "#009e73", "no change": "#999999"}
FLOOR, CEILING = -1.0, 1.0  # of skill that is drawn


def colour(name):
    return COLOURS.get(name, "#cc79a7")


def clipped(value):
    return min(max(value, FLOOR), CEILING)


def draw_skill(panels):
    figure, axes = plt.subplots(1, len(panels), figsize=(2.3 * len(panels) + 0.6, 2.6),
                                sharey=True, squeeze=False)
    for axis, panel in zip(axes[0], panels):
        axis.axhline(0, color="black", linewidth=0.6)
        horizons = sorted({row[0] for line in panel["lines"].values() for row in line})
        for k, (name, rows) in enumerate(panel["lines"].items()):
            shift = 0.15 * (k - (len(panel["lines"]) - 1) / 2)
            at = [horizons.index(row[0]) + shift for row in rows]
            axis.vlines(at, [100 * clipped(row[2]) for row in rows],
                        [100 * clipped(row[3]) for row in rows], color=colour(name), linewidth=1)
            axis.plot(at, [100 * clipped(row[1]) for row in rows], "o", markersize=3,
                      color=colour(name), label=method(name))
        axis.set_xticks(range(len(horizons)), [str(h) for h in horizons])
        axis.set_xlim(-0.5, len(horizons) - 0.5)
        axis.set_title(panel["title"])
        axis.set_xlabel("steps ahead")
    axes[0][0].set_ylabel("skill of the model over ... [%]")
    axes[0][-1].legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
    return figure


def draw_reliability(lines):
    figure, axis = plt.subplots(figsize=(4.4, 3.3))
    points = [x for rows in lines.values() for row in rows for x in row[:2] if x > 0]
    low, high = min([*points, 0.001]) / 1.5, 1.0
    axis.plot([low, high], [low, high], color="black", linewidth=0.6)
    for name, rows in lines.items():
        rows = [row for row in rows if row[1] > 0]
        if name == "no change" or not rows:  # says the same of everyone
            continue
        x, y = [row[0] for row in rows], [row[1] for row in rows]
        if name == "model":
            for at, share, cases in rows:
                error = 1.96 * (share * (1 - share) / cases) ** 0.5
                axis.plot([at, at], [max(share - error, low), share + error], color=colour(name))
        axis.plot(x, y, "o-", markersize=4 if name == "model" else 2.5, color=colour(name),
                  linewidth=1.0 if name == "model" else 0.5, label=method(name),
                  zorder=3 if name == "model" else 2)
    axis.set_xscale("log")
    axis.set_yscale("log")
    axis.set_xlim(low, high)
    axis.set_ylim(low, high)
    axis.set_xlabel("probability of leaving the rung, as forecast")
    axis.set_ylabel("share that left it")
    axis.legend(loc="upper left")
    return figure


def draw_recognitions(panels):
    figure, axes = plt.subplots(1, len(panels), figsize=(2.2 * len(panels) + 0.4, 2.4),
                                squeeze=False)
    for axis, panel in zip(axes[0], panels):
        x, y = zip(*panel["observed"])
        axis.plot(x, y, color="black", label="observed")
        for k, forecast in enumerate(panel["forecasts"]):
            x, y = zip(*forecast)
            axis.plot(x, y, "o--", markersize=2.5, color="#d55e00", linewidth=0.9,
                      label="forecast" if k == 0 else None)
        low, high = axis.get_ylim()
        axis.set_ylim(min(0, low), max(high, 2))
        axis.xaxis.set_major_locator(matplotlib.ticker.MaxNLocator(4, integer=True))
        axis.yaxis.set_major_locator(matplotlib.ticker.MaxNLocator(5, integer=True))
        axis.set_title(panel["title"])
    axes[0][0].set_ylabel("states that recognise")
    axes[0][0].legend(loc="upper left")
    return figure


def draw_effects(panels):
    names = list(dict.fromkeys(row[0] for panel in panels for row in panel["rows"]))
    figure, axes = plt.subplots(1, len(panels), sharey=True, squeeze=False,
                                figsize=(1.5 * len(panels) + 1.2, 0.15 * len(names) + 0.8))
    for axis, panel in zip(axes[0], panels):
        axis.axvline(0, color="black", linewidth=0.6)
        y = [names.index(row[0]) for row in panel["rows"]]
        axis.hlines(y, [effect - 1.96 * error for _, effect, error in panel["rows"]],
                    [effect + 1.96 * error for _, effect, error in panel["rows"]],
                    color="#0072b2", linewidth=1)
        axis.plot([row[1] for row in panel["rows"]], y, "o", markersize=3, color="#0072b2")
        axis.set_title(panel["title"])
        axis.tick_params(axis="y", length=0)
    axes[0][0].set_yticks(range(len(names)), names)
    axes[0][0].set_ylim(len(names) - 0.5, -0.5)
    figure.supxlabel("effect of one standard deviation [utility]", fontsize=8)
    return figure


DRAW = {"effects": draw_effects, "skill": draw_skill, "skill-by-case": draw_skill,
        "reliability": draw_reliability, "recognitions": draw_recognitions}


def file_name(name):
    return f"validation-{name}.svg"


def draw(name, data, path):
    with plt.rc_context(STYLE):
        figure = DRAW[name](data)
        figure.savefig(path, format="svg", bbox_inches="tight", metadata={
            "Date": None, "Creator": None, "Description": f"data {fingerprint(data)}"})
        plt.close(figure)
    # Trailing blanks are matplotlib's; the house has none.
    text = path.read_text(encoding="utf-8")
    path.write_text("".join(line.rstrip() + "\n" for line in text.splitlines()), encoding="utf-8")


def main():
    document = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
    folder = pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in figures(document).items():
        draw(name, data, folder / file_name(name))


if __name__ == "__main__":
    main()
