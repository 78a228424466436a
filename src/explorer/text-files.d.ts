/** The bundler gives the text of these. */
declare module '*.yaml' {
  const text: string;
  export default text;
}
