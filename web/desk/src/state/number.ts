//! Telephone numbers as people read them.

/** +78310000114 becomes +7 831 000-01-14, a toll-free number is written as it is dialled; other countries keep their digits in one piece. */
export function readableNumber(e164: string): string {
  const free = /^\+7800(\d{3})(\d{2})(\d{2})$/.exec(e164);
  if (free) return `8 800 ${free[1]}-${free[2]}-${free[3]}`;
  const russian = /^\+7(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(e164);
  return russian ? `+7 ${russian[1]} ${russian[2]}-${russian[3]}-${russian[4]}` : e164;
}
