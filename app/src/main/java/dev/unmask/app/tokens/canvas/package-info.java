/** The sequence as text at the playhead. */
package dev.unmask.app.tokens.canvas;
