import type { Position } from '../../store/rows.ts';
import type { Draft } from '../draft.ts';
import { blocked } from './blocked.ts';
import { chooseFactor } from './choose-factor.ts';
import { completeStep } from './complete.ts';
import { enterCode } from './enter-code.ts';
import { enterPass } from './enter-pass.ts';
import { enterPassword } from './enter-password.ts';
import { factorStep } from './factor.ts';
import { identify } from './identify.ts';
import type { StepRules } from './rules.ts';
import { setPassword } from './set-password.ts';
import { turnOn } from './turn-on.ts';

/** A position that is a step: every one but before the first and after the last. */
export type StepPosition = Extract<Position, { id: string }>;

type Rules = { [P in StepPosition as P['name']]: StepRules<P> };

/** Every step that there is. */
const steps = {
  identify,
  'enter-code': enterCode,
  'enter-pass': enterPass,
  'set-password': setPassword,
  'enter-password': enterPassword,
  'turn-on': turnOn,
  'choose-factor': chooseFactor,
  'setup-factor': factorStep,
  'save-backup-codes': factorStep,
  'verify-factor': factorStep,
  blocked,
  complete: completeStep,
} satisfies Rules;

/** The rules of the step at which a flow stands. */
export const rulesOf = (position: StepPosition): StepRules<StepPosition> =>
  // Each name has the rules for its own position, as `satisfies` has checked above.
  steps[position.name] as StepRules<StepPosition>;

/** Where the draft stands, if that is a step. */
export const stepOf = ({ flow }: Draft): StepPosition | null => ('id' in flow.position ? flow.position : null);
