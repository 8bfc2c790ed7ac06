/** Breakpoints, branches and comparison, as far as they need no window. */
package dev.unmask.app.debugger;
