/** Whom a document names in lines that are comments: they look like entries to people, and are none to any reader. */
import { type CommentedOut } from './document';
import { type Lines } from './lines';

const COMMENT = /^[ \t]*#.*?\b(?:rolearn|userarn)["']?[ \t]*:[ \t]*["']?(arn:[^\s"',}]+)/gim;

export function commentedOut(lines: Lines): readonly CommentedOut[] {
  return Array.from(lines.text.matchAll(COMMENT), ({ index, 0: all, 1: principal = '' }) => ({
    principal,
    ...lines.positionAt(index + all.indexOf('#')),
  }));
}
