import type { EnterCodeStep } from '@countersign/core/flow';
import { codeStage } from '../code-stage.ts';
import { msg, str } from '../localize.ts';
import type { StepContent, ViewContext } from '../view.ts';

/** The code to an address. Nobody is to learn here which addresses have an account: the words are the same for all. */
export const enterCode = (step: EnterCodeStep, context: ViewContext): StepContent | null => {
  const content = codeStage(step, context);
  if (content === null || step.delivery === 'failed' || step.purpose === 'sign-up') return content;
  return { ...content, lead: msg(str`If there is an account for ${step.target}, we have sent it a code.`) };
};
