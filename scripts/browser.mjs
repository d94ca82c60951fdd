import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** What tests run in: where it usually is, which variable names another place, and which package of Debian's brings it. */
const programs = {
  chromium: {
    title: 'Chromium or Chrome',
    variables: ['CHROME_PATH', 'CHROMIUM_PATH'],
    // The same browser without a window of its own, which takes a third less time.
    debianPackage: 'chromium-headless-shell',
    places: [
      '/usr/bin/chromium-headless-shell',
      '/usr/bin/chromium',
      '/usr/bin/chromium-browser',
      '/usr/bin/google-chrome',
      '/usr/bin/google-chrome-stable',
      '/opt/google/chrome/chrome',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
      'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
      'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
    ],
  },
  firefox: {
    title: 'Firefox',
    variables: ['FIREFOX_PATH'],
    debianPackage: 'firefox-esr',
    places: [
      '/usr/bin/firefox-esr',
      '/usr/bin/firefox',
      '/Applications/Firefox.app/Contents/MacOS/firefox',
      'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
    ],
  },
  webkit: {
    title: 'WebKitWebDriver (WebKitGTK)',
    variables: ['WEBKIT_DRIVER_PATH'],
    debianPackage: 'webkit2gtk-driver',
    places: ['/usr/bin/WebKitWebDriver'],
  },
  screen: {
    title: 'Xvfb',
    variables: ['XVFB_PATH'],
    debianPackage: 'xvfb',
    places: ['/usr/bin/Xvfb'],
  },
};

/** Chromium's sandbox refuses to run as root, and nothing here may talk to its makers while tests run. */
export const chromiumArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
];

/** The path of a browser, or of what it needs; on Debian, as root, it is installed when it is missing. */
export function findBrowser(name = 'chromium') {
  const { title, variables, places, debianPackage } = programs[name];
  const named = variables.map((variable) => process.env[variable]).find(Boolean);
  const found = named ?? places.find((path) => existsSync(path));
  if (found) return found;
  if (existsSync('/etc/debian_version') && process.getuid?.() === 0) return installOnDebian(programs[name]);
  throw new Error(
    `${title} was not found: install it (on Debian ${debianPackage}), or set ${variables[0]} to its path.`,
  );
}

function installOnDebian({ title, debianPackage, places }) {
  console.log(`Installing ${title} ...`);
  const options = { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  execFileSync('apt-get', ['update'], options);
  execFileSync('apt-get', ['install', '-y', '--no-install-recommends', debianPackage], options);
  return places[0];
}
