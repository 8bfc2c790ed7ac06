package dev.unmask.engine.checkpoint.jinja;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Variables by name; those of an outer scope are seen, and hidden by others of the same name.
 *
 * @param work what may still be done to fill the template in, shared by all scopes
 */
record Scope(Scope outer, Map<String, Object> variables, AtomicLong work) {
  /** Characters and steps: a second's worth, and a thousand times what any model asks for. */
  private static final long MOST_WORK = 1L << 27;

  static Scope of(Map<String, Object> variables) {
    return new Scope(null, new HashMap<>(variables), new AtomicLong(MOST_WORK));
  }

  /** A new one within. */
  Scope inner() {
    return new Scope(this, new HashMap<>(), work);
  }

  /**
   * Takes note of work before it is done.
   *
   * @throws TemplateException if there was too much of it
   */
  void work(long amount) {
    if (work.addAndGet(-1 - amount) < 0) {
      throw new TemplateException("takes more than %,d steps".formatted(MOST_WORK));
    }
  }

  Object get(String name) {
    if (variables.containsKey(name)) {
      return variables.get(name);
    }
    return outer == null ? TemplateValues.UNDEFINED : outer.get(name);
  }
}
