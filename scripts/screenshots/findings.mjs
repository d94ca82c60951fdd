/** A finding as a line to read. */
export const describeFinding = ({ story, look, what, element, figure }) =>
  `${story}, ${look}: ${what}: ${element} (${figure})`;
