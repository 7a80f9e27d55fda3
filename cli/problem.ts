/** The error of every command, which is the one of the texts that people hand in. */
export { Problem } from '../access/explain/input/problem';
