/** What pages are built of: actions, fields, and panes that are painted. */
package dev.unmask.app.controls;
