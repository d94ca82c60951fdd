import * as v from 'valibot';
import { playSequences } from './play.ts';

const [runs, seed] = v.parse(v.tuple([v.number(), v.number()]), process.argv.slice(2).map(Number));
const seen = await playSequences(runs, seed);
if (!process.send) throw new Error('what was seen is told to the process that has forked this one');
process.send(seen);
process.disconnect();
