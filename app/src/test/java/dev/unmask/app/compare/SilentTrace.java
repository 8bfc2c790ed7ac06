package dev.unmask.app.compare;

import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.TokenStep;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceHeader;

/** A trace as another that does not tell how often its model was asked. */
record SilentTrace(Trace<TokenState, TokenRecord> of) implements Trace<TokenState, TokenRecord> {
  @Override
  public TraceHeader header() {
    return of.header();
  }

  @Override
  public int steps() {
    return of.steps();
  }

  @Override
  public TokenState state(int index) {
    return of.state(index).withEvaluations(-1);
  }

  @Override
  public TokenRecord step(int index) {
    TokenRecord record = of.step(index);
    TokenStep decision = record.decision();
    return new TokenRecord(
        decision.leadingTo(decision.next().withEvaluations(-1)),
        record.entropy(),
        record.candidates(),
        record.context());
  }
}
