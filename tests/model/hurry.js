/** Loaded into the model test and the provider processes that it starts: the pauses before the next try pass faster there. */
const timers = require("node:timers/promises");

const hurry = 50;
const pause = timers.setTimeout;
timers.setTimeout = (ms, ...rest) => pause(ms / hurry, ...rest);
