/**
 * @file Renders `openapi.yaml` for people: every operation, what it accepts and what it returns.
 */

/** @typedef {Record<string, any>} Json any part of the OpenAPI document */

const METHODS = ['get', 'post', 'put', 'delete'];

/** @type {Json} */
const openApi = /** @type {any} */ (globalThis).jsyaml.load(await (await fetch('openapi.yaml')).text());

/**
 * Follows a reference inside the document.
 * @param {Json} node
 * @returns {Json} the node itself if it is no reference
 */
function resolve(node) {
  if (!node?.$ref) return node;
  const path = node.$ref.slice(2).split('/');
  return path.reduce((/** @type {Json} */ part, /** @type {string} */ key) => part[key], openApi);
}

/**
 * @param {string} tag
 * @param {...(string | Node)} content
 */
function element(tag, ...content) {
  const created = document.createElement(tag);
  created.append(...content);
  return created;
}

/** Splits a text at its `code`. @param {string} [text] */
const withCode = (text = '') => text.split('`').map((part, i) => (i % 2 === 1 ? element('code', part) : part));

/**
 * A schema in one line, such as "integer from 1 to 62 (default 3)".
 * @param {Json} schema
 * @returns {string}
 */
function describe(schema) {
  const { type, items, enum: values, const: value, minimum, maximum, default: fallback } = resolve(schema);
  const parts = [values ? values.join(' | ') : (value ?? type ?? 'one of several types')];
  if (items) parts.push(`of ${describe(items)}`);
  if (minimum !== undefined && maximum !== undefined) parts.push(`from ${minimum} to ${maximum}`);
  if (fallback !== undefined) parts.push(`(default ${fallback})`);
  return parts.join(' ');
}

/**
 * The properties of an object schema.
 * @param {Json} schema
 */
function propertyTable(schema) {
  const { properties = {}, required = [] } = resolve(schema);
  const rows = Object.entries(properties).map(([name, property]) =>
    element(
      'tr',
      element('th', name, required.includes(name) ? ' *' : ''),
      element('td', describe(property)),
      element('td', ...withCode(resolve(property).description)),
    ),
  );
  return element('table', ...rows);
}

/**
 * A request or response body in each of its media types.
 * @param {Json} content
 */
function body(content) {
  return Object.entries(content ?? {}).flatMap(([mediaType, { schema, example }]) => {
    const parts = [element('p', element('code', mediaType))];
    if (schema && resolve(schema).properties) parts.push(propertyTable(schema));
    if (example) parts.push(element('pre', JSON.stringify(example, null, 2)));
    return parts;
  });
}

/**
 * @param {string} method
 * @param {string} path
 * @param {Json} operation
 */
function section(method, path, operation) {
  const { summary, description, requestBody, responses } = operation;
  const created = element(
    'section',
    element('h2', element('code', `${method.toUpperCase()} ${path}`)),
    element('p', summary, '. ', ...withCode(description)),
  );
  if (requestBody) created.append(element('h3', 'Request'), ...body(requestBody.content));
  const success = resolve(responses['200']);
  created.append(element('h3', 'Response'), element('p', ...withCode(success.description)), ...body(success.content));
  const errors = Object.keys(responses).filter((status) => status !== '200');
  if (errors.length > 0) created.append(element('p', `Errors: ${errors.join(', ')}`));
  return created;
}

/** @param {string} id */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

const { info, paths, components } = openApi;
byId('summary').replaceChildren(info.summary, ' ', ...withCode(info.description));
byId('base-url').textContent = new URL('.', location.href).href;
byId('operations').append(
  ...Object.entries(paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]).map((method) => section(method, path, item[method])),
  ),
);
byId('problems').append(
  ...components.schemas.Problem.properties.type.examples.map((/** @type {string} */ type) =>
    element('li', element('code', type)),
  ),
);

export {}; // Makes this file a module, which may use `await` at the top level.
