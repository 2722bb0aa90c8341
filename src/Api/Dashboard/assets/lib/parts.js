import { drawn, element, place, setText } from "/assets/lib/dom.js";
import { sentence, stages, toneOf, words } from "/assets/lib/format.js";

/** A status as a word with a tone. */
export function badge(status = "") {
  const node = element("span", { class: "badge" });
  const update = (now, note) => {
    setText(node, note ?? sentence(now));
    node.dataset.tone = toneOf(now);
    node.dataset.status = now;
  };
  if (status) update(status);
  return { node, update };
}

/** A bar that fills; screen readers hear its name and value. */
export function bar(label, { tall = false } = {}) {
  const fill = element("span");
  const node = element("span", { class: tall ? "track tall" : "track", role: "progressbar", "aria-label": label, "aria-valuemin": 0, "aria-valuemax": 100, "aria-valuenow": 0 }, fill);
  const update = (value, tone = "live", text = null) => {
    const whole = Math.max(0, Math.min(100, Math.round(value ?? 0)));
    fill.style.width = `${whole}%`;
    node.dataset.tone = tone;
    node.setAttribute("aria-valuenow", whole);
    if (text) node.setAttribute("aria-valuetext", text);
    else node.removeAttribute("aria-valuetext");
  };
  return { node, update };
}

/** A bar for each stage of a document. */
export function stageBars(name) {
  const bars = stages.map(([key, label]) => ({ key, label, bar: bar(`${label}, ${name}`) }));
  const node = element("div", { class: "stages" }, bars.map((part) => element("div", { class: "stage" }, part.bar.node, element("small", { "aria-hidden": "true" }, part.label))));
  const update = (item) => {
    for (const part of bars) {
      const stage = item.stages?.[part.key] ?? {};
      const status = stage.status ?? "queued";
      const tone = status === "completed" ? "good" : ["failed", "partial", "cancelled"].includes(status) ? toneOf(status) : item.status === "cancelled" ? "none" : "live";
      part.bar.update(status === "completed" ? 100 : stage.progress, tone, `${stage.progress ?? 0} %, ${words(status)}`);
    }
  };
  return { node, update };
}

/** Shows what went wrong, with a way to try again; without a problem, clears the place. */
export function showTrouble(target, problem, retry) {
  target.hidden = !problem;
  if (!problem) {
    target.replaceChildren();
    return;
  }
  target.className = "trouble";
  target.replaceChildren(
    element("div", {}, element("strong", {}, problem.title ?? "That did not work"), problem.words ?? problem.message),
    retry ? element("button", { type: "button", class: "small", onclick: retry }, "Try again") : "");
}

/** Says something in passing. */
export function toast(text, seconds = 5) {
  const note = element("p", {}, text);
  place("toasts").append(note);
  setTimeout(() => note.remove(), seconds * 1000);
}

/** What a list shows that has nothing in it. */
export const emptyState = (title, ...explanation) => element("div", { class: "empty" },
  drawn("svg", { width: 48, height: 48, viewBox: "0 0 48 48", fill: "none", stroke: "currentColor", "stroke-width": 2, "aria-hidden": "true" },
    drawn("path", { d: "M14 6h14l8 8v28H14z M28 6v8h8" }), drawn("path", { d: "M20 24h12M20 30h12M20 36h7" })),
  element("strong", {}, title), element("p", {}, explanation));

/** Grey lines in place of what is being loaded. */
export const skeleton = () => element("div", { class: "skeleton", "aria-hidden": "true" }, element("span"), element("span"), element("span"));

/** Asks before something that cannot be undone; true when confirmed. */
export function confirmed(question, explanation, action) {
  return new Promise((resolve) => {
    const dialog = element("dialog", { "aria-labelledby": "question" },
      element("h2", { id: "question" }, question), element("p", {}, explanation),
      element("form", { method: "dialog", class: "actions" },
        element("button", { value: "no" }, "Keep as it is"), element("button", { value: "yes", class: "danger" }, action)));
    dialog.addEventListener("close", () => {
      resolve(dialog.returnValue === "yes");
      dialog.remove();
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Runs what a button does: the button rests meanwhile, and a problem is told. */
export async function act(button, action) {
  if (button.getAttribute("aria-disabled") === "true") return;
  button.setAttribute("aria-disabled", "true");
  try {
    await action();
  } catch (problem) {
    toast(`${problem.title ?? "That did not work"}: ${problem.words ?? problem.message}`, 9);
  } finally {
    button.removeAttribute("aria-disabled");
  }
}

/** A name and what it amounts to. */
export function figure(list, name) {
  const value = element("dd");
  list.append(element("div", {}, element("dt", {}, name), value));
  return (text, note) => {
    const shown = note ? `${text} ${note}` : String(text);
    if (value.textContent !== shown) value.replaceChildren(String(text), note ? element("small", {}, ` ${note}`) : "");
  };
}
