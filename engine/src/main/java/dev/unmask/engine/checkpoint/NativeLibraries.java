package dev.unmask.engine.checkpoint;

import dev.unmask.engine.tensor.Accelerator;

/**
 * The engine's native libraries. While JavaCPP loads one it may look functions up under a lock of
 * the system's loader, and waits for ever if another thread loads a library at that moment. So they
 * are loaded one after another, on one thread, before there are others.
 */
public final class NativeLibraries {
  private static boolean loaded;

  private NativeLibraries() {}

  /** Loads all of them, the first time. */
  public static synchronized void load() {
    if (!loaded) {
      Tokenizer.loadLibrary();
      Accelerator.probe().open(1).close();
      loaded = true;
    }
  }
}
