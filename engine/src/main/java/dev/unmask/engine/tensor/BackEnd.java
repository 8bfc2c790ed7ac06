package dev.unmask.engine.tensor;

import dev.unmask.engine.InputException;
import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.nd4j.common.config.ND4JClassLoading;

/** Of ND4J's back ends the one that this process computes on. ND4J takes one and keeps it. */
enum BackEnd {
  /** The CPU. */
  NATIVE("nd4j-native"),
  /** A graphics card. */
  CUDA("nd4j-cuda");

  private static BackEnd chosen;

  private final String library;

  BackEnd(String library) {
    this.library = library;
  }

  /**
   * Makes ND4J see this back end alone, before its first use.
   *
   * @throws InputException if the process computes on another one already
   */
  static synchronized void choose(BackEnd wanted) {
    if (chosen == null) {
      ND4JClassLoading.setNd4jClassloader(wanted.alone(BackEnd.class.getClassLoader()));
      chosen = wanted;
    }
    if (chosen != wanted) {
      throw new InputException(
          "This is computed on the %s and the program computes on the %s; start it anew for this."
              .formatted(wanted.place(), chosen.place()));
    }
  }

  private String place() {
    return this == CUDA ? "graphics card" : "CPU";
  }

  /** Whether its library is on the class path. */
  boolean isThere(ClassLoader loader) {
    try {
      return Collections.list(loader.getResources(Services.BACK_ENDS)).stream().anyMatch(this::has);
    } catch (IOException e) {
      throw new IllegalStateException("the class path cannot be read", e);
    }
  }

  private boolean has(URL service) {
    return service.getPath().contains(library);
  }

  /** The same classes, and of the back ends this one. */
  ClassLoader alone(ClassLoader loader) {
    return new Services(loader, this);
  }

  /** Hides other back ends from those who look for services. */
  private static final class Services extends ClassLoader {
    static final String BACK_ENDS = "META-INF/services/org.nd4j.linalg.factory.Nd4jBackend";

    private final BackEnd only;

    Services(ClassLoader parent, BackEnd only) {
      super(parent);
      this.only = only;
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      Enumeration<URL> all = super.getResources(name);
      if (!name.equals(BACK_ENDS)) {
        return all;
      }
      List<URL> kept = Collections.list(all).stream().filter(only::has).toList();
      return Collections.enumeration(kept);
    }
  }
}
