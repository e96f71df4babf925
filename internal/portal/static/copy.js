// Copying the claim and its link.
import { byId } from './dom.js';

const shownFor = 2000; // Milliseconds.

// copyTo copies a text, and confirms it on the button. If the browser does not allow
// copying, for example without TLS on another machine, it selects the text in a field.
export async function copyTo(button, text, select) {
  button.dataset.label ??= button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = 'Copied';
  } catch {
    select();
    button.textContent = 'Press Ctrl+C to copy';
  }
  byId('copied').textContent = button.textContent; // For screen readers.
  setTimeout(() => {
    button.textContent = button.dataset.label;
    byId('copied').textContent = '';
  }, shownFor);
}
