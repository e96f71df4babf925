// Requests to the portal, which calls the function.

async function call(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Error('Cannot reach the portal. Check that it is still running.');
  }
  return { ok: response.ok, body: await response.json() };
}

export const get = async (path) => (await call(path)).body;

const postAs = (type) => (path, body) => call(path, { method: 'POST', body, headers: { 'Content-Type': type } });

export const postYAML = postAs('application/yaml');
export const postJSON = (path, body) => postAs('application/json')(path, JSON.stringify(body));

// latest returns a function that calls another one and ignores all answers but that
// of its last call.
export function latest(ask, use, fail) {
  let last = 0;
  return async (...values) => {
    const mine = ++last;
    let answer;
    try {
      answer = await ask(...values);
    } catch (e) {
      if (mine === last) fail(e);
      return;
    }
    if (mine === last) use(answer);
  };
}
