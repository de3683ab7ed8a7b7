/** Shows openapi.yaml to people: every operation, what it takes and what it answers. */

/** @typedef {Record<string, any>} Part a part of the document */

const METHODS = ['get', 'post', 'put', 'delete'];

/** @type {Part} */
const openApi = /** @type {any} */ (globalThis).jsyaml.load(await (await fetch('openapi.yaml')).text());

/**
 * Follows a reference inside the document, if it is one.
 * @param {Part} node
 * @returns {Part}
 */
function resolved(node) {
  if (!node?.$ref) return node;
  return node.$ref
    .slice(2)
    .split('/')
    .reduce((/** @type {Part} */ part, /** @type {string} */ key) => part[key], openApi);
}

/**
 * An element with text or elements in it.
 * @param {string} tag
 * @param {...(string | Node)} content
 */
function element(tag, ...content) {
  const made = document.createElement(tag);
  made.append(...content);
  return made;
}

/**
 * A schema in one line of a person's words.
 * @param {Part} schema
 * @returns {string}
 */
function kind(schema) {
  const { type, items, enum: values, const: value, minimum, maximum, default: otherwise } = resolved(schema);
  const parts = [values ? values.join(' | ') : (value ?? type ?? 'one of several')];
  if (items) parts.push(`of ${kind(items)}`);
  if (minimum !== undefined && maximum !== undefined) parts.push(`from ${minimum} to ${maximum}`);
  if (otherwise !== undefined) parts.push(`(${otherwise} unless said)`);
  return parts.join(' ');
}

/**
 * The members of an object as a table.
 * @param {Part} schema
 */
function table(schema) {
  const { properties = {}, required = [] } = resolved(schema);
  const rows = Object.entries(properties).map(([name, of]) => {
    const text = resolved(of).description ?? '';
    return element(
      'tr',
      element('th', name, required.includes(name) ? ' *' : ''),
      element('td', kind(of)),
      element('td', text),
    );
  });
  return element('table', ...rows);
}

/**
 * A body of any of its media types.
 * @param {Part} content
 */
function body(content) {
  return Object.entries(content ?? {}).flatMap(([mediaType, { schema, example }]) => {
    const parts = [element('p', element('code', mediaType))];
    if (schema && resolved(schema).properties) parts.push(table(schema));
    if (example) parts.push(element('pre', JSON.stringify(example, null, 2)));
    return parts;
  });
}

/**
 * One operation.
 * @param {string} method
 * @param {string} path
 * @param {Part} operation
 */
function section(method, path, operation) {
  const { summary, description, requestBody, responses } = operation;
  const made = element(
    'section',
    element('h2', element('code', `${method.toUpperCase()} ${path}`)),
    element('p', summary, '. ', description ?? ''),
  );
  if (requestBody) made.append(element('h3', 'Takes'), ...body(requestBody.content));
  const good = resolved(responses['200']);
  made.append(element('h3', 'Answers'), element('p', good.description), ...body(good.content));
  const bad = Object.keys(responses).filter((status) => status !== '200');
  if (bad.length) made.append(element('p', `Or a problem, with status ${bad.join(', ')}.`));
  return made;
}

const { info, paths, components } = openApi;
const summary = /** @type {HTMLElement} */ (document.getElementById('summary'));
summary.textContent = `${info.summary} ${info.description}`;
/** @type {HTMLElement} */ (document.getElementById('here')).textContent = new URL('.', location.href).href;
/** @type {HTMLElement} */ (document.getElementById('operations')).append(
  ...Object.entries(paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]).map((method) => section(method, path, item[method])),
  ),
);
/** @type {HTMLElement} */ (document.getElementById('problems')).append(
  ...components.schemas.Problem.properties.type.enum.map((/** @type {string} */ type) =>
    element('li', element('code', type)),
  ),
);

export {}; // a module, so that it may wait at its top
