/** Pictures and animations of a trace, painted by the window's painters with no display. */
package dev.unmask.app.export;
