const ended = new Set(["completed", "partial", "failed", "cancelled"]);
const kinds = { auto: "not known yet", loan: "Loan", financial_statement: "Financial statement", receipt: "Receipt", form: "Form", generic: "Other" };
const tones = { completed: "good", partial: "warn", waiting: "warn", failed: "bad", rejected: "bad", cancelled: "none", queued: "none", processing: "live", running: "live", searched: "live", accepted: "good", duplicate: "warn" };

/** The stages of a document, in order, with their names for people. */
export const stages = [["ocr_extraction", "Reading"], ["account_splitting", "Accounts"], ["page_analysis", "Page map"], ["llm_extraction", "Fields"]];

export const hasEnded = (status) => ended.has(status);
export const toneOf = (status) => tones[status] ?? "none";
export const kindName = (kind) => kinds[kind] ?? words(kind);
export const stageName = (stage) => stages.find(([name]) => name === stage)?.[1] ?? sentence(stage);
export const words = (name) => String(name ?? "").replaceAll("_", " ").replace(/\b(ssn|cif|apr|id)\b/g, (short) => short.toUpperCase()).replace(/(\D)(\d)/g, "$1 $2");
export const sentence = (name) => words(name).replace(/^./, (first) => first.toUpperCase());
export const percent = (share) => `${Math.round(share * 100)} %`;
export const count = (number) => Number(number ?? 0).toLocaleString("en");
export const plural = (number, one, many = `${one}s`) => `${count(number)} ${number === 1 ? one : many}`;

/** An amount of dollars; small amounts keep the digits that tell them from nothing. */
export function money(amount) {
  if (amount === null || amount === undefined) return "–";
  const value = Number(amount);
  return `$${value.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: value !== 0 && Math.abs(value) < 1 ? 4 : 2 })}`;
}

export function bytes(number) {
  if (number < 1000) return `${number} B`;
  const [value, unit] = number < 1e6 ? [number / 1e3, "kB"] : number < 1e9 ? [number / 1e6, "MB"] : [number / 1e9, "GB"];
  return `${value.toLocaleString("en", { maximumFractionDigits: value < 10 ? 1 : 0 })} ${unit}`;
}

/** A span of seconds, as coarse as one would say it. */
export function duration(seconds) {
  if (seconds === null || seconds === undefined || !Number.isFinite(Number(seconds))) return "–";
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** Seconds between two printed times; until now when the second is missing. */
export const secondsBetween = (from, to) => (new Date(to ?? Date.now()) - new Date(from)) / 1000;

/** When something was, as a short local time. */
export function when(time) {
  if (!time) return "–";
  const date = new Date(time);
  const sameDay = date.toDateString() === new Date().toDateString();
  return date.toLocaleString("en-GB", sameDay ? { hour: "2-digit", minute: "2-digit" } : { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
}

/** Page numbers with runs joined: 2–5, 8. */
export function pageList(pages) {
  const runs = [];
  for (const page of [...pages].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && page === last[1] + 1) last[1] = page;
    else runs.push([page, page]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(", ");
}

/** Page numbers with the word for them. */
export const pagesOf = (pages) => `${pages.length === 1 ? "page" : "pages"} ${pageList(pages)}`;
