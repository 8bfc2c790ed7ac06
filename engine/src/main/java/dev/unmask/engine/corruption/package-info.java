/**
 * What noise makes of a text or of images at any time, what can be said of it, and what comes back.
 */
package dev.unmask.engine.corruption;
