/** What is wrong with the arguments of a function, as far as it shows before anything is resolved. Pure. */
import { isObject, isPrimitive, type Json } from '../json';
import { functionCall } from './function-call';

const JOIN = 'takes a delimiter and a list, as in !Join [",", [a, b]]';
const SELECT = 'takes an index and a list, as in !Select [0, [a, b]]';
const SPLIT = 'takes a delimiter and a text, as in !Split [",", "a,b"]';
const FIND = 'takes a mapping, a top-level key and a second-level key';
const CIDR = 'takes an address block, a count and the host bits, as in !Cidr [10.0.0.0/16, 4, 8]';

/** What follows `it`: what the function takes; undefined for nothing wrong, and for functions that are not known. */
export function argumentProblem(name: string, argument: Json): string | undefined {
  const parts = Array.isArray(argument) ? argument : [];
  const [first = null, second = null] = parts;
  switch (name) {
    case 'Fn::Join': {
      if (parts.length !== 2 || !mayBeText(first) || !mayBeList(second)) return JOIN;
      const wrong = Array.isArray(second) ? second.find((item) => !mayBeText(item)) : undefined;
      return wrong === undefined
        ? undefined
        : `joins texts, and an item of its list is ${JSON.stringify(wrong)}`;
    }
    case 'Fn::Select':
      if (parts.length !== 2 || !mayBeText(first) || !mayBeList(second)) return SELECT;
      return isPrimitive(first) && !/^\d+$/.test(String(first))
        ? `takes an index from 0 on, and ${JSON.stringify(first)} is none`
        : undefined;
    case 'Fn::Split':
      return parts.length === 2 && mayBeText(first) && mayBeText(second) ? undefined : SPLIT;
    case 'Fn::FindInMap':
      return parts.length === 3 || (parts.length === 4 && isObject(parts[3])) ? undefined : FIND;
    case 'Fn::Cidr':
      return parts.length === 2 || parts.length === 3 ? undefined : CIDR;
    default:
      return undefined;
  }
}

const mayBeText = (value: Json): boolean => isPrimitive(value) || functionCall(value) !== undefined;
const mayBeList = (value: Json): boolean => Array.isArray(value) || functionCall(value) !== undefined;
