"""Medians, ratios, a table, a JSON file and a plot."""

import html
import json
from statistics import median


def summary(route, count, size, rounds):
    """rounds: {contestant: [Measured, ...]}"""
    result = {"route": route, "records": count, "bytes": size, "contestants": {}}
    for name, measured in rounds.items():
        wall = median(m.seconds for m in measured)
        result["contestants"][name] = {
            "seconds": [round(m.seconds, 3) for m in measured],
            "median": round(wall, 3),
            "cpu": round(median(m.cpu for m in measured), 3),
            "peakRssMb": round(max(m.peak_rss for m in measured) / 1e6),
            "recordsPerSecond": round(count / wall),
        }
    own = result["contestants"]["ours"]["median"]
    result["ratios"] = {}
    for name, figures in result["contestants"].items():
        if name == "peer":
            result["ratios"]["faster than peer"] = round(figures["median"] / own, 2)
        elif name != "ours":
            result["ratios"]["time of " + name] = round(own / figures["median"], 2)
    return result


def table(result):
    lines = [f"{result['route']}: {result['records']:,} records, {result['bytes'] / 1e6:,.0f} MB"]
    for name, figures in result["contestants"].items():
        lines.append(
            f"  {name:18} {figures['median']:8.2f} s   cpu {figures['cpu']:7.2f} s   peak {figures['peakRssMb']:6,} MB"
            f"   {figures['recordsPerSecond']:9,} records/s   {figures['seconds']}")
    for name, ratio in result["ratios"].items():
        lines.append(f"  {ratio:.2f} x {name}" if name.startswith("time") else f"  {ratio:.2f} times {name}")
    return "\n".join(lines)


def write_json(path, machine, results):
    path.write_text(json.dumps({"machine": machine, "results": results}, indent=2) + "\n")


def write_svg(path, results):
    """Bars of the median times, one group a route, the longest of each group as the full width."""
    bar, gap, left, width = 18, 26, 170, 460
    colours = {"ours": "#1b7f5c", "peer": "#b5534a"}
    rows, y = [], 10
    for result in results:
        title = f"{result['route']}  ({result['records']:,} records, {result['bytes'] / 1e6:,.0f} MB)"
        rows.append(f'<text x="10" y="{y + 13}" font-weight="bold">{html.escape(title)}</text>')
        y += bar + 4
        longest = max(figures["median"] for figures in result["contestants"].values())
        for name, figures in result["contestants"].items():
            length = max(1, width * figures["median"] / longest)
            colour = colours.get(name, "#7a8594")
            rows.append(f'<text x="{left - 8}" y="{y + 13}" text-anchor="end">{html.escape(name)}</text>')
            rows.append(f'<rect x="{left}" y="{y}" width="{length:.1f}" height="{bar - 3}" fill="{colour}"/>')
            rows.append(f'<text x="{left + length + 6:.1f}" y="{y + 13}">{figures["median"]:.2f} s</text>')
            y += bar
        y += gap
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + width + 80}" height="{y}" '
        'font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="white"/>'
        + "".join(rows) + "</svg>\n")
