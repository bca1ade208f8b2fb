/* What can be sent besides words. A photo and a voice note are empty; a document is a real file of this computer. */

import { copiesOf } from "./dom.js";
import { choice, Menu } from "./menu.js";
import { PLACES } from "./places.js";

/** Return the buttons, a menu and a field for files; `send(deed, more)` is called with what was chosen. */
export function attachTools(send) {
  const [voice, attach, list, files] = copiesOf("attach");
  voice.addEventListener("click", () => send("voice"));
  list.append(
    choice("photo", "Photo", () => send("photo")),
    choice("document", "Document", () => files.click()),
    ...PLACES.map(({ name, place }) => choice("location", name, () => send("location", { place }))),
  );
  files.addEventListener("change", async () => {
    const [file] = files.files;
    files.value = ""; // so that the same file can be chosen again
    if (file) send("document", { name: file.name, data: await read(file) });
  });
  new Menu(attach, list);
  return [voice, attach, list, files];
}

/** Return a file as base64. */
async function read(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), ""));
}
