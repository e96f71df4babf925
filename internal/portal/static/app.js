// The page: the claim as a form, as YAML and as a link, and what the function answers
// to it.
import { comparison } from './compare.js';
import { copyTo } from './copy.js';
import { byId, fromFile, reveal } from './dom.js';
import { examplesOf } from './examples.js';
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
let version = 0; // Of the claim. An answer about an older one is ignored.
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
  else if (hidden > 0) say('The claim is incomplete. The architecture shows the last valid claim.');
}

// setStale marks the architecture and the cost as those of an older claim.
function setStale(stale) {
  for (const id of ['picture', 'estimate']) byId(id).classList.toggle('stale', stale);
}

const updateStack = latest((yaml) => postYAML('/api/stack', yaml), ({ ok, body: stack }) => {
  if (!ok) {
    sayProblems(problems.set(stack.problems));
    return;
  }
  problems.set([]);
  setStale(false);
  drawPicture(byId('picture'), byId('part'), stack.picture);
  showResult(stack);
  say(`Valid: ${stack.resources.length} resources, ${countOf(stack.controls, 'Met')} controls met.`);
}, (e) => say(e.message));

async function update() {
  say('Updating…');
  setStale(true);
  await updateStack(text);
  await compared.update();
}

const saveInURL = () => history.replaceState(null, '', fragmentOf(text));

const updateSoon = later(() => {
  saveInURL();
  update();
});

// edited follows an edit in the form.
function edited() {
  version++;
  text = written(claim);
  examples.show();
  byId('yaml').value = text;
  showYAMLProblem([]);
  updateSoon();
}

function showYAMLProblem(found) {
  byId('yaml-problem').textContent = worded(found);
  byId('yaml').setAttribute('aria-invalid', String(found.length > 0));
}

// take makes a claim in YAML the one of the page. It returns its problems if it is
// not a claim, or undefined if the claim changed in the meantime.
async function take(yaml) {
  const mine = ++version;
  const { ok, body } = await postYAML('/api/claim', yaml);
  if (mine !== version) return undefined;
  if (!ok) return body.problems;
  claim = body;
  text = yaml;
  form.fill(claim);
  return [];
}

// editedYAML follows an edit of the YAML. Text that is not a claim does not change the
// form.
async function editedYAML() {
  const found = await take(byId('yaml').value);
  if (!found) return;
  showYAMLProblem(found);
  if (found.length > 0) {
    say('The YAML is not a claim. The form shows the last valid claim; an edit in the form replaces the YAML.');
    return;
  }
  examples.show();
  saveInURL();
  problems.showAll();
  await update();
}

// open shows a claim of which no field was touched.
async function open(yaml) {
  const found = await take(yaml);
  if (!found || found.length > 0) return found ?? [];
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

async function openExample(example) {
  notice('');
  examples.show(example);
  await open(example.yaml);
}

// sharedClaim returns the YAML in the URL, or why it cannot be read.
function sharedClaim() {
  try {
    return { yaml: textOf(location.hash) };
  } catch {
    return { problem: 'the link is damaged' };
  }
}

// openURL opens the claim in the URL, or else the first example.
async function openURL() {
  const { yaml, problem } = sharedClaim();
  if (!problem && yaml === undefined) {
    await openExample(examples.first);
    return;
  }
  notice('');
  examples.show();
  const refused = problem ?? worded(await open(yaml));
  if (refused === '') return;
  await openExample(examples.first);
  notice(`Cannot open the claim in this link: ${refused}. The form shows an example instead.`);
}

function copyClaim() {
  sayProblems(problems.showAll());
  return copyTo(byId('copy'), text, () => {
    panels.open('tab-yaml');
    byId('yaml').select();
  });
}

function copyLink() {
  const link = location.href.split('#')[0] + fragmentOf(text);
  return copyTo(byId('link'), link, () => {
    byId('link-text').value = link;
    byId('link-text').hidden = false;
    byId('link-text').select();
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
  byId('yaml').addEventListener('input', later(guarded(editedYAML)));
  byId('copy').addEventListener('click', copyClaim);
  byId('link').addEventListener('click', copyLink);
  byId('size').addEventListener('click', () => {
    const full = byId('picture').classList.toggle('full');
    byId('size').setAttribute('aria-pressed', String(full));
  });
  byId('baseline').addEventListener('input', later(() => compared.set(byId('baseline').value)));
  byId('use-current').addEventListener('click', () => compared.set(text));
  byId('clear').addEventListener('click', () => compared.set(''));
  fromFile(byId('yaml-file'), (words) => {
    byId('yaml').value = words;
    guarded(editedYAML)();
  });
  fromFile(byId('baseline-file'), compared.set);
  byId('skip').addEventListener('click', (e) => {
    e.preventDefault();
    byId('result').focus();
  });
  addEventListener('popstate', guarded(openURL));
}

// replaceBy opens an example. Back returns to the claim before.
function replaceBy(example) {
  saveInURL();
  history.pushState(null, '', fragmentOf(example.yaml));
  return openExample(example);
}

// guarded reports errors of an action, such as a portal that does not answer.
const guarded = (action) => async (...values) => {
  try {
    await action(...values);
  } catch (e) {
    say(e.message);
  }
};

async function start() {
  const [described, offered] = await Promise.all([get('/api/form'), get('/api/examples')]);
  schema = described.schema;
  panels = tabs(byId('tabs'));
  form = formOf(described, byId('essentials'), byId('settings'), edited);
  problems = problemsOf(form, byId('problems'), () => {
    panels.open('tab-yaml');
    reveal(byId('yaml'));
  });
  compared = comparison(written, () => ({ claim, text }));
  examples = examplesOf(offered, guarded(replaceBy));
  listen();
  await openURL();
}

guarded(start)();
