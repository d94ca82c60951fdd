/** Backup codes as a backend draws them. */
export const codes: readonly string[] = [
  '7KQM-2PWX-9H4T-C0DZ',
  '1F8R-6YNB-3VJE-5SGA',
  'X2W9-KD07-MQ4P-8TZC',
  'B5GH-1N6V-RYF3-E7JS',
  '0AZT-4C8Q-WM2K-P9XD',
  'J3EV-N7BY-6S1F-G5RH',
  'D8PX-Q0ZK-2TC9-M4W7',
  'S6RF-H3JG-YB5N-V1EA',
  '9CTW-7XMD-K8QZ-0P2F',
  'E4NB-5VYJ-A1HR-G6S3',
];
