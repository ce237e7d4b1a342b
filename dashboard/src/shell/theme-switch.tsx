import { Monitor, Moon, Sun } from 'lucide-react';
import { useState } from 'react';
import { storedTheme, storeTheme, themes } from './theme.ts';

const looks = {
  system: { icon: Monitor, title: 'as the system' },
  light: { icon: Sun, title: 'light' },
  dark: { icon: Moon, title: 'dark' },
} as const;

export function ThemeSwitch() {
  const [theme, setTheme] = useState(storedTheme);
  const { icon: Icon, title } = looks[theme];
  return (
    <button
      type="button"
      aria-label={`Colours: ${title}`}
      title={`Colours: ${title}`}
      onClick={() => {
        const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system';
        storeTheme(next);
        setTheme(next);
      }}
      className="inline-flex size-9 items-center justify-center rounded-md text-muted hover:bg-sunken hover:text-ink"
    >
      <Icon aria-hidden="true" className="size-4.5" />
    </button>
  );
}
