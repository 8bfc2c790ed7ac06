/** The formats in which runs of reference implementations were recorded. */
package dev.unmask.engine.reference.recordings;
