/** The record of a run: states, steps, events; writing, recovering and reading. */
package dev.unmask.engine.trace;
