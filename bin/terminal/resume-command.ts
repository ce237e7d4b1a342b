/** The command that goes on with a run: with the home, the configuration and the org that it began with, without which it is another one. */
export function resumeCommand(run: string, options: { home?: string; config?: string }, org?: string): string {
  const given = Object.entries({ org, home: options.home, config: options.config });
  const words = given.flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, shellWord(value)]));
  return ['headwater run --resume', run, ...words].join(' ');
}

function shellWord(text: string): string {
  return /^[\w./:@~-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
