import { reach } from "/assets/lib/api.js";

const form = document.getElementById("login");
const key = document.getElementById("key");
const problem = document.getElementById("problem");

/** Where to go from here: a page of this service, whatever the address says. */
function destination() {
  const wanted = URL.parse(new URLSearchParams(location.search).get("next") ?? "/", location.origin);
  return wanted?.origin === location.origin ? wanted.href : "/";
}

async function signIn() {
  problem.textContent = "";
  try {
    const response = await reach("/v1/session", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ key: key.value }) }, true);
    if (response.ok) {
      location.replace(destination());
      return;
    }
    problem.textContent = (await response.json().catch(() => null))?.detail ?? `The service answered ${response.status}.`;
  } catch {
    problem.textContent = "The service does not answer. Is it still running?";
  }
  key.select();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  signIn();
});

// Browsers keep the session to themselves when a link of another site leads here; a page of our own may use it.
const session = await reach("/v1/session").catch(() => null);
if (session?.ok) location.replace(destination());
