import type { StorybookConfig } from '@storybook/web-components-vite';

const config: StorybookConfig = {
  framework: '@storybook/web-components-vite',
  stories: ['../stories/**/*.stories.ts'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y'],
  core: { disableTelemetry: true, disableWhatsNewNotifications: true, enableCrashReports: false },
  // Without an icon of its own each story would ask for one that is not there, and log an error.
  previewHead: (head) => `${head}<link rel="icon" href="favicon.svg" />`,
  viteFinal: (config) => ({
    ...config,
    logLevel: 'warn',
    build: { ...config.build, chunkSizeWarningLimit: 2_000 },
    // Storybook sets conditions of its own, which would replace those of the root configuration.
    resolve: {
      ...config.resolve,
      conditions: ['countersign-source', 'module', 'browser', 'development|production'],
    },
  }),
};

export default config;
