/** What is wrong with a declaration, and where in it. */
export interface DeclarationProblem {
  readonly path: (string | number)[];
  readonly message: string;
}

/** When to look between the parts of a file: also when a part is wrong already, since whoever mends it wants to know all at once. */
export const evenIncomplete = {
  when: ({ value }: { readonly value: unknown }) => typeof value === 'object' && value !== null,
};
