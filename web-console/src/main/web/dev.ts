// Only in the bundle for development: loads the page again when the build has written a change.
export {};

const LOOK_MILLIS = 400;
let shown: string | null = null;

async function look(): Promise<void> {
  try {
    const change = await (await fetch('/a/change.txt')).text();
    if (shown !== null && change !== shown) {
      location.reload();
    }
    shown = change;
  } catch {
    // the server starts again
  }
  setTimeout(() => void look(), LOOK_MILLIS);
}

void look();
