'use strict';

import {API, call, element, follow, row, say, words} from '/api.js';

const ROWS_SHOWN = 200;
const form = document.getElementById('import');
const said = document.getElementById('import-said');
const progress = document.getElementById('import-progress');
const cancel = document.getElementById('import-cancel');
const table = document.getElementById('rows');
let run = null;

/** Lets people import a table; `imported` is called when new cameras may be there. */
export function mountImporting(imported) {
  form.addEventListener('submit', event => {
    event.preventDefault();
    begin(event.submitter?.name !== 'import', imported);
  });
  cancel.addEventListener('click', () => {
    call(`${API}/imports/${run}/cancel`, {method: 'POST'})
      .catch(e => say(said, e.message, true));
  });
}

async function begin(dryRun, imported) {
  const file = form.table.files[0];
  table.hidden = true;
  try {
    const query = new URLSearchParams({fileName: file.name, dryRun});
    const begun = await call(`${API}/imports?${query}`.replaceAll('+', '%20'), {
      method: 'POST', headers: {'Content-Type': 'application/octet-stream'}, body: file});
    run = begun.id;
    busy(true);
    follow(`${API}/imports/${run}/events`, {
      run: tell,
      ended: result => {
        busy(false);
        tell(result);
        showRows();
        if (!result.dryRun) {
          imported();
        }
      }
    }, 'ended', () => {
      busy(false);
      say(said, words.offline, true);
    });
  } catch (e) {
    say(said, e.message, true);
  }
}

function busy(on) {
  progress.hidden = !on;
  cancel.hidden = !on;
  form.elements.check.disabled = on;
  form.elements.import.disabled = on;
}

function tell(state) {
  progress.max = state.rows;
  progress.value = state.done;
  const counts = ['registered', 'updated', 'unchanged', 'failed']
    .map(outcome => `${words['outcome.' + outcome]} ${state[outcome]}`);
  const title = state.dryRun ? words.dryRun : state.fileName;
  say(said, `${title}: ${state.done} / ${state.rows}. ${counts.join(', ')}`, state.failed > 0);
}

async function showRows() {
  try {
    const page = await call(`${API}/imports/${run}/rows?limit=${ROWS_SHOWN}`);
    table.tBodies[0].replaceChildren(...page.items.map(item => {
      const made = row(String(item.line), element('span', words['outcome.' + item.outcome]),
        item.camera ?? '', item.column ?? '', item.message);
      made.className = item.outcome;
      return made;
    }));
    table.hidden = page.items.length === 0;
  } catch (e) {
    say(said, e.message, true);
  }
}
