export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** The reader's choice; index.html reads the same key before the first paint. */
export function storedTheme(): Theme {
  const stored = localStorage.getItem('theme');
  return themes.find((theme) => theme === stored) ?? 'system';
}

export function storeTheme(theme: Theme): void {
  if (theme === 'system') localStorage.removeItem('theme');
  else localStorage.setItem('theme', theme);
  applyTheme(theme);
}

const dark = window.matchMedia('(prefers-color-scheme: dark)');
dark.addEventListener('change', () => applyTheme(storedTheme()));

function applyTheme(theme: Theme): void {
  document.documentElement.classList.toggle('dark', theme === 'dark' || (theme === 'system' && dark.matches));
}
