import { ask, send } from "/assets/lib/api.js";
import { place, setText } from "/assets/lib/dom.js";
import { act } from "/assets/lib/parts.js";

place("sign-out").addEventListener("click", (event) => act(event.currentTarget, async () => {
  await send("DELETE", "/v1/session");
  location.assign("/login");
}));

// Who one is matters less than the page: without an answer the place stays empty.
ask("/v1/session").then(({ actor }) => setText(place("caller"), actor), () => {});
