/** Positions × steps: every token's life line. */
package dev.unmask.app.tokens.timeline;
