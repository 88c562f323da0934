"""The page around a report's sections: its look, light, dark and on paper."""

from __future__ import annotations

from collections.abc import Sequence

from lib.report.html import text

STYLE = """
:root { color-scheme: light dark; --paper: #fafafa; --ink: #1c1c1c; --muted: #5c5c5c;
  --line: #d4d4d4; --accent: #005fb8; --bar: #a9b4c0; --trough: #efefef; }
@media screen and (prefers-color-scheme: dark) { :root { --paper: #1c1c1c; --ink: #fafafa;
  --muted: #b0b0b0; --line: #444444; --accent: #57c8ff; --bar: #5b6570; --trough: #2a2a2a; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2.5rem 1.5rem 3rem; max-width: 62rem; background: var(--paper);
  color: var(--ink); font: 16px/1.5 system-ui, "Segoe UI", "DejaVu Sans", sans-serif;
  overflow-wrap: anywhere; }
header p, footer, .quiet { color: var(--muted); }
h1 { margin: 0; font-size: 1.35rem; line-height: 1.3; }
h2 { margin: 2.5rem 0 .75rem; font-size: 1.1rem; }
header p { margin: .15rem 0 0; }
.verdict { margin: 1.75rem 0 0; font-size: 1.2rem; color: var(--muted); }
.verdict strong { display: block; font-size: 3rem; line-height: 1.15; color: var(--accent); }
.verdict span { color: var(--ink); }
.doubt { margin: .75rem 0 0; padding: .5rem .9rem; border-left: 4px solid var(--accent);
  background: var(--trough); }
table { width: 100%; border-collapse: collapse; }
th { width: 9rem; padding: .2rem .75rem .2rem 0; text-align: right; font-weight: normal; }
td { padding: .2rem 0; }
td:last-child { width: 4rem; text-align: right; font-variant-numeric: tabular-nums; }
tr:first-child th, tr:first-child td { font-weight: bold; }
.bar { height: .65rem; background: var(--trough); }
.bar i { display: block; height: 100%; background: var(--bar); }
tr:first-child .bar i { background: var(--accent); }
figure { margin: 0 0 1.25rem; break-inside: avoid; }
img { display: block; width: 100%; height: auto; }
dl { display: grid; grid-template-columns: 9rem 1fr; gap: .25rem .75rem; margin: 0; }
dt { color: var(--muted); text-align: right; }
dd { margin: 0; }
pre { margin: 0; white-space: pre-wrap; color: var(--muted);
  font: .85rem/1.45 ui-monospace, "DejaVu Sans Mono", monospace; }
a { color: var(--accent); }
footer { margin-top: 2.5rem; padding-top: .75rem; border-top: 1px solid var(--line);
  font-size: .85rem; }
@media print { @page { margin: 14mm; } body { padding: 0; max-width: none; font-size: 11pt; }
  h2 { break-after: avoid; }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact; } }
"""


def page(title: str, sections: Sequence[str], foot: str) -> str:
    """Put sections together to a page that asks nobody for anything.

    Parameters
    ----------
    title : str
        Of the song.
    sections : sequence of str
        HTML; empty ones are left out.
    foot : str
        HTML.
    """
    # Should a text ever slip through unescaped, the browser still loads and runs nothing.
    policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
    body = "\n".join(section for section in sections if section)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{text(title)} – Earmark</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f"{body}\n<footer>{foot}</footer>\n</body>\n</html>\n"
    )
