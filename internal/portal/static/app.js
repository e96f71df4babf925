// The page: the claim as a form, as YAML and as a link, and what the function answers
// to it.
import { comparison } from './compare.js';
import { byId, element, reveal } from './dom.js';
import { form as formOf } from './form.js';
import { inOrder } from './paths.js';
import { drawPicture } from './picture.js';
import { problemsOf, worded } from './problems.js';
import { countOf, showResult } from './result.js';
import { get, latest, postYAML } from './server.js';
import { fragmentOf, textOf } from './share.js';
import { tabs } from './tabs.js';
import { toYAML } from './yaml.js';

const pause = 350; // Milliseconds without input before the function is called.

let claim = {};
let text = '';
let schema, form, problems, panels, compared, examples;

const say = (words) => { byId('state').textContent = words; };
const later = (action) => {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(action, pause);
  };
};

const written = (value) => {
  const { apiVersion, kind, metadata, spec, ...rest } = value;
  return toYAML({ apiVersion, kind, ...inOrder(schema, { metadata: metadata ?? {}, ...rest, spec: spec ?? {} }) });
};

function sayProblems({ shown, hidden }) {
  if (shown > 0) say(shown === 1 ? '1 problem to fix.' : `${shown} problems to fix.`);
  else if (hidden > 0) say('The claim is incomplete. The architecture shows the last valid one.');
}

const updateStack = latest((yaml) => postYAML('/api/stack', yaml), ({ ok, body: stack }) => {
  if (!ok) {
    sayProblems(problems.set(stack.problems));
    return;
  }
  problems.set([]);
  byId('picture').classList.remove('stale');
  drawPicture(byId('picture'), byId('part'), stack.picture);
  showResult(stack);
  say(`Valid: ${stack.resources.length} resources, ${countOf(stack.controls, 'Met')} controls met.`);
}, (e) => say(e.message));

async function update() {
  say('Updating…');
  byId('picture').classList.add('stale');
  await updateStack(text);
  await compared.update();
}

const updateSoon = later(update);

function saveInURL() {
  describeExample();
  history.replaceState(null, '', fragmentOf(text));
}

// edited follows an edit in the form.
function edited() {
  text = written(claim);
  byId('yaml').value = text;
  showYAMLProblem([]);
  saveInURL();
  updateSoon();
}

function showYAMLProblem(found) {
  byId('yaml-problem').textContent = worded(found);
  byId('yaml').setAttribute('aria-invalid', String(found.length > 0));
}

// take makes a claim in YAML the one of the page. It returns its problems if it is
// not a claim.
async function take(yaml) {
  const { ok, body } = await postYAML('/api/claim', yaml);
  if (!ok) return body.problems;
  claim = body;
  text = yaml;
  form.fill(claim);
  return [];
}

// editedYAML follows an edit of the YAML. Text that is not a claim does not change the
// form.
const editedYAML = latest(() => take(byId('yaml').value), (found) => {
  showYAMLProblem(found);
  if (found.length > 0) {
    say('The YAML is not a claim. The form shows the last valid one.');
    return;
  }
  saveInURL();
  problems.showAll();
  update();
}, (e) => say(e.message));

// open shows a claim of which no field was touched.
async function open(yaml) {
  const found = await take(yaml);
  if (found.length > 0) return found;
  byId('yaml').value = text;
  showYAMLProblem([]);
  problems.reset();
  await update();
  return [];
}

function notice(words) {
  byId('notice').textContent = words;
  byId('notice').hidden = words === '';
}

// describeExample selects an example, or none for a claim that is not one.
function describeExample(example) {
  byId('example').value = example?.name ?? '';
  byId('example-help').textContent = example?.description ?? 'Replaces the claim. Back restores it.';
}

async function openExample(example) {
  notice('');
  describeExample(example);
  await open(example.yaml);
}

// openURL opens the claim in the URL, or else the first example.
async function openURL() {
  notice('');
  let problem;
  try {
    const shared = textOf(location.hash);
    if (shared === undefined) return openExample(examples[0]);
    describeExample();
    problem = worded(await open(shared));
    if (problem === '') return undefined;
  } catch {
    problem = 'the link is damaged';
  }
  await openExample(examples[0]);
  return notice(`Cannot open the claim in this link: ${problem}. The form shows an example instead.`);
}

// copy copies a text. If the browser does not allow it, for example without TLS on
// another machine, it selects the text in a field instead.
async function copy(button, words, select) {
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(words);
    button.textContent = 'Copied';
  } catch {
    select();
    button.textContent = 'Press Ctrl+C to copy';
  }
  setTimeout(() => { button.textContent = label; }, 2000);
}

function copyClaim() {
  sayProblems(problems.showAll());
  return copy(byId('copy'), text, () => {
    panels.open('tab-yaml');
    byId('yaml').select();
  });
}

function copyLink() {
  const link = location.href.split('#')[0] + fragmentOf(text);
  return copy(byId('link'), link, () => {
    byId('link-text').value = link;
    byId('link-text').hidden = false;
    byId('link-text').select();
  });
}

// fromFile fills in the text of a file that the user chooses.
function fromFile(input, use) {
  input.addEventListener('change', async () => {
    if (input.files.length > 0) use(await input.files[0].text());
    input.value = '';
  });
}

function touched(e) {
  if (e.target.name?.includes('.')) sayProblems(problems.touch(e.target.name));
}

// explain shows the help of a field at the top, where there is no room for all.
function explain(e) {
  byId('help').textContent = e.target.parentElement.querySelector('small')?.textContent ?? '';
}

function listen() {
  byId('essentials').addEventListener('focusin', explain);
  byId('form').addEventListener('submit', (e) => e.preventDefault());
  byId('form').addEventListener('change', touched);
  byId('form').addEventListener('focusout', touched);
  byId('example').addEventListener('change', () => {
    const example = examples.find((e) => e.name === byId('example').value);
    history.pushState(null, '', fragmentOf(example.yaml)); // Back returns to the claim before.
    openExample(example);
  });
  byId('yaml').addEventListener('input', later(editedYAML));
  byId('copy').addEventListener('click', copyClaim);
  byId('link').addEventListener('click', copyLink);
  byId('size').addEventListener('click', () => {
    const full = byId('picture').classList.toggle('full');
    byId('size').setAttribute('aria-pressed', String(full));
  });
  byId('baseline').addEventListener('input', later(() => compared.set(byId('baseline').value)));
  byId('use-current').addEventListener('click', () => compared.set(text));
  byId('clear').addEventListener('click', () => compared.set(''));
  fromFile(byId('yaml-file'), (words) => { byId('yaml').value = words; editedYAML(); });
  fromFile(byId('baseline-file'), compared.set);
  byId('skip').addEventListener('click', (e) => {
    e.preventDefault();
    byId('result').focus();
  });
  addEventListener('popstate', openURL);
}

async function start() {
  let described;
  try {
    [described, examples] = await Promise.all([get('/api/form'), get('/api/examples')]);
  } catch (e) {
    say(e.message);
    return;
  }
  schema = described.schema;
  panels = tabs(byId('tabs'));
  form = formOf(described, byId('essentials'), byId('settings'), edited);
  problems = problemsOf(form, byId('problems'), () => {
    panels.open('tab-yaml');
    reveal(byId('yaml'));
  });
  compared = comparison(written, () => ({ claim, text }));
  byId('example').append(...examples.map((e) => element('option', { value: e.name, textContent: e.title })));
  listen();
  await openURL();
}

start();
