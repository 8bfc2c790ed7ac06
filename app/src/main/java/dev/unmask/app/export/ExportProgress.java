package dev.unmask.app.export;

/** Is told how far an export is, and can end it. */
public interface ExportProgress {
  /** Nobody looks, and nobody ends it. */
  ExportProgress NONE =
      new ExportProgress() {
        @Override
        public void done(int pictures, int all) {}

        @Override
        public boolean cancelled() {
          return false;
        }
      };

  /** So many pictures are written, of so many. */
  void done(int pictures, int all);

  /** Whether it shall end now. */
  boolean cancelled();
}
