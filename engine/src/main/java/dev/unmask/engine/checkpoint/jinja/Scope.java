package dev.unmask.engine.checkpoint.jinja;

import java.util.HashMap;
import java.util.Map;

/** Variables by name; those of an outer scope are seen, and hidden by others of the same name. */
record Scope(Scope outer, Map<String, Object> variables) {
  static Scope of(Map<String, Object> variables) {
    return new Scope(null, new HashMap<>(variables));
  }

  /** A new one within. */
  Scope inner() {
    return new Scope(this, new HashMap<>());
  }

  Object get(String name) {
    if (variables.containsKey(name)) {
      return variables.get(name);
    }
    return outer == null ? Values.UNDEFINED : outer.get(name);
  }
}
