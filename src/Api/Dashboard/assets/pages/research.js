import { place } from "/assets/lib/dom.js";
import { follow } from "/assets/lib/events.js";
import { showTrouble } from "/assets/lib/parts.js";
import { jobHistory } from "/assets/research/history.js";
import { prepareForm } from "/assets/research/newResearch.js";

let live = null;
const refresh = jobHistory(() => live.now());

prepareForm();

// Research may begin anywhere, so this page listens as long as it is open.
live = follow("/v1/events", async () => { await refresh(); return false; }, {
  everyMs: 800,
  onProblem: (problem) => showTrouble(place("trouble"), problem, () => live.now()),
});
