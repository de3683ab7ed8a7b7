/**
 * @file Renders `openapi.yaml` for people: every operation, what it accepts and what it returns.
 */

/** @typedef {Record<string, any>} Json any part of the OpenAPI document */

const METHODS = ['get', 'post', 'put', 'delete'];

/** @type {Json} */
const openApi = /** @type {any} */ (globalThis).jsyaml.load(await (await fetch('openapi.yaml')).text());

/**
 * Follows a reference inside the document. What stands beside a reference replaces what it refers to.
 * @param {Json} node
 * @returns {Json} the node itself if it is no reference
 */
function resolve(node) {
  if (!node?.$ref) return node;
  const { $ref, ...own } = node;
  const path = $ref.slice(2).split('/');
  const target = path.reduce((/** @type {Json} */ part, /** @type {string} */ key) => part[key], openApi);
  return { ...resolve(target), ...own };
}

/**
 * @param {string} tag
 * @param {string} className
 * @param {...(string | Node)} content
 */
function element(tag, className, ...content) {
  const created = document.createElement(tag);
  created.className = className;
  created.append(...content);
  return created;
}

/** @param {string} text */
const code = (text) => element('code', '', text);

/** A text of the document, whose `code` is in backticks. @param {string} [text] */
const prose = (text = '') => text.split('`').map((part, i) => (i % 2 === 1 ? code(part) : part));

/**
 * A schema in one line, such as "integer from 1 to 62 (default 3)".
 * @param {Json} schema
 * @returns {string}
 */
function describe(schema) {
  const { type, items, enum: values, const: value, minimum, maximum, default: fallback } = resolve(schema);
  const parts = [values ? values.join(' | ') : (value ?? type ?? 'one of several types')];
  if (items) parts.push(`of ${describe(items)}`);
  if (minimum !== undefined) parts.push(`from ${minimum}`);
  if (maximum !== undefined) parts.push(`to ${maximum}`);
  if (fallback !== undefined) parts.push(`(default ${fallback})`);
  return parts.join(' ');
}

/**
 * @param {string} name
 * @param {Json} schema
 * @param {boolean} isRequired
 * @param {string} [description]
 */
function field(name, schema, isRequired, description = resolve(schema).description) {
  const type = element('div', 'type', describe(schema), isRequired ? ', required' : '');
  return element('div', '', element('dt', '', code(name), type), element('dd', '', ...prose(description)));
}

/**
 * The properties of an object schema.
 * @param {Json} schema
 */
function fields(schema) {
  const { properties = {}, required = [] } = resolve(schema);
  return element(
    'dl',
    '',
    ...Object.entries(properties).map(([name, property]) => field(name, property, required.includes(name))),
  );
}

/** The options in the address. @param {Json[]} parameters */
function options(parameters) {
  const inQuery = parameters.map(resolve).filter((parameter) => parameter.in === 'query');
  if (inQuery.length === 0) return [];
  return [
    element('h3', '', 'In the address'),
    element(
      'dl',
      '',
      ...inQuery.map(({ name, schema, required, description }) => field(name, schema, required, description)),
    ),
  ];
}

/**
 * A body in each of its media types. Those with the same content are listed together.
 * @param {Json} content
 */
function body(content) {
  /** @type {Map<string, string[]>} */
  const mediaTypes = new Map();
  for (const [mediaType, { schema }] of Object.entries(content)) {
    const key = JSON.stringify(schema);
    mediaTypes.set(key, [...(mediaTypes.get(key) ?? []), mediaType]);
  }
  return [...mediaTypes.values()].flatMap((alike) => {
    const { schema, example } = content[alike[0]];
    const names = alike.flatMap((mediaType, i) => [i === 0 ? '' : ', ', code(mediaType)]);
    const parts = [element('p', 'media', ...names)];
    if (resolve(schema).properties) parts.push(fields(schema));
    else if (resolve(schema).description) parts.push(element('p', '', ...prose(resolve(schema).description)));
    if (example) parts.push(element('pre', '', JSON.stringify(example, null, 2)));
    return parts;
  });
}

/**
 * @param {string} method
 * @param {string} path
 * @param {Json} operation
 */
function section(method, path, operation) {
  const { operationId, summary, description, parameters = [], requestBody, responses } = operation;
  const name = element('code', '', element('span', 'method', method.toUpperCase()), ` ${path}`);
  const created = element(
    'section',
    '',
    element('h2', '', name),
    element('p', '', ...prose(`${summary}. ${description ?? ''}`)),
  );
  created.id = operationId;
  if (requestBody) created.append(element('h3', '', 'Request'), ...body(requestBody.content));
  created.append(...options(parameters));
  const success = resolve(responses['200']);
  created.append(
    element('h3', '', 'Response'),
    element('p', '', ...prose(success.description)),
    ...body(success.content ?? {}),
  );
  const errors = Object.keys(responses).filter((status) => status !== '200');
  if (errors.length > 0) created.append(element('p', '', `Errors: ${errors.join(', ')}`));
  return created;
}

/** @param {HTMLElement} operation */
function link(operation) {
  const created = /** @type {HTMLAnchorElement} */ (
    element('a', '', code(operation.querySelector('h2')?.textContent ?? ''))
  );
  created.href = `#${operation.id}`;
  return element('li', '', created);
}

/** @param {string} id */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

const { info, paths, components } = openApi;
const operations = Object.entries(paths).flatMap(([path, item]) =>
  METHODS.filter((method) => item[method]).map((method) => section(method, path, item[method])),
);
byId('summary').replaceChildren(...prose(`${info.summary} ${info.description}`));
for (const address of document.querySelectorAll('.base-url')) address.textContent = new URL('.', location.href).href;
byId('contents').append(...operations.map(link));
byId('operations').append(...operations);
byId('problems').append(
  ...components.schemas.Problem.properties.type.examples.map((/** @type {string} */ type) =>
    element('li', '', code(type)),
  ),
);

export {}; // Makes this file a module, which may use `await` at the top level.
