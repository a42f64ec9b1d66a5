// The only script of the application. Every page works without it: it adds
// the design system's behaviours to markup that is already complete.
import { initAll } from "nhsuk-frontend";

initAll();
