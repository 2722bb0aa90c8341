import { element, setText } from "/assets/lib/dom.js";

/** How strongly a tier is shown: the first of the rubric most, the last least. */
function rankOf(tier, tiers) {
  const at = tiers.indexOf(tier);
  return at < 0 ? "low" : at === 0 ? "high" : at === tiers.length - 1 ? "low" : "middle";
}

/** A tier as a word with a weight: `{ node, update(tier, tiers) }`. @param tiers All tiers, highest first. */
export function tierMark() {
  const node = element("span", { class: "tier" });
  return {
    node,
    update(tier, tiers) {
      setText(node, tier ?? "");
      node.hidden = !tier;
      node.dataset.rank = rankOf(tier, tiers);
    },
  };
}

/** A score as a figure over a line that it fills: `{ node, update(score, rank) }`. */
export function scoreMeter() {
  const figure = element("span", { class: "score-figure" });
  const fill = element("span");
  const node = element("span", { class: "score" }, figure, element("span", { class: "score-line", "aria-hidden": "true" }, fill));
  return {
    node,
    update(score, tier, tiers) {
      const isKnown = score !== null && score !== undefined;
      setText(figure, isKnown ? score : "–");
      fill.style.width = `${isKnown ? Math.max(0, Math.min(100, score)) : 0}%`;
      node.dataset.rank = rankOf(tier, tiers);
    },
  };
}

/** Every tier with its count: "3 HOT, 4 WATCH". */
export const tallyOfTiers = (tiers = {}) => Object.entries(tiers).filter(([, number]) => number > 0).map(([tier, number]) => `${number} ${tier}`).join(", ");
