import { visitorKeys } from 'oxc-parser';
import type { Node } from 'oxc-parser';

/** The nodes directly inside a node, in source order. */
export function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  for (const key of visitorKeys[node.type] ?? []) {
    const inner: unknown = (node as unknown as Record<string, unknown>)[key];
    if (Array.isArray(inner)) {
      for (const item of inner) if (isNode(item)) children.push(item);
    } else if (isNode(inner)) {
      children.push(inner);
    }
  }
  return children;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}
