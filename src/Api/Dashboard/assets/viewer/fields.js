import { element, keyed, place, setText } from "/assets/lib/dom.js";
import { hasEnded, pagesOf, percent, plural } from "/assets/lib/format.js";
import { addFieldForm } from "/assets/viewer/addField.js";
import { fieldRow } from "/assets/viewer/fieldRow.js";
import { pageLink } from "/assets/viewer/pageView.js";
import { isDoubtful, tintOf, view } from "/assets/viewer/state.js";
import { statementView, tableView } from "/assets/viewer/tables.js";

/** The rows on the page by the id of their field. */
export const rows = new Map();

// How sure each field was when this run was first shown: a field that is reviewed stays where it is, and the next one is still the next.
const sureness = { run: null, of: new Map() };

function surenessOf(field) {
  if (!sureness.of.has(field.id)) sureness.of.set(field.id, (isDoubtful(field) ? 0 : 1) + (field.review?.original_confidence ?? field.confidence));
  return sureness.of.get(field.id);
}

/** The order in which the fields of an account stand: the least sure first, or as the schema has them. */
function ordered(fields) {
  return place("low-first").checked ? [...fields].sort((a, b) => surenessOf(a) - surenessOf(b)) : fields;
}

/** The ids of all fields as they stand on the page. */
export const order = () => Array.from(document.querySelectorAll("#accounts [data-field]"), (row) => row.dataset.field);

function accountSection(review) {
  const name = element("span");
  const note = element("small");
  const list = element("ul", { class: "fields" });
  const nothing = element("p", { class: "hint nothing" });
  const tables = element("div");
  let shownTables = "";
  let shown = null;
  const node = element("section", { class: "account" }, element("h3", {}, name, " ", note), list, nothing, addFieldForm(() => shown, review), tables);
  return {
    node,
    update(account) {
      shown = account;
      const tint = tintOf(account);
      if (tint === null) delete node.dataset.account;
      else node.dataset.account = tint;
      const boundary = view.document.accounts.find((candidate) => candidate.index === account.index);
      setText(name, account.account_number ? `Account ${account.account_number}` : "Whole document");
      setText(note, `${pagesOf(account.pages)}${boundary && account.account_number ? ` · ${percent(boundary.confidence)} sure` : ""}`);
      note.title = (boundary?.reasons ?? []).join("\n");
      keyed(list, ordered(account.fields), (field) => field.id, (field) => {
        const row = fieldRow(field, review);
        rows.set(field.id, row);
        return row;
      });
      list.hidden = account.fields.length === 0;
      nothing.hidden = account.fields.length > 0;
      setText(nothing, hasEnded(view.document.status) ? "No field was found here." : "Not read yet.");
      const wanted = JSON.stringify(account.tables);
      if (wanted !== shownTables) {
        shownTables = wanted;
        tables.replaceChildren(...account.tables.filter((table) => table.rows.length + table.unexplained.length > 0).map((table) => tableView(account, table)));
      }
    },
  };
}

/** Shows accounts with their fields, tables and statements. */
export function showFields(review) {
  const { accounts, statements, run_id: run } = view.result;
  if (sureness.run !== run) {
    sureness.run = run;
    sureness.of.clear();
  }
  const byDoubt = place("low-first").checked;
  keyed(place("accounts"), accounts.map((account) => ({ ...account, byDoubt, ended: hasEnded(view.document.status) })), (account) => account.index, () => accountSection(review));
  for (const [key, row] of rows) if (!row.node.isConnected) rows.delete(key);
  place("statements").replaceChildren(...(statements ?? []).map(statementView));
  const fields = accounts.flatMap((account) => account.fields);
  const reviewed = fields.filter((field) => field.reviewed).length;
  const doubtful = fields.filter(isDoubtful).length;
  setText(place("review-progress"), fields.length === 0 ? "" : `${plural(fields.length, "field")}, ${reviewed} reviewed, ${doubtful} doubtful`);
}

/** Shows what is missing and why. */
export function showProblems() {
  keyed(place("problems"), view.document.problems.map((problem, index) => ({ ...problem, index })), (problem) => `${problem.code} ${problem.page ?? problem.account ?? problem.index}`, () => {
    const node = element("div", { class: "notice" });
    return {
      node,
      update: (problem) => node.replaceChildren(element("div", {}, element("strong", {}, problem.title ?? "Something is missing"), problem.detail ?? "", problem.page ? " See " : "", problem.page ? pageLink(problem.page) : "", " ", element("code", {}, problem.code))),
    };
  });
}
