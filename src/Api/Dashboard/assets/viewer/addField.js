import { ask, send } from "/assets/lib/api.js";
import { element, place, setText } from "/assets/lib/dom.js";
import { sentence } from "/assets/lib/format.js";
import { api, view } from "/assets/viewer/state.js";

let known = { run: null, fields: null };

/** The fields of the schema that the shown run was read with. */
async function schemaFields() {
  if (known.run !== view.result.run_id) {
    const { items } = await ask(`${api}/runs`);
    const { fields } = await ask(`/v1/schemas/${encodeURIComponent(items.find((run) => run.current).schema)}`);
    known = { run: view.result.run_id, fields };
  }
  return known.fields;
}

/** What can still be added to an account: fields that may stand there several times, and those that are missing. */
const missing = (fields, account) => fields.filter((field) => field.multiple || !account.fields.some((found) => found.name === field.name));

/**
 * A button below the fields of an account that opens a form for one that was missed.
 * @param review Who shows the added field: `select`.
 */
export function addFieldForm(accountNow, review) {
  const node = element("div", { class: "add-field" });
  const opener = element("button", { type: "button", class: "small quiet", onclick: open }, "Add a field that was missed");
  node.append(opener);

  function close() {
    node.replaceChildren(opener);
    opener.focus();
  }

  async function open() {
    opener.disabled = true;
    try {
      show(missing(await schemaFields(), accountNow()));
    } catch (fault) {
      node.replaceChildren(opener, element("p", { class: "field-problem", role: "alert" }, fault.words ?? fault.message));
    }
    opener.disabled = false;
  }

  function show(choices) {
    if (choices.length === 0) {
      node.replaceChildren(opener, element("p", { class: "hint", role: "status" }, "Every field of the schema is there."));
      return;
    }
    const name = element("select", {}, choices.map((field) => element("option", { value: field.name }, sentence(field.name))));
    const key = element("input", { autocomplete: "off" });
    const keyField = element("label", { class: "field" }, element("span", {}, "Label"), key);
    const value = element("input", { autocomplete: "off", spellcheck: "false", required: true });
    const page = element("input", { inputmode: "numeric", autocomplete: "off", value: view.page, pattern: "[0-9]*", title: "The number of a page; empty when it stands on none" });
    const problem = element("p", { class: "field-problem", role: "alert" });
    const isPair = () => choices.find((field) => field.name === name.value).type === "pair";
    const showKey = () => { keyField.hidden = !isPair(); };
    const form = element("form", { class: "edit" },
      element("label", { class: "field" }, element("span", {}, "Field"), name), keyField,
      element("label", { class: "field" }, element("span", {}, "Value"), value), element("label", { class: "field" }, element("span", {}, "Page"), page),
      element("div", { class: "actions" }, element("button", { class: "small primary" }, "Add"), element("button", { type: "button", class: "small", onclick: close }, "Leave")), problem);
    name.addEventListener("change", showKey);
    form.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      problem.textContent = "";
      try {
        const added = await send("POST", `${api}/fields`, {
          account_index: accountNow().index, name: name.value, value: value.value.trim(), key: isPair() ? key.value.trim() : null, page: page.value.trim() ? Number(page.value) : null,
        });
        close();
        setText(place("told"), `${sentence(added.name)} added`);
        await view.refresh();
        review.select(added.id, { focus: true });
      } catch (fault) {
        problem.textContent = fault.words ?? fault.message;
        value.setAttribute("aria-invalid", "true");
        value.focus();
      }
    });
    showKey();
    node.replaceChildren(form);
    name.focus();
  }

  return node;
}
