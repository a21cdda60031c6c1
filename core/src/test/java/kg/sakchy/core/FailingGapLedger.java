package kg.sakchy.core;

import java.util.List;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.recording.Gap;
import kg.sakchy.core.recording.GapLedger;
import kg.sakchy.core.time.TimeRange;

/** A ledger that breaks, or becomes endlessly slow, at the flick of a {@link FaultSwitch}. */
public final class FailingGapLedger implements GapLedger {
  private final GapLedger ledger;
  private final FaultSwitch faults;

  public FailingGapLedger(GapLedger ledger, FaultSwitch faults) {
    this.ledger = ledger;
    this.faults = faults;
  }

  @Override
  public void put(Gap gap) {
    faults.pass();
    ledger.put(gap);
  }

  @Override
  public boolean replace(Gap known, List<Gap> left) {
    faults.pass();
    return ledger.replace(known, left);
  }

  @Override
  public List<Gap> find(StreamId stream, TimeRange range, int limit) {
    faults.pass();
    return ledger.find(stream, range, limit);
  }
}
