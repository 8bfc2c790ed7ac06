/** Repeats a trace or a reference recording, and compares. */
package dev.unmask.engine.reference;
