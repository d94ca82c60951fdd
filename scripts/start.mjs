import { spawn } from 'node:child_process';
import { ensureBuilt } from './built.mjs';
import { ensureInstalled } from './install.mjs';
import { root } from './run.mjs';

await ensureInstalled();
await ensureBuilt();

const server = spawn(process.execPath, ['packages/demo/dist/server/main.js'], { cwd: root, stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => server.kill(signal));
server.on('close', (code) => process.exit(code ?? 1));
