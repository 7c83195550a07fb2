/** The picture of a map. */
export const pictureStyle = `.picture {
  display: grid;
  grid-template-columns: minmax(min-content, 1fr);
  overflow-x: auto;
  border: 1px solid var(--edge);
  border-radius: 10px;
  background: var(--surface);
  scrollbar-color: var(--handler) transparent;
}

/* A shadow at each side that can be scrolled to: at the end itself the sheet's own edge covers it. */

.picture::before,
.picture::after,
.sheet::before,
.sheet::after {
  content: "";
  width: 18px;
  pointer-events: none;
}

.picture::before,
.picture::after {
  z-index: 1;
  position: sticky;
  grid-area: 1 / 1;
}

.picture::before {
  left: 0;
  justify-self: start;
  background: linear-gradient(to right, var(--shadow), transparent);
}

.picture::after {
  right: 0;
  justify-self: end;
  background: linear-gradient(to left, var(--shadow), transparent);
}

.sheet {
  position: relative;
  grid-area: 1 / 1;
  padding: 0.75rem 18px 0;
}

.sheet::before,
.sheet::after {
  z-index: 2;
  position: absolute;
  top: 0;
  bottom: 0;
  background: var(--surface);
}

.sheet::before {
  left: 0;
}

.sheet::after {
  right: 0;
}

.canvas {
  width: fit-content;
  margin: 0 auto;
}

/* Its words are two spacers: see pictureOf. */

.room {
  font-size: 0;
  line-height: 0;
}

.map {
  display: block;
  font-family: var(--sans);
}

.map .mark,
.map .sign,
.map .break {
  overflow: visible;
}

.map .channel {
  fill: var(--muted);
  font-size: 11px;
  font-weight: 600;
  letter-spacing: 0.02em;
}

.map rect {
  fill: var(--surface);
  stroke: var(--edge);
}

.map .made rect {
  stroke-dasharray: 3 3;
  stroke: var(--handler);
}

.map .object {
  display: flex;
  flex-direction: column;
  justify-content: center;
  height: 100%;
  padding: 0 8px;
  line-height: 15px;
  overflow-wrap: anywhere;
}

.map b {
  font-size: 12px;
  font-weight: 600;
}

.map .object span {
  color: var(--muted);
  font-size: 10.5px;
  line-height: 14px;
}

.map .made b {
  font-weight: 400;
}

.map .reason {
  display: flex;
  flex-direction: column;
  justify-content: center;
  height: 100%;
  padding: 0 11px;
  font-size: 11px;
  line-height: 15px;
  overflow-wrap: anywhere;
}

.map .reason b {
  font-size: 11px;
}

.map .note.broken rect,
.map .box.broken rect {
  fill: var(--error-ground);
  stroke: var(--error-edge);
}

.map .note.broken b,
.map .box.broken b {
  color: var(--error);
}

.map .note.quiet rect {
  fill: none;
  stroke: none;
}

.map .note.quiet b {
  color: var(--muted);
  font-weight: 400;
}

.map .box.quiet rect {
  fill: var(--ground);
  stroke-dasharray: 2 3;
}

.map .box.quiet b {
  color: var(--muted);
  font-weight: 400;
}

.map .note.agents rect {
  fill: var(--good-ground);
  stroke: var(--good-edge);
}

.map .note.agents b {
  color: var(--good);
  font-size: 13px;
}

.map .has-warning rect {
  stroke: var(--warning-edge);
}

.map .has-error rect {
  stroke: var(--error);
}

.map .mark circle {
  fill: var(--warning-ground);
  stroke: var(--warning-edge);
}

.map .mark path {
  stroke: var(--warning);
  stroke-width: 1.8;
  stroke-linecap: round;
}

.map .has-error .mark circle {
  fill: var(--error-ground);
  stroke: var(--error);
}

.map .has-error .mark path {
  stroke: var(--error);
}

.map .line {
  fill: none;
  stroke: var(--handler);
  stroke-width: 1.5;
  vector-effect: non-scaling-stroke;
}

.map .conversations {
  stroke: var(--conversations);
}

.map .line.broken {
  stroke: var(--error);
}

.map .leader {
  stroke-width: 1.2;
  stroke-dasharray: 1 5;
  stroke-linecap: round;
}

.map .break circle {
  fill: var(--error);
}

.map .break path {
  stroke: var(--surface);
  stroke-width: 1.6;
  stroke-linecap: round;
}

.map [data-routes] {
  transition: opacity 0.15s;
}

.map .dim {
  opacity: 0.18;
}

.map .lit rect {
  fill: var(--accent-ground);
  stroke: var(--accent);
  stroke-width: 1.5;
  stroke-dasharray: none;
}

.map .box.lit.broken rect {
  fill: var(--error-ground);
  stroke: var(--error);
}

.map .line.lit {
  stroke: var(--accent);
  stroke-width: 2.5;
  stroke-dasharray: 8 5;
  animation: flow 0.8s linear infinite;
}

.map .line.lit.broken {
  stroke: var(--error);
}

@keyframes flow {
  from {
    stroke-dashoffset: 13;
  }
}

.legend {
  position: sticky;
  left: 0;
  display: flex;
  flex-wrap: wrap;
  gap: 0 1.25rem;
  width: fit-content;
  max-width: calc(100vw - 4rem);
  padding: 0.75rem 18px;
  color: var(--muted);
  font-size: 0.78rem;
}

.legend span::before {
  content: "";
  display: inline-block;
  width: 1.5rem;
  margin-right: 0.4rem;
  border-top: 2px solid var(--handler);
  vertical-align: 0.25em;
}

.legend .by-conversations::before {
  border-color: var(--conversations);
}

.legend .by-broken::before {
  border-color: var(--error);
}

@media (prefers-reduced-motion: reduce) {
  .map [data-routes] {
    transition: none;
  }

  .map .line.lit {
    stroke-dasharray: none;
    animation: none;
  }
}
`;
