//! Mantine 9 theme: what Mantine must know itself; the colours of roles live in tokens.css.
// Use: import './tokens.css'; <MantineProvider theme={theme} cssVariablesResolver={resolver} defaultColorScheme="auto">
import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

const pine: MantineColorsTuple = ['#EFF8F5', '#DFEFEA', '#BFE3DA', '#97E0D3', '#63C7B8', '#3AA596', '#1F8578', '#0B6B61', '#085850', '#07423C'];
const gray: MantineColorsTuple = ['#F7F5F1', '#EFECE6', '#E4DFD6', '#CBC4B8', '#A29B8F', '#8C8579', '#6A645A', '#545048', '#3B3730', '#23211D'];
const dark: MantineColorsTuple = ['#EDE9E2', '#C0B9AD', '#A29B8F', '#857F74', '#35322D', '#2A2824', '#201E1B', '#171614', '#11100F', '#0B0A0A'];
const amber: MantineColorsTuple = ['#FDF6E5', '#FBECCB', '#F7DDA0', '#F2CC80', '#E0A93E', '#C78A14', '#B57700', '#A86A00', '#8A5700', '#6B4500'];
const lilac: MantineColorsTuple = ['#F3F2FA', '#E8E7F4', '#D5D3EE', '#C6C3F3', '#9792DB', '#7F79C8', '#7470BC', '#6A64B0', '#565095', '#443F7C'];
const brick: MantineColorsTuple = ['#FDF1EF', '#FBE5E1', '#F6CBC3', '#FFB7AB', '#E5665A', '#C8372D', '#BE2E25', '#B3261E', '#8F1D16', '#6E140F'];

export const theme = createTheme({
  colors: { pine, gray, dark, amber, lilac, brick },
  primaryColor: 'pine',
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  white: '#FFFFFF',
  black: '#23211D',
  fontFamily: 'var(--font)',
  fontSizes: { xs: '0.875rem', sm: '0.875rem', md: '1rem', lg: '1.125rem', xl: '1.25rem' },
  lineHeights: { xs: '1.25rem', sm: '1.25rem', md: '1.5rem', lg: '1.625rem', xl: '1.75rem' },
  headings: {
    fontFamily: 'var(--font)',
    fontWeight: '600',
    textWrap: 'balance',
    sizes: {
      h1: { fontSize: '2rem', lineHeight: '2.5rem' },
      h2: { fontSize: '1.5rem', lineHeight: '2rem' },
      h3: { fontSize: '1.25rem', lineHeight: '1.75rem' },
      h4: { fontSize: '1.125rem', lineHeight: '1.625rem' },
      h5: { fontSize: '1rem', lineHeight: '1.5rem' },
      h6: { fontSize: '0.875rem', lineHeight: '1.25rem' },
    },
  },
  spacing: { xs: '0.25rem', sm: '0.5rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  radius: { xs: '0.25rem', sm: '0.375rem', md: '0.625rem', lg: '0.875rem', xl: '999px' },
  defaultRadius: 'sm',
  shadows: { sm: 'var(--e-1)', md: 'var(--e-2)' },
  focusRing: 'auto',
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: { defaultProps: { size: 'md' } },
    TextInput: { defaultProps: { size: 'md' } },
    Textarea: { defaultProps: { size: 'md', autosize: true, minRows: 3 } },
    Tooltip: { defaultProps: { openDelay: 400, events: { hover: true, focus: true, touch: false } } },
  },
});

/** Mantine's roles point at the roles of tokens.css: both schemes change in one place. */
const roles = {
  '--mantine-color-body': 'var(--paper)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-2)',
  '--mantine-color-placeholder': 'var(--ink-3)',
  '--mantine-color-anchor': 'var(--accent)',
  '--mantine-color-error': 'var(--danger-ink)',
  '--mantine-color-default': 'var(--sheet)',
  '--mantine-color-default-hover': 'var(--sunk)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--line-control)',
  '--mantine-primary-color-contrast': 'var(--on-accent)',
  '--mantine-primary-color-light': 'var(--accent-soft)',
  '--mantine-primary-color-light-color': 'var(--accent-ink)',
};

export const resolver: CSSVariablesResolver = () => ({ variables: {}, light: roles, dark: roles });
