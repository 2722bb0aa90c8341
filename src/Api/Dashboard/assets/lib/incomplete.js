// A page whose script did not arrive looks alive and does nothing, so it says so. This is no module, because modules arrive as late as what is watched here.
addEventListener("error", ({ target }) => {
  if (!(target instanceof HTMLScriptElement)) return;
  const show = () => {
    const title = document.createElement("strong");
    title.textContent = "This page did not load completely";
    const words = document.createElement("div");
    words.append(title, "A part of it did not arrive. What was sent before is kept.");
    const again = document.createElement("button");
    again.type = "button";
    again.className = "small";
    again.textContent = "Load again";
    again.addEventListener("click", () => location.reload());
    const trouble = document.createElement("div");
    trouble.className = "trouble";
    trouble.setAttribute("role", "alert");
    trouble.append(words, again);
    document.getElementById("content").prepend(trouble);
  };
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", show, { once: true });
  else show();
}, true);
