// Marks the page as able to run scripts before anything is drawn.
// It is a file, and not a line in the page, because the content security
// policy allows no inline script. It must stay the first element of the body.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("nhsuk-frontend-supported");
}
