package dev.unmask.app.window;

/** What lies over the window until it is closed. */
interface Overlay {
  boolean isOpen();

  void close();
}
