import { askWithTag, send } from "/assets/lib/api.js";
import { element, keyed, place, setText } from "/assets/lib/dom.js";
import { pageList, pagesOf, percent } from "/assets/lib/format.js";
import { toast } from "/assets/lib/parts.js";
import { api, tintOf, view } from "/assets/viewer/state.js";

// The page that is looked at comes before the small pictures of all.
const pageShown = new Promise((resolve) => { for (const name of ["load", "error"]) place("image").addEventListener(name, resolve, { once: true }); });
const dragType = "application/x-idp-page";
const tail = (number) => (number.length > 6 ? `…${number.slice(-5)}` : number);

function ownersOf(page) {
  return view.document.accounts.filter((account) => account.account_number && account.pages.includes(page));
}

/** Makes an element take dropped pages for an account; null takes them away from all. */
function takeDrops(target, accountOf) {
  target.addEventListener("dragover", (event) => {
    if (!event.dataTransfer.types.includes(dragType)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "move";
    target.classList.add("drop-here");
  });
  target.addEventListener("dragleave", () => target.classList.remove("drop-here"));
  target.addEventListener("drop", (event) => {
    const page = Number(event.dataTransfer.getData(dragType));
    target.classList.remove("drop-here");
    if (!page) return;
    event.preventDefault();
    const account = accountOf();
    movePage(page, account ? [account] : []);
  });
}

/** Gives a page to these accounts and to no other; only they are read again. */
async function movePage(page, numbers) {
  const before = ownersOf(page).map((account) => account.account_number);
  if (before.length === numbers.length && before.every((number) => numbers.includes(number))) return;
  try {
    const { body, tag } = await askWithTag(`${api}/accounts`);
    const accounts = body.accounts.filter((account) => account.account_number).map((account) => ({ account_number: account.account_number, pages: account.pages.filter((other) => other !== page) }));
    for (const number of numbers) {
      const owner = accounts.find((account) => account.account_number === number);
      if (owner) owner.pages = [...owner.pages, page].sort((a, b) => a - b);
      else accounts.push({ account_number: number, pages: [page] });
    }
    await send("PUT", `${api}/accounts`, { accounts: accounts.filter((account) => account.pages.length > 0) }, { "If-Match": tag });
    toast(numbers.length > 0 ? `Page ${page} now belongs to ${numbers.join(" and ")}. What changed is read again.` : `Page ${page} belongs to no account now.`);
    await view.refresh();
  } catch (problem) {
    toast(problem.status === 412 ? "The page map was changed meanwhile. Look at it and try again." : `${problem.title}: ${problem.words ?? problem.message}`, 9);
    await view.refresh();
  }
}

/** Asks to which accounts a page belongs: the same as dragging, by keyboard, and for pages that are shared. */
export function askWhereTo(page) {
  const owners = ownersOf(page).map((account) => account.account_number);
  const known = view.document.accounts.filter((account) => account.account_number);
  const boxes = known.map((account) => element("label", { class: "check" }, element("input", { type: "checkbox", value: account.account_number, checked: owners.includes(account.account_number) }),
    element("span", { class: "swatch", data: { account: tintOf(account) }, "aria-hidden": "true" }), `${account.account_number}, ${pagesOf(account.pages)}`));
  const added = element("input", { autocomplete: "off", maxlength: 64 });
  const dialog = element("dialog", { "aria-labelledby": "move-title" },
    element("form", { method: "dialog" }, element("h2", { id: "move-title" }, `To which account does page ${page} belong?`),
      element("p", { class: "hint" }, "None for covers and blanks, several for a page that is shared."),
      element("div", { class: "choices" }, boxes), element("label", { class: "field" }, element("span", {}, "Another account number"), added),
      element("div", { class: "actions" }, element("button", { value: "no" }, "Leave it"), element("button", { value: "yes", class: "primary" }, "Move the page"))));
  // The first button of a form is what Enter presses: here that is the one that changes nothing.
  added.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      dialog.close("yes");
    }
  });
  dialog.addEventListener("close", async () => {
    const numbers = [...boxes.map((box) => box.querySelector("input")).filter((box) => box.checked).map((box) => box.value), ...(added.value.trim() ? [added.value.trim()] : [])];
    dialog.remove();
    if (dialog.returnValue === "yes") await movePage(page, [...new Set(numbers)]);
  });
  document.body.append(dialog);
  dialog.showModal();
}

