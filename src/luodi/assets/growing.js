// Rows of a form that grow: the button that would send the form for more rows adds them here, unless something waits to be read.
const ROWS = 5;

document.addEventListener("click", (event) => {
  const button = event.target.closest?.('button[name="more"]');
  const body = button?.form?.querySelector("[data-grows]");
  if (!body || [...button.form.querySelectorAll('[name="pasted"], [name="list"]')].some((one) => one.value)) return;
  event.preventDefault();
  const most = Number(body.dataset.most), first = body.rows.length;
  for (let place = first + 1; place <= Math.min(first + ROWS, most); place += 1) {
    const row = body.rows[first - 1].cloneNode(true);
    for (const wrong of row.querySelectorAll(".wrong")) wrong.remove();
    for (const field of row.querySelectorAll("input")) {
      field.name = field.name.replace(/[0-9]+$/, place);
      field.value = "";
      field.removeAttribute("aria-invalid");
      field.setAttribute("aria-label", field.getAttribute("aria-label").replace(/[0-9]+$/, place));
    }
    body.append(row);
  }
  body.rows[first]?.querySelector("input").focus();
});
