// Sends each file that is chosen in a box with `data-upload` to its door, one after the other, and says how far it
// is and what is wrong. The page's own form is not touched: nothing typed is lost when a file is refused.
(() => {
  const MEGABYTE = 1_048_576;
  const TRY_AGAIN = "The selected file could not be uploaded – try again";
  const ENDED = "Your sign-in has ended. Sign in in another tab, then select the file again";

  const beside = (box, what) => document.getElementById(`${box.id}-${what}`);
  const tell = (box, words) => (beside(box, "said").textContent = words);

  const refuse = (box, file, words) => {
    const line = document.createElement("p");
    line.className = "k-problem";
    const error = document.createElement("span");
    error.className = "k-hidden";
    error.textContent = "Error: ";
    line.append(error, `${file.name}: ${words}`);
    beside(box, "problem").append(line);
    box.setAttribute("aria-invalid", "true");
  };

  const wordsOf = (request, most) => {
    if (request.status === 413) return `The selected file must be smaller than ${most}MB`;
    if (request.status === 401) return ENDED;
    try {
      return JSON.parse(request.responseText).detail || TRY_AGAIN;
    } catch {
      return TRY_AGAIN;
    }
  };

  const send = (box, file) =>
    new Promise((done) => {
      const most = Number(box.dataset.most);
      if (file.size > most * MEGABYTE) return done(`The selected file must be smaller than ${most}MB`);
      if (file.size === 0) return done("The selected file is empty");
      const progress = beside(box, "progress");
      const request = new XMLHttpRequest();
      request.open("POST", box.dataset.upload);
      request.setRequestHeader("content-type", "application/octet-stream");
      request.setRequestHeader("x-file-name", encodeURIComponent(file.name));
      request.upload.onprogress = (event) => {
        if (event.lengthComputable) progress.value = Math.floor((100 * event.loaded) / event.total);
      };
      request.upload.onload = () => tell(box, `${file.name} is sent and is being checked …`);
      request.onload = () => done(request.status === 201 ? "" : wordsOf(request, most));
      request.onerror = request.onabort = () => done(TRY_AGAIN);
      progress.value = 0;
      request.send(file);
    });

  document.addEventListener("change", async (event) => {
    const box = event.target;
    if (!box.matches?.("input[type=file][data-upload]") || !box.files.length) return;
    const files = [...box.files];
    const progress = beside(box, "progress");
    beside(box, "problem").replaceChildren();
    box.removeAttribute("aria-invalid");
    box.setAttribute("aria-busy", "true");
    progress.hidden = false;
    let added = 0;
    for (const file of files) {
      tell(box, `${file.name} is being sent …`);
      const wrong = await send(box, file);
      if (wrong) refuse(box, file, wrong);
      else added += 1;
    }
    progress.hidden = true;
    box.removeAttribute("aria-busy");
    box.value = ""; // so that the same file can be chosen again
    tell(box, added ? `${added === 1 ? "1 file is" : `${added} files are`} added.` : "");
    if (added) beside(box, "done").click();
  });
})();
