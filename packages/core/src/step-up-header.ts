/** The header in which a change brings the step-up that allows it. */
export const stepUpHeader = 'countersign-step-up';
