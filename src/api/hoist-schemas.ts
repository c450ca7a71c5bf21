type Json = Record<string, unknown>;

const NAME = /^[A-Z][A-Za-z0-9]*$/;

/**
 * Moves every schema with a one-word `title` to the components of the document and refers to it. Two different schemas of one title
 * are a programming error and throw.
 */
export function hoist(value: unknown): { value: unknown; schemas: Record<string, unknown> } {
  const schemas: Record<string, unknown> = {};
  const walk = (node: unknown, isExample = false): unknown => {
    if (Array.isArray(node)) return node.map((each) => walk(each, isExample));
    if (typeof node !== 'object' || node === null) return node;
    const copy: Json = {};
    for (const [key, part] of Object.entries(node))
      copy[key] = walk(part, isExample || /^(examples?|default|enum|const)$/.test(key));
    const { title } = copy;
    const isSchema = typeof title === 'string' && NAME.test(title) && ('type' in copy || 'anyOf' in copy);
    if (isExample || !isSchema) return copy;
    const known = schemas[title];
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(copy))
      throw new Error(`Two schemas of the public API are named ${title}`);
    schemas[title] = copy;
    return { $ref: `#/components/schemas/${title}` };
  };
  return { value: walk(value), schemas };
}
