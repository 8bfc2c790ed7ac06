/**
 * What all pages share: the runs, the playhead, breakpoints and bookmarks, and work in the
 * background.
 */
package dev.unmask.app.session;
