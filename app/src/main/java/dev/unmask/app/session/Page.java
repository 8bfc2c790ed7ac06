package dev.unmask.app.session;

import org.kordamp.ikonli.Ikon;

/**
 * A page of the window; all share the run and the playhead. The class that shows a page says what
 * it is.
 *
 * @param words as its tab says
 * @param icon beside the words
 */
public record Page(String words, Ikon icon) {}
