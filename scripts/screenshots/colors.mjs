const linear = (channel) => {
  const share = channel / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
};

const luminance = ([red, green, blue]) => 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);

/** The contrast of two colours (WCAG 2.2): 1 to 21. */
export const contrast = (one, other) => {
  const [darker, lighter] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
};

/** A colour that lets some of what is behind it through, as it is seen there. */
export const over = ([red, green, blue, alpha], behind) =>
  [red, green, blue].map((channel, index) => channel * alpha + behind[index] * (1 - alpha));
