// Reduces an upstream CustomResourceDefinition to the facts that a binding or a validation needs.
//
// Kept: group, kind, names, scope, one version, subresources, selectable fields, and of every schema its types, formats,
// enums, patterns, bounds, required fields, defaults, nullability, compositions and every x-kubernetes-* key, among them
// the CEL rules of x-kubernetes-validations with their reason and field path.
// Dropped: prose (descriptions, titles, examples, links), the message texts of CEL rules, printer columns, other versions,
// conversion settings, labels and annotations.

const PROSE = new Set(['description', 'title', 'example', 'externalDocs']);
const RULE_PROSE = new Set(['message', 'messageExpression']);
const COUNTED = new Set([
  'type',
  'format',
  'enum',
  'pattern',
  'required',
  'default',
  'nullable',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
  'properties',
  'items',
  'additionalProperties',
  'allOf',
  'anyOf',
  'oneOf',
  'not',
  'rule',
  'fieldPath',
  'reason',
  'optionalOldSelf',
]);
const NAMES = ['kind', 'listKind', 'plural', 'singular', 'shortNames', 'categories'];
const SCHEMA_OF_NAME = new Set(['properties', 'patternProperties', 'definitions']);
const SCHEMA_LIST = new Set(['allOf', 'anyOf', 'oneOf']);
const SCHEMA = new Set(['items', 'additionalProperties', 'not']);

/** The same definition without prose and with one version: v1 where it is served, else the stored one. */
export function crdFacts(crd) {
  const { group, names, scope, versions } = crd.spec;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: crd.metadata.name },
    spec: { group, names: pick(names, NAMES), scope, versions: [versionFacts(bindableVersion(versions))] },
  };
}

/** v1 where it is served, else the stored version. */
export function bindableVersion(versions) {
  return (
    versions.find((version) => version.name === 'v1' && version.served) ?? versions.find((version) => version.storage)
  );
}

/** A schema without prose; a property that is itself named `description` or `message` stays. */
export function schemaFacts(schema) {
  if (typeof schema !== 'object' || schema === null) return schema; // additionalProperties may be a boolean
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key]) => !PROSE.has(key))
      .map(([key, value]) => [key, keywordFacts(key, value)]),
  );
}

/** Calls `visit(schema, path)` for a schema and every schema inside it. */
export function eachSchema(schema, path, visit) {
  if (typeof schema !== 'object' || schema === null) return;
  visit(schema, path);
  for (const [key, value] of Object.entries(schema)) {
    if (SCHEMA_OF_NAME.has(key))
      for (const [name, inner] of Object.entries(value)) eachSchema(inner, `${path}.${name}`, visit);
    if (SCHEMA_LIST.has(key)) value.forEach((inner, at) => eachSchema(inner, `${path}.${key}[${at}]`, visit));
    if (SCHEMA.has(key)) eachSchema(value, `${path}.${key}`, visit);
  }
}

/** How often each keyword occurs at any depth; blind to the meaning of its place, so that it can police schemaFacts. */
export function keywordCounts(value) {
  const counts = {};
  count(value, counts);
  return Object.fromEntries(
    Object.keys(counts)
      .sort()
      .map((key) => [key, counts[key]]),
  );
}

function count(value, counts) {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (COUNTED.has(key) || key.startsWith('x-kubernetes-')) counts[key] = (counts[key] ?? 0) + 1;
    count(inner, counts);
  }
}

function versionFacts({ name, served, storage, schema, subresources, selectableFields }) {
  const facts = { name, served, storage, schema: { openAPIV3Schema: schemaFacts(schema.openAPIV3Schema) } };
  return { ...facts, ...(subresources && { subresources }), ...(selectableFields && { selectableFields }) };
}

function keywordFacts(key, value) {
  if (SCHEMA_OF_NAME.has(key))
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, schemaFacts(inner)]));
  if (SCHEMA_LIST.has(key)) return value.map(schemaFacts);
  if (SCHEMA.has(key)) return schemaFacts(value);
  if (key === 'x-kubernetes-validations') return value.map((rule) => omit(rule, RULE_PROSE));
  return value;
}

function pick(object, keys) {
  return Object.fromEntries(keys.filter((key) => key in object).map((key) => [key, object[key]]));
}

function omit(object, keys) {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.has(key)));
}
