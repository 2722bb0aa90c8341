import { bytes, plural } from "/assets/lib/format.js";

// What the service will look at first, looked at before anything is sent: size, content, count, repeats.
const signatures = [
  ["PDF", [0x25, 0x50, 0x44, 0x46]], ["PNG", [0x89, 0x50, 0x4e, 0x47]], ["JPEG", [0xff, 0xd8, 0xff]], ["GIF", [0x47, 0x49, 0x46, 0x38]], ["BMP", [0x42, 0x4d]],
  ["TIFF", [0x49, 0x49, 0x2a, 0x00]], ["TIFF", [0x4d, 0x4d, 0x00, 0x2a]], ["TIFF", [0x49, 0x49, 0x2b, 0x00]], ["TIFF", [0x4d, 0x4d, 0x00, 0x2b]], ["ZIP", [0x50, 0x4b, 0x03, 0x04]],
];
const headerBytes = 64 * 1024;
const pdfHeaderBytes = 1024;
/** Names of parts tell office files from other archives. */
const officeParts = [["DOCX", "word/"], ["PPTX", "ppt/"], ["XLSX", "xl/"]];
/** Text has no mark of its own; under the name of something else it is a mistake. */
const textNames = { txt: "text", text: "text", log: "text", md: "Markdown", markdown: "Markdown", csv: "CSV", tsv: "CSV", htm: "HTML", html: "HTML", xhtml: "HTML", eml: "e-mail" };
const otherNames = new Set("pdf png jpg jpeg jpe tif tiff webp bmp gif heic docx docm doc dotx pptx pptm ppt xlsx xlsm xls odt ods odp rtf msg epub zip gz 7z rar tar exe dll bin mp3 mp4 mov wav ps eps".split(" "));
const largestToCompareBytes = 64 * 1000 * 1000;

/** Kinds of files that can be drawn by the browser. */
export const drawable = new Set(["PNG", "JPEG", "GIF", "BMP", "WebP"]);

/** The type that the first bytes say, or null. */
async function typeOf(file) {
  const head = new Uint8Array(await file.slice(0, headerBytes).arrayBuffer());
  const at = (offset, wanted) => wanted.every((value, index) => head[offset + index] === value);
  if (at(0, [0x52, 0x49, 0x46, 0x46]) && at(8, [0x57, 0x45, 0x42, 0x50])) return "WebP";
  const found = signatures.find(([, wanted]) => at(0, wanted));
  const text = new TextDecoder("latin1").decode(head);
  if (found) return found[0] === "ZIP" ? officeType(text) ?? "ZIP" : found[0];
  // A PDF may begin with a few other bytes.
  return text.slice(0, pdfHeaderBytes).includes("%PDF-") ? "PDF" : textType(file.name, head, text);
}

const officeType = (text) => (/\[Content_Types\]\.xml|_rels\/|docProps\//.test(text) && officeParts.find(([, folder]) => text.includes(folder))?.[0]) || null;

function textType(name, head, text) {
  const isWide = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  if (!isWide && /[\x00-\x08\x0e-\x19\x1c-\x1f]/.test(text)) return null;
  if (text.startsWith("{\\rtf") || text.startsWith("%!")) return null;
  if (/^(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|body)[\s>]/i.test(text)) return "HTML";
  const ending = name.includes(".") ? name.slice(name.lastIndexOf(".") + 1).toLowerCase() : "";
  return otherNames.has(ending) ? null : textNames[ending] ?? "text";
}

async function digest(file) {
  if (!globalThis.crypto?.subtle || file.size > largestToCompareBytes) return `${file.name}/${file.size}/${file.lastModified}`;
  const hash = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return Array.from(new Uint8Array(hash), (value) => value.toString(16).padStart(2, "0")).join("");
}

/**
 * Looks at every chosen file and says what would become of it.
 * @param entries `{ file, type, digest, verdict }`; what is missing is filled in. A verdict is `{ tone, text, send }`.
 */
export async function inspect(entries, { largestBytes, mostFiles }) {
  const sizes = new Map();
  for (const { file } of entries) sizes.set(file.size, (sizes.get(file.size) ?? 0) + 1);
  for (const entry of entries) {
    try {
      entry.type ??= (await typeOf(entry.file)) ?? "unknown";
      // Only files of one size can be the same.
      if (sizes.get(entry.file.size) > 1) entry.digest ??= await digest(entry.file);
    } catch {
      entry.type = "unreadable";
    }
  }
  const seen = new Map();
  let taken = 0;
  for (const entry of entries) {
    entry.verdict = verdictOn(entry, seen.get(entry.digest), taken, largestBytes, mostFiles);
    if (entry.verdict.send) {
      taken += 1;
      if (entry.digest) seen.set(entry.digest, entry.file.name);
    }
  }
}

function verdictOn({ file, type }, twin, taken, largestBytes, mostFiles) {
  const refuse = (text) => ({ tone: "bad", text, send: false });
  if (type === "unreadable") return refuse("The browser cannot read this file.");
  if (file.size === 0) return refuse("The file is empty.");
  if (largestBytes && file.size > largestBytes) return refuse(`Too large: at most ${bytes(largestBytes)} a file.`);
  if (type === "unknown") return refuse("Not a supported type: its content is no PDF, image, office file, text or ZIP.");
  if (twin) return { tone: "warn", text: `The same as ${twin}; sent once.`, send: false };
  if (mostFiles && taken >= mostFiles) return refuse(`More than ${plural(mostFiles, "file")}: put it into another batch.`);
  return { tone: "good", text: type === "ZIP" ? "Opened by the service" : "", send: true };
}
