//! Where the desk begins: styles, theme, words, then the screens.
import { MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '@fontsource-variable/golos-text';
import './look/tokens.css';
import './look/mantine.css';
import 'virtual:mantine-variables.css';
import './look/base.css';
import './look/top.css';
import './look/bar.css';
import './look/desk.css';
import './look/calls.css';
import './look/gate.css';
import './look/appeal.css';
import './look/chips.css';
import { resolver, theme } from './look/theme';
import { App } from './screens/App';
import { WordsProvider } from './words/words';

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} cssVariablesResolver={resolver} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
        <WordsProvider><App /></WordsProvider>
      </MantineProvider>
    </StrictMode>,
  );
}
