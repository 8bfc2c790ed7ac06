package dev.unmask.engine.remote;

/** What came over the wire is not what the protocol says; the message is a clause that says how. */
final class WireException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WireException(String clause) {
    super(clause);
  }
}
