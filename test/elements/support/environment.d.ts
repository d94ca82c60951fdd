interface ImportMeta {
  /** Variables of the environment that the runner passes on: those whose name begins with `LONG_`. */
  readonly env: Readonly<Record<string, string | undefined>>;
}
