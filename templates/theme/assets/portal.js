// What the portal does with scripts on: keeps the chosen theme, closes the phone menu, prints and copies, lets wide tables be scrolled by key.
(() => {
  const root = document.documentElement;
  const themes = ["light", "dark"];
  const wear = (theme) => {
    if (themes.includes(theme)) root.dataset.theme = theme;
    else delete root.dataset.theme;
  };
  // A browser may forbid storage: then the choice lasts as long as the page.
  const kept = () => { try { return localStorage.getItem("theme") || ""; } catch { return ""; } };
  const keep = (theme) => { try { localStorage.setItem("theme", theme); } catch { /* it lasts as long as the page */ } };
  // Here, before anything is shown, so that no page flashes in the other theme.
  wear(kept());

  const begin = () => {
    const tone = document.getElementById("tone");
    if (tone) {
      const now = kept();
      for (const choice of tone.querySelectorAll("input")) choice.checked = choice.value === now;
      tone.addEventListener("change", (event) => { wear(event.target.value); keep(event.target.value); });
      tone.hidden = false;
    }

    const menu = document.querySelector("details.menu");
    if (menu) {
      document.addEventListener("keydown", (event) => {
        if (event.key !== "Escape" || !menu.open) return;
        menu.open = false;
        menu.firstElementChild.focus();
      });
    }

    // Buttons that need scripts stand hidden in the page.
    for (const button of document.querySelectorAll("button[data-print]")) {
      button.hidden = false;
      button.addEventListener("click", () => print());
    }
    for (const button of navigator.clipboard ? document.querySelectorAll("button[data-copy]") : []) {
      const said = button.firstChild;
      const before = said.textContent;
      button.hidden = false;
      button.setAttribute("aria-live", "polite");
      button.addEventListener("click", async () => {
        const field = document.getElementById(button.dataset.copy);
        try { await navigator.clipboard.writeText(field.value); } catch { field.select(); return; }
        said.textContent = button.dataset.done;
        setTimeout(() => { said.textContent = before; }, 4000);
      });
    }

    const reach = () => {
      for (const box of document.querySelectorAll("main pre, main .wide")) {
        if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
        else box.removeAttribute("tabindex");
      }
    };
    reach();
    addEventListener("load", reach); // with the style and the font in place, widths are the real ones
    addEventListener("resize", reach);
    addEventListener("storage", (event) => { if (event.key === "theme") wear(event.newValue); });
  };
  // The script is fetched beside the page, which may be whole before it.
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
