/** What noise makes of a text at any time, what can be said of it, and what comes back. */
package dev.unmask.engine.corruption;
