import { drawn, element } from "/assets/lib/dom.js";
import { drawable } from "/assets/batches/inspection.js";

const width = 44;
const height = 56;
const largestToDrawBytes = 40 * 1000 * 1000;
/** What no browser draws by itself: the service does. */
const renderedThere = new Set(["PDF", "TIFF", "DOCX", "PPTX", "XLSX", "HTML", "e-mail", "Markdown", "CSV", "text"]);
let rendering = Promise.resolve();

/** A small picture of the first page; a sheet with its type on it until that is there, and for what has none. */
export function thumbnail(entry) {
  const frame = element("span", { class: "thumb", "aria-hidden": "true" }, sheet(entry.type));
  if (entry.file.size <= largestToDrawBytes && (drawable.has(entry.type) || renderedThere.has(entry.type))) {
    // A canvas, because the pages' rules let no other picture in than the service's own.
    pictureOf(entry, frame).then(createImageBitmap).then((picture) => {
      const scale = Math.min(width / picture.width, height / picture.height);
      const density = globalThis.devicePixelRatio || 1;
      const canvas = element("canvas", { width: Math.max(1, Math.round(picture.width * scale * density)), height: Math.max(1, Math.round(picture.height * scale * density)) });
      canvas.style.width = `${picture.width * scale}px`;
      const pen = canvas.getContext("2d");
      pen.imageSmoothingQuality = "high";
      pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
      picture.close();
      frame.replaceChildren(canvas);
    }, () => { /* What cannot be drawn keeps its sheet. */ });
  }
  return frame;
}

/** Files go to the service one after the other, and not at all once their row has gone: what is being worked on goes first. */
function pictureOf({ file, type }, frame) {
  if (drawable.has(type)) return Promise.resolve(file);
  const picture = rendering.then(async () => {
    if (!frame.isConnected) throw new Error("The row has gone.");
    const answer = await fetch("/v1/previews", { method: "POST", headers: { "Content-Type": "application/octet-stream" }, body: file });
    if (!answer.ok) throw new Error(`The service answered ${answer.status}.`);
    return answer.blob();
  });
  rendering = picture.catch(() => {});
  return picture;
}

const sheet = (type) => drawn("svg", { width: 36, height: 44, viewBox: "0 0 36 44" },
  drawn("path", { d: "M4 1.5h19l9.5 9.5v31.5H4z", fill: "var(--surface)", stroke: "var(--line-strong)" }),
  drawn("path", { d: "M23 1.5v9.5h9.5", fill: "none", stroke: "var(--line-strong)" }),
  drawn("path", { d: "M9 17h16M9 21h18M9 25h12", stroke: "var(--line)", "stroke-width": 2 }),
  drawn("text", { x: 18, y: 37, "text-anchor": "middle", "font-size": 9, "font-weight": 700, fill: "currentColor" }, type === "unknown" || type === "unreadable" ? "?" : type));
