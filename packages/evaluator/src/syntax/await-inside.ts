import type { Node } from 'oxc-parser';
import { childrenOf } from '../source/walk.ts';

/** Whether a function awaits anything itself, nested functions apart. */
export function hasAwaitInside(owner: Node): boolean {
  return childrenOf(owner).some(awaitsIn);
}

function awaitsIn(node: Node): boolean {
  switch (node.type) {
    case 'AwaitExpression':
      return true;
    case 'ForOfStatement':
      if (node.await) return true;
      break;
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return false;
    default:
  }
  return childrenOf(node).some(awaitsIn);
}
