/** Pictures of the forward process: what noise leaves of a text, and by which numbers. */
package dev.unmask.app.corruption;
