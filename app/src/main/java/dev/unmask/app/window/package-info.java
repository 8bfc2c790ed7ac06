/** The frame that holds the pages: menus, tabs, dialogs, and the bar with the playhead. */
package dev.unmask.app.window;
