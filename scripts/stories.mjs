import { ensureInstalled } from './install.mjs';
import { tool } from './run.mjs';

await ensureInstalled();
const quiet = ['--no-open', '--disable-telemetry', '--no-version-updates'];
process.exitCode = await tool('storybook', ['dev', '--port', process.env.PORT ?? '6006', ...quiet]);
