// The only script of the application. Every page works without it: it adds
// the design system's behaviours to markup that is already complete.
import { initAll } from "nhsuk-frontend";

initAll();

// Where a filter stands above its list, it begins closed, so that the list is
// in sight.
if (window.matchMedia("(max-width: 48em)").matches) {
  for (const filter of document.querySelectorAll("details.app-filter")) {
    filter.open = false;
  }
}
