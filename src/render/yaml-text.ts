/** A text as a YAML value: bare where that is safe, else in quotes. */
export function yamlText(value: string): string {
  const isSafe =
    /^[A-Za-z0-9][A-Za-z0-9./_-]*$/.test(value) && !/^(true|false|null|yes|no|on|off|[-+.\d]+)$/i.test(value);
  return isSafe ? value : JSON.stringify(value);
}
