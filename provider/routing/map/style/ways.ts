/** Routes and problems in words. */
export const waysStyle = `.routes {
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(min(22rem, 100%), 1fr));
  gap: 0.75rem;
}

.list .route,
.sent {
  padding: 0.75rem 0.9rem;
  border: 1px solid var(--edge);
  border-radius: 10px;
  background: var(--surface);
}

h4 {
  margin-bottom: 0.5rem;
  font-size: 0.9rem;
  font-weight: 600;
  overflow-wrap: anywhere;
}

h4 .channel {
  margin-right: 0.25rem;
  color: var(--muted);
}

.which {
  margin: 0.35rem 0 0.25rem;
  font-size: 0.82rem;
}

.way {
  position: relative;
  font-size: 0.86rem;
}

.way li {
  position: relative;
  padding: 0 0 0.4rem 1.15rem;
  overflow-wrap: anywhere;
}

.way li::before {
  content: "";
  position: absolute;
  left: 0;
  top: 0.42em;
  width: 7px;
  height: 7px;
  border: 1.5px solid var(--handler);
  border-radius: 50%;
  background: var(--surface);
}

.way li:not(:last-child)::after {
  content: "";
  position: absolute;
  left: 3px;
  top: calc(0.42em + 8px);
  bottom: -0.42em;
  width: 1.5px;
  background: var(--edge);
}

.way b {
  font-weight: 600;
}

.way .how {
  display: block;
  font-size: 0.95em;
}

.way code {
  font-size: 0.8em;
}

.way .end {
  padding-bottom: 0;
}

.way .end b {
  color: var(--muted);
}

.way .end.agents b {
  color: var(--good);
}

.way .end.agents::before {
  border-color: var(--good);
  background: var(--good);
}

.way .broken > b {
  color: var(--error);
}

.way .broken::before {
  border-color: var(--error);
  background: var(--error);
}

.problem {
  margin-top: 0.25rem;
  padding: 0.35rem 0.6rem;
  border-left: 3px solid var(--error);
  border-radius: 0 6px 6px 0;
  background: var(--error-ground);
  color: var(--error);
}

.problem.warning {
  border-color: var(--warning-edge);
  background: var(--warning-ground);
  color: var(--warning);
}

.remedy {
  color: var(--text);
}

.problems {
  margin-top: 0.75rem;
  font-size: 0.86rem;
}

.problems li {
  display: grid;
  grid-template-columns: 4.8rem minmax(10rem, 17rem) 1fr;
  gap: 0.25rem 0.75rem;
  align-items: baseline;
  padding: 0.3rem 0;
  border-top: 1px solid var(--edge);
  overflow-wrap: anywhere;
}

.problems li:first-child {
  border-top: 0;
}

.problems b {
  font-weight: 600;
}

.problems .remedy {
  color: var(--muted);
}

.severity {
  justify-self: start;
  padding: 0 0.5em;
  border: 1px solid var(--error-edge);
  border-radius: 99px;
  background: var(--error-ground);
  color: var(--error);
  font-size: 0.92em;
}

.warning .severity {
  border-color: var(--warning-edge);
  background: var(--warning-ground);
  color: var(--warning);
}
`;
