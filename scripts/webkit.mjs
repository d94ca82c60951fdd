import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from './free-port.mjs';

/** Code points that WebDriver has for keys without a character. */
const keys = {
  Backspace: '\uE003',
  Tab: '\uE004',
  Enter: '\uE007',
  Shift: '\uE008',
  Control: '\uE009',
  Escape: '\uE00C',
  PageUp: '\uE00E',
  PageDown: '\uE00F',
  End: '\uE010',
  Home: '\uE011',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
  Delete: '\uE017',
  Space: ' ',
};
const valueOf = (key) => keys[key] ?? (/^Key[A-Z]$/u.test(key) ? key.slice(3).toLowerCase() : key);

const keyDown = (key) => ({ type: 'keyDown', value: valueOf(key) });
const keyUp = (key) => ({ type: 'keyUp', value: valueOf(key) });
const stroke = (key) => [keyDown(key), keyUp(key)];

const buttons = ['left', 'middle', 'right'];
const buttonOf = ({ button = 'left' } = {}) => buttons.indexOf(button);

/**
 * Runs tests in WebKitGTK, which Playwright and Puppeteer can't drive, by WebDriver (W3C). Its pages have the keyboard and
 * the mouse of Puppeteer's, so that the runner's commands press real keys there, too.
 */
export class WebKitLauncher {
  name = 'WebKit';
  type = 'puppeteer';
  #programs;
  #children = [];
  #starting;
  #session = '';
  #running = '';
  #url = '';

  /** `driver` and `screen`: where WebKitWebDriver and Xvfb are. */
  constructor(programs) {
    this.#programs = programs;
    process.on('exit', () => this.#endChildren());
  }

  async startSession(id, url) {
    this.#starting ??= this.#start();
    await this.#starting;
    this.#running = id;
    this.#url = url;
    await this.#ask('url', { url });
  }

  isActive(id) {
    return this.#running === id;
  }

  getBrowserUrl() {
    return this.#url;
  }

  async stopSession() {
    // Another page ends what still runs in this one.
    await this.#ask('url', { url: 'about:blank' });
    this.#running = '';
    return {};
  }

  startDebugSession() {
    throw new Error('WebKit has no window to debug in here.');
  }

  async stop() {
    if (this.#session) await this.#send('DELETE', this.#session);
    this.#endChildren();
  }

  getPage() {
    const press = (actions) => this.#act({ type: 'key', id: 'keyboard', actions });
    const move = (x, y) => ({ type: 'pointerMove', duration: 0, x, y });
    const point = (actions) => this.#act({ type: 'pointer', id: 'mouse', actions });
    const down = (options) => ({ type: 'pointerDown', button: buttonOf(options) });
    const up = (options) => ({ type: 'pointerUp', button: buttonOf(options) });
    return {
      keyboard: {
        type: (text) => press([...text].flatMap(stroke)),
        press: (key) => press(stroke(key)),
        down: (key) => press([keyDown(key)]),
        up: (key) => press([keyUp(key)]),
      },
      mouse: {
        move: (x, y) => point([move(x, y)]),
        click: (x, y, options) => point([move(x, y), down(options), up(options)]),
        down: (options) => point([down(options)]),
        up: (options) => point([up(options)]),
      },
      setViewport: (size) => this.#resize(size),
    };
  }

  /** WebDriver sizes the window, which has a frame and bars around the page. */
  async #resize({ width, height }) {
    const script = 'return [outerWidth - innerWidth, outerHeight - innerHeight]';
    const [beside, above] = await this.#ask('execute/sync', { script, args: [] });
    await this.#ask('window/rect', { width: width + beside, height: height + above });
  }

  async #start() {
    const [display, port] = await Promise.all([this.#openScreen(), freePort()]);
    const env = { ...process.env, DISPLAY: display, LIBGL_ALWAYS_SOFTWARE: '1', NO_AT_BRIDGE: '1' };
    this.#run(this.#programs.driver, [`--port=${port}`, '--host=127.0.0.1'], { stdio: 'ignore', env });
    const driver = `http://127.0.0.1:${port}`;
    await isUp(`${driver}/status`);
    const { sessionId } = await this.#send('POST', `${driver}/session`, { capabilities: {} });
    this.#session = `${driver}/session/${sessionId}`;
    await this.#resize({ width: 800, height: 600 });
  }

  /** A screen that nobody sees; Xvfb says its number once it is there. */
  async #openScreen() {
    const options = { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] };
    const screen = this.#run(this.#programs.screen, ['-displayfd', '3', '-nolisten', 'tcp'], options);
    const [number] = await once(screen.stdio[3], 'data');
    return `:${String(number).trim()}`;
  }

  #run(program, args, options) {
    const child = spawn(program, args, options);
    this.#children.push(child);
    return child;
  }

  #endChildren() {
    for (const child of this.#children.splice(0).reverse()) child.kill('SIGTERM');
  }

  #act(source) {
    return this.#ask('actions', { actions: [source] });
  }

  #ask(command, body) {
    return this.#send('POST', `${this.#session}/${command}`, body);
  }

  async #send(method, url, body) {
    const response = await fetch(url, { method, ...(body && { body: JSON.stringify(body) }) });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`WebKitWebDriver: ${value.error}: ${value.message}`);
    return value;
  }
}

async function isUp(url) {
  for (let tries = 0; tries < 100; tries += 1) {
    const response = await fetch(url).catch(() => null);
    if (response?.ok) return;
    await pause(100);
  }
  throw new Error(`Nobody answers at ${url}.`);
}
