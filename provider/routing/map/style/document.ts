/** The file that holds a map and nothing beside it. */
export const documentStyle = `
main {
  max-width: 150rem;
  margin: 0 auto;
  padding: 1.25rem 1.5rem 2rem;
}

h1 {
  font-size: 1.15rem;
  overflow-wrap: anywhere;
}

h2 {
  margin: 1.5rem 0 0.5rem;
  font-size: 1rem;
}

h3 {
  margin: 1rem 0 0.5rem;
  font-size: 0.9rem;
  overflow-wrap: anywhere;
}

.about,
.summary {
  overflow-wrap: anywhere;
}

.about {
  color: var(--muted);
}

.views {
  display: flex;
  flex-direction: column;
}

.pair {
  display: flex;
  flex-wrap: wrap;
  gap: 0 1rem;
}

.pair > section {
  flex: 1 1 min-content;
  min-width: 0;
  max-width: 100%;
}

.pair h3 {
  margin-top: 0.5rem;
}

.words .problems {
  margin: 0 0 1rem;
}

.change {
  margin-bottom: 1.25rem;
}

.change h3 {
  margin-bottom: 0.1rem;
}

.sides {
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr));
  gap: 0.75rem;
  margin-top: 0.5rem;
}

.sides .route {
  padding: 0.75rem 0.9rem;
  border: 1px solid var(--edge);
  border-radius: 10px;
  background: var(--surface);
}

.change .problems {
  margin-top: 0.5rem;
}

.change .problems li {
  grid-template-columns: 10.5rem minmax(10rem, 17rem) 1fr;
}

details {
  margin-top: 1.5rem;
}

summary {
  cursor: pointer;
}

details ul {
  margin-top: 0.5rem;
}

details li {
  overflow-wrap: anywhere;
}

/* What changes, by colour and by shape. */

.map .line.comes {
  stroke-width: 3.5;
}

.map .line.goes {
  stroke-width: 2.5;
  stroke-dasharray: 7 4;
}

.map .line.changes {
  stroke-width: 2.5;
}

.map .line.comes:not(.broken) {
  stroke: var(--accent);
}

.map .line.goes:not(.broken) {
  stroke: var(--goes);
}

.map .comes rect,
.map .changes rect {
  stroke: var(--accent);
  stroke-width: 2.5;
  stroke-dasharray: none;
}

.map .goes rect {
  stroke: var(--goes);
  stroke-width: 2;
  stroke-dasharray: 7 4;
}

.map .sign circle {
  fill: var(--accent);
}

.map .goes .sign circle {
  fill: var(--goes);
}

.map .sign path {
  fill: none;
  stroke: var(--surface);
  stroke-width: 1.8;
  stroke-linecap: round;
}

.legend .by-comes::before {
  border-top-width: 4px;
  border-color: var(--accent);
}

.legend .by-goes::before {
  border-top: 3px dashed var(--goes);
}

.legend .by-changes::before {
  border-top-width: 3px;
  border-color: var(--accent);
}

/* Small screens: words first, then what is to be scrolled. */

@media (max-width: 44rem) {
  main {
    padding-right: 1rem;
    padding-left: 1rem;
  }

  .words {
    order: -1;
  }

  .problems li,
  .change .problems li {
    grid-template-columns: minmax(0, 1fr);
  }
}
`;