function thumb({ number }) {
  const image = element("img", { alt: "", loading: "lazy", draggable: "false", width: 76, height: 98 });
  pageShown.then(() => { image.src = `${api}/pages/${number}/image?dpi=36`; });
  const label = element("small", { "aria-hidden": "true" });
  const button = element("button", {
    type: "button", draggable: "true", data: { page: number }, onclick: () => view.goTo(number),
    ondragstart: (event) => { event.dataTransfer.setData(dragType, String(number)); event.dataTransfer.effectAllowed = "move"; document.body.classList.add("dragging"); },
    ondragend: () => document.body.classList.remove("dragging"),
    onkeydown: (event) => { if (event.key === "m" || event.key === "F2") { event.preventDefault(); event.stopPropagation(); askWhereTo(number); } },
  }, image, element("span", {}, number, " ", label));
  image.addEventListener("error", () => image.classList.add("missing"));
  takeDrops(button, () => ownersOf(number)[0]?.account_number ?? null);
  return {
    node: element("li", {}, button),
    update({ accounts }) {
      const said = accounts.length === 0 ? "no account" : accounts.map((account) => `account ${account.number}`).join(" and ");
      button.setAttribute("aria-label", `Page ${number}, ${said}`);
      button.title = `${said}; drag to another account, or press m`;
      if (accounts.length > 0) button.dataset.account = accounts[0].tint;
      else delete button.dataset.account;
      setText(label, accounts.length > 1 ? "shared" : accounts.length === 1 ? tail(accounts[0].number) : "–");
    },
  };
}

function legendEntry(entry) {
  const name = element("strong");
  const note = element("small");
  const button = element("button", {
    type: "button", onclick: () => { if (entry.first) view.goTo(entry.first, true); },
  }, element("span", { class: "swatch", "aria-hidden": "true" }), element("span", {}, name, note));
  takeDrops(button, () => entry.number);
  return {
    node: element("li", {}, button),
    update(now) {
      Object.assign(entry, now);
      if (now.tint === null) delete button.dataset.account;
      else button.dataset.account = now.tint;
      setText(name, now.number ?? "No account");
      setText(note, now.pages.length > 0 ? `p. ${pageList(now.pages)}${now.sure ? ` · ${now.sure}` : ""}` : "no page");
      button.title = now.number ? [`Drop a page here to give it to ${now.number}.`, ...now.reasons].join("\n") : "Drop a page here to take it from all accounts.";
    },
  };
}

/** Shows the pages in the colours of their accounts. */
export function showStrip() {
  const { accounts, unassigned_pages: rest, total_pages: total } = view.document;
  const known = accounts.filter((account) => account.account_number);
  place("legend").hidden = known.length === 0;
  keyed(place("legend"), known.length === 0 ? [] : [
    ...known.map((account) => ({ number: account.account_number, tint: tintOf(account), pages: account.pages, first: account.pages[0], sure: percent(account.confidence), reasons: account.reasons ?? [] })),
    { number: null, tint: null, pages: rest, first: rest[0], sure: null, reasons: [] },
  ], (entry) => entry.number ?? "", legendEntry);
  keyed(place("strip"), Array.from({ length: total ?? 0 }, (_, index) => ({
    number: index + 1, accounts: ownersOf(index + 1).map((account) => ({ number: account.account_number, tint: tintOf(account) })),
  })), (entry) => entry.number, thumb);
}
