import { place } from "/assets/lib/dom.js";
import { follow } from "/assets/lib/events.js";
import { showTrouble } from "/assets/lib/parts.js";
import { batchHistory } from "/assets/batches/history.js";
import { prepareUpload } from "/assets/batches/upload.js";

let live = null;
const refresh = batchHistory(() => live.now());

prepareUpload(() => live.now());

// A batch may begin anywhere, so this page listens as long as it is open.
live = follow("/v1/events", async () => { await refresh(); return false; }, {
  everyMs: 800,
  onProblem: (problem) => showTrouble(place("trouble"), problem, () => live.now()),
});
