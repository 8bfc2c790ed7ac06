/** One token: its candidates, its history, and why it was committed or not. */
package dev.unmask.app.tokens.inspector;
