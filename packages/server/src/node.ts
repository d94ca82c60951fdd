export { loadKey, type LoadKeyOptions } from './node/load-key.ts';
