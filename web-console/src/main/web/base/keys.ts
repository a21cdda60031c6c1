/** Whether a key press is meant for a field or a dialog and not for the screen. */
export function isTyping(event: KeyboardEvent): boolean {
  return event.composedPath().some(target =>
    target instanceof HTMLElement
      && (target.matches('input, select, textarea, dialog') || target.isContentEditable));
}

/** Whether a modifier makes it a command of the browser. */
export function isCommand(event: KeyboardEvent): boolean {
  return event.ctrlKey || event.metaKey || event.altKey;
}
