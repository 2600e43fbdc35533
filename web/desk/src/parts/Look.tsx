//! The switches of look and language, which everybody has.
import { SegmentedControl, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { LANGUAGES, useWords, type Language } from '../words/words';

/** Light, dark, or as the system. */
export function ThemeSwitch() {
  const { t } = useWords();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const data = (['auto', 'light', 'dark'] as const).map((value) => ({ value, label: t(`theme-${value}`) }));
  return (
    <SegmentedControl className="seg" aria-label={t('theme')} data={data} value={colorScheme}
      onChange={(value) => setColorScheme(value as MantineColorScheme)} transitionDuration={0} />
  );
}

/** Russian or English. */
export function LanguageSwitch() {
  const { t, language, setLanguage } = useWords();
  const data = LANGUAGES.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <SegmentedControl className="seg" aria-label={t('language')} data={data} value={language}
      onChange={(value) => setLanguage(value as Language)} transitionDuration={0} />
  );
}
