import * as v from 'valibot';
import { playSequences } from './play.ts';

const [runs, seed] = v.parse(v.tuple([v.number(), v.number()]), process.argv.slice(2).map(Number));
process.send?.(await playSequences(runs, seed));
process.disconnect();
