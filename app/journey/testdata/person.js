// What somebody at the page can read and reach. Nothing here changes the page: pressing and typing are real events of
// mouse and keyboard, sent from outside.
(() => {
  const words = (s) => s.replace(/\s+/g, " ").trim();
  const shown = (e) => e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length > 0;

  // heard is the whole name of a control; seen leaves out the words that are for screen readers alone.
  const heard = (e) => e.getAttribute("aria-label") || words(e.textContent);
  const seen = (e) => {
    const walker = document.createTreeWalker(e, NodeFilter.SHOW_TEXT);
    let text = "";
    while (walker.nextNode()) {
      if (!walker.currentNode.parentElement.closest(".nhsuk-u-visually-hidden, .nhsuk-table__heading")) {
        text += walker.currentNode.data;
      }
    }
    return words(text);
  };

  // one finds the single shown thing with the name. Several links to one place are one thing.
  const one = (kind, candidates, name) => {
    const all = candidates.filter(shown);
    for (const read of [heard, seen]) {
      const found = all.filter((e) => read(e) === name);
      if (found.length === 1 || (found.length > 1 && found.every((e) => e.href && e.href === found[0].href))) {
        return found[0];
      }
      if (found.length > 1) {
        throw `there are ${found.length} of the ${kind} “${name}”`;
      }
    }
    throw `there is no ${kind} “${name}” among: ${all.map(heard).join(" | ")}`;
  };
  const all = (selector, within) => [...(within || document).querySelectorAll(selector)];
  const button = (name) => one("button", all("button, [role=button], summary"), name);
  const link = (name) => one("link", all("a[href]:not([role=button])"), name);
  const question = (name) => (name ? one("question", all("legend"), name).closest("fieldset") : document);
  const label = (name, within) => one("field", all("label", question(within)), name);
  const field = (name, within) => label(name, within).control;

  // spot scrolls to a thing and gives the place to press, which must not be under something else.
  const spot = (e) => {
    e.scrollIntoView({ block: "center", behavior: "instant" });
    const box = [...e.getClientRects()].find((r) => r.width > 0 && r.height > 0);
    const x = box.x + box.width / 2;
    const y = box.y + box.height / 2;
    const top = document.elementFromPoint(x, y);
    if (top !== e && !e.contains(top) && !(top && top.labels && [...top.labels].includes(e))) {
      throw `“${heard(e)}” is covered by ${top ? top.outerHTML.slice(0, 80) : "nothing on the screen"}`;
    }
    return { x, y };
  };
  const described = (e) => (e.getAttribute("aria-describedby") || "").split(" ").map((id) => document.getElementById(id));
  const mistakes = (e) => described(e).filter((d) => d && d.classList.contains("nhsuk-error-message"));

  // solids are what a picture may not be cut through: each with its top and its bottom on the page, in their order. What stands over something, such
  // as a heading or the head of a table, reaches to the end of what it stands over.
  const solids = () => {
    const over = "h1, h2, h3, h4, caption, thead tr, legend, label";
    const list = all(`${over}, p, tr, li, dt, dd, a, button, input, textarea, select, summary, figure, .nhsuk-tag`)
      .filter((e) => shown(e) && !(e.matches("li") && e.querySelector("h2, h3, p, table, ul, ol, dl")))
      .map((e) => {
        const box = e.getBoundingClientRect();
        return { over: e.matches(over), top: box.top + window.scrollY, bottom: box.bottom + window.scrollY };
      });
    for (let i = list.length - 2; i >= 0; i--) {
      if (list[i].over) {
        list[i].bottom = Math.max(list[i].bottom, list[i + 1].bottom);
      }
    }
    return list;
  };
  const cut = (y) => solids().filter((s) => s.top < y - 1 && s.bottom > y + 1).length;

  return {
    cut, // how many solids a line across the page goes through
    // the height, so many pixels at the most, at which a picture from the top of the page ends with the end of something
    end: (most) => {
      const page = document.documentElement.scrollHeight;
      if (page <= most) {
        return page;
      }
      const list = solids();
      const ends = list.map((s) => s.bottom).filter((y) => y <= most && !list.some((s) => s.top < y - 1 && s.bottom > y + 1));
      const y = Math.max(...ends);
      return Math.ceil(Math.min(y + 12, most, ...list.map((s) => s.top).filter((top) => top >= y)));
    },
    text: () => words(document.body.innerText),
    part: (selector) => all(selector).filter(shown).map((e) => words(e.innerText)),
    heading: () => words(document.querySelector("h1").innerText),
    ready: () => document.readyState === "complete",
    scripted: () => document.body.classList.contains("nhsuk-frontend-supported"),
    width: () => [window.innerWidth, document.documentElement.scrollWidth],
    skeleton: () => [...new Set(all("body *").map((e) => e.tagName + "." + e.className))].sort().join(" "),
    focused: () => {
      const e = document.activeElement;
      return e.labels && e.labels.length ? heard(e.labels[0]) : heard(e) || e.tagName;
    },
    isFocused: (name) => document.activeElement === field(name),
    inMain: () => !!document.activeElement.closest("main"),
    button: (name) => spot(button(name)),
    link: (name) => spot(link(name)),
    label: (name, within) => spot(label(name, within)),
    field: (name, within) => spot(field(name, within)),
    has: (kind, name) => {
      try {
        return !!{ button, link, field }[kind](name);
      } catch {
        return false;
      }
    },
    // ready to be typed over: what a person does with a triple click or Ctrl and A.
    mark: (name, within) => {
      const e = field(name, within);
      if (document.activeElement !== e) {
        throw `“${name}” does not take what is typed`;
      }
      e.select();
    },
    value: (name, within) => {
      const e = field(name, within);
      return e.type === "checkbox" || e.type === "radio" ? String(e.checked) : e.value;
    },
    mistake: (name) => {
      const legend = all("legend").find((l) => seen(l) === name);
      return mistakes(legend ? legend.closest("fieldset") : field(name)).map((d) => words(d.textContent)).join(" ");
    },
    // links that lead nowhere: to a page that does not come, or to a place that is not on this one
    dead: async () => {
      const lost = [];
      for (const href of new Set(all("a[href]").map((e) => e.getAttribute("href")))) {
        const to = new URL(href, location.href);
        if (href.startsWith("#")) {
          if (!document.getElementById(href.slice(1))) {
            lost.push(href);
          }
        } else if (to.origin === location.origin) {
          const answer = await fetch(to, { cache: "no-store" });
          if (!answer.ok) {
            lost.push(`${href} (${answer.status})`);
          }
        }
      }
      return lost;
    },
    rows: () => all("table tbody tr").map((r) => all("th, td", r).map((c) => seen(c))),
  };
})()
