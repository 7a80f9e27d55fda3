/** What the parts of the page may ask it to do. Types only. */
export interface Actions {
  /** In place of the document; what was there comes back by Undo. `said`: what was done, in one sentence. */
  readonly replace: (document: string, said: string) => void;
  readonly say: (sentence: string) => void;
  readonly copy: (text: string, what: string) => void;
  /** Puts the focus on a line of the listing. */
  readonly goTo: (line: number) => void;
  /** Puts the focus on a problem, by its position. */
  readonly showProblem: (index: number) => void;
}
