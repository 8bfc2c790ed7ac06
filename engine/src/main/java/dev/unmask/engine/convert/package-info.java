/** Traces from the files that other tools write. What a format does not hold stays unknown. */
package dev.unmask.engine.convert;
