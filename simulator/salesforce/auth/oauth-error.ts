/** A refused login: 400 with `{error, error_description}`. */
export class OAuthError extends Error {
  readonly error: string;

  constructor(error: string, description: string) {
    super(description);
    this.name = 'OAuthError';
    this.error = error;
  }

  body(): Readonly<Record<string, string>> {
    return { error: this.error, error_description: this.message };
  }
}
