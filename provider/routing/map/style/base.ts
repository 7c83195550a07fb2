/** Colours in both schemes, and what holds for every page that draws a map. */
export const baseStyle = `:root {
  color-scheme: light dark;
  --ground: #f6f7f9;
  --surface: #ffffff;
  --edge: #d8dce3;
  --text: #1a1e25;
  --muted: #5a6371;
  --accent: #1d5fd1;
  --accent-ground: #eaf1fd;
  --on-accent: #ffffff;
  --handler: #8a93a3;
  --conversations: #5c8bdc;
  --error: #b3261e;
  --error-ground: #fdf1f0;
  --error-edge: #e3a49f;
  --warning: #865200;
  --warning-ground: #fdf6e4;
  --warning-edge: #d9ae55;
  --good: #13693f;
  --good-ground: #eaf7f0;
  --good-edge: #8fcdae;
  --goes: #7a3ea8;
  --shadow: rgb(20 30 50 / 28%);
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}

@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0f1217;
    --surface: #171b22;
    --edge: #2c333e;
    --text: #e4e8ee;
    --muted: #9ba5b3;
    --accent: #8ab4ff;
    --accent-ground: #16263f;
    --on-accent: #0b1730;
    --handler: #768193;
    --conversations: #5f8fdf;
    --error: #ff9b92;
    --error-ground: #2a1616;
    --error-edge: #823a35;
    --warning: #efc466;
    --warning-ground: #261f0f;
    --warning-edge: #7d6228;
    --good: #79d6a9;
    --good-ground: #10241b;
    --good-edge: #2c6b4c;
    --goes: #c79bef;
    --shadow: rgb(0 0 0 / 75%);
  }
}

* {
  box-sizing: border-box;
}

body {
  margin: 0;
  background: var(--ground);
  color: var(--text);
  font: 14px / 1.45 var(--sans);
  text-wrap: pretty;
}

h1,
h2,
h3,
h4,
p,
ul,
ol {
  margin: 0;
  padding: 0;
}

ul,
ol {
  list-style: none;
}

code,
time,
.path,
.value {
  font-family: var(--mono);
  font-size: 0.86em;
}

code {
  color: var(--muted);
  overflow-wrap: anywhere;
}

a {
  color: var(--accent);
}

:focus-visible {
  outline: 2px solid var(--accent);
  outline-offset: 2px;
}

.none,
.how,
.kind,
.which {
  color: var(--muted);
}
`;
