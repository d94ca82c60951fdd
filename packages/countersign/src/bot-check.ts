export { solvingBotChecks } from '@countersign/client/bot-check';
export { solveBotCheck } from '@countersign/client/solve-bot-check';
