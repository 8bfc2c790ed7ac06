/** Colours and type, for pictures and for the window: one place. */
package dev.unmask.app.theme;
