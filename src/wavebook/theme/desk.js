// Follows the tests of the book: the page comes anew once they are done, but never while something typed is not saved.
{
  const { src, dataset: { version } } = document.currentScript;
  const fields = [...document.querySelectorAll("textarea, input, select")];
  const isTyped = () => fields.some((field) => field.matches("select") ? [...field.options].some((o) => o.selected !== o.defaultSelected) : field.value !== field.defaultValue);
  const status = document.getElementById("status");
  let changes;
  const listen = () => {
    changes = new EventSource(new URL("desk/changes", src));
    changes.onmessage = (event) => {
      if (event.data === version) return;
      if (isTyped()) status.textContent = "The book was tested again. What you typed is kept; save it, or load this page again.";
      else location.replace(location.href);
    };
  };
  document.addEventListener("visibilitychange", () => document.hidden ? changes?.close() : listen());
  if (!document.hidden) listen();
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.matches("textarea")) event.target.form.requestSubmit();
  });
}
