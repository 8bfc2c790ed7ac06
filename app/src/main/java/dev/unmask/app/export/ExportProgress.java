package dev.unmask.app.export;

/** Is told how far an export is. Whoever interrupts the thread that exports gives the export up. */
@FunctionalInterface
public interface ExportProgress {
  /** Nobody looks. */
  ExportProgress NONE = (_, _) -> {};

  /** So many pictures are written, of so many; on the thread that exports. */
  void done(int pictures, int all);
}
