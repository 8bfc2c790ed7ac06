/** The window: its panes, its actions, and the playhead that they share. */
package dev.unmask.app.workbench;
