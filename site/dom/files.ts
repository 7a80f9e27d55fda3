/** Files that are opened or dropped, as text. */
import { decodeBytes } from '../../access/explain/document/decode-bytes';
import { byId } from './element';

/** `take`: the text, and a sentence where it was not UTF-8. `refuse`: why the bytes are no text. */
export function onFiles(
  take: (text: string, note: string | undefined) => void,
  refuse: (why: string) => void,
): void {
  const file = byId<'input'>('file');
  const read = async (chosen: File | null | undefined): Promise<void> => {
    if (chosen === null || chosen === undefined) return;
    const decoded = decodeBytes(new Uint8Array(await chosen.arrayBuffer()));
    if ('refused' in decoded) refuse(decoded.refused);
    else take(decoded.text, decoded.note);
  };
  byId<'button'>('open').addEventListener('click', () => file.click());
  file.addEventListener('change', () => {
    void read(file.files?.[0]);
    file.value = '';
  });
  const isOver = (is: boolean): void => void document.body.classList.toggle('dropping', is);
  document.addEventListener('dragover', (event) => {
    event.preventDefault();
    isOver(true);
  });
  document.addEventListener('dragleave', () => isOver(false));
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    isOver(false);
    const { files } = event.dataTransfer ?? {};
    if (files?.length) void read(files[0]);
    else take(event.dataTransfer?.getData('text/plain') ?? '', undefined);
  });
}
