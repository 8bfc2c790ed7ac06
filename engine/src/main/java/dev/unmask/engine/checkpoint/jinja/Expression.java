package dev.unmask.engine.checkpoint.jinja;

/** What stands for a value. */
@FunctionalInterface
interface Expression {
  /** Its value where these variables are known. */
  Object value(Scope scope);
}
