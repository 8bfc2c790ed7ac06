/**
 * The page of a run as tokens: the form, the notices and the debugger around canvas and timeline.
 */
package dev.unmask.app.tokens;
