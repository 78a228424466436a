/** Takes all steps of a computation, one after the other, and gives what it returns. */
export function completed<Value>(steps: Generator<unknown, Value>): Value {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
