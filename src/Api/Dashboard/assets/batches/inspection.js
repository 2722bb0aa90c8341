import { bytes, plural } from "/assets/lib/format.js";

// What the service will look at first, looked at before anything is sent: size, content, count, repeats.
const signatures = [
  ["PDF", [0x25, 0x50, 0x44, 0x46]], ["PNG", [0x89, 0x50, 0x4e, 0x47]], ["JPEG", [0xff, 0xd8, 0xff]], ["GIF", [0x47, 0x49, 0x46, 0x38]], ["BMP", [0x42, 0x4d]],
  ["TIFF", [0x49, 0x49, 0x2a, 0x00]], ["TIFF", [0x4d, 0x4d, 0x00, 0x2a]], ["TIFF", [0x49, 0x49, 0x2b, 0x00]], ["TIFF", [0x4d, 0x4d, 0x00, 0x2b]], ["ZIP", [0x50, 0x4b, 0x03, 0x04]],
];
const headerBytes = 1024;
const largestToCompareBytes = 64 * 1000 * 1000;

/** Kinds of files that can be drawn by the browser. */
export const drawable = new Set(["PNG", "JPEG", "GIF", "BMP", "WebP"]);

/** The type that the first bytes say, or null. */
async function typeOf(file) {
  const head = new Uint8Array(await file.slice(0, headerBytes).arrayBuffer());
  const at = (offset, wanted) => wanted.every((value, index) => head[offset + index] === value);
  if (at(0, [0x52, 0x49, 0x46, 0x46]) && at(8, [0x57, 0x45, 0x42, 0x50])) return "WebP";
  const found = signatures.find(([, wanted]) => at(0, wanted));
  if (found) return found[0];
  // A PDF may begin with a few other bytes.
  return new TextDecoder("latin1").decode(head).includes("%PDF-") ? "PDF" : null;
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
  if (type === "unknown") return refuse("Not a supported type: its content is no PDF, image or ZIP.");
  if (twin) return { tone: "warn", text: `The same as ${twin}; sent once.`, send: false };
  if (mostFiles && taken >= mostFiles) return refuse(`More than ${plural(mostFiles, "file")}: put it into another batch.`);
  return { tone: "good", text: type === "ZIP" ? "Opened by the service" : "", send: true };
}
