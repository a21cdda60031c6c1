package kg.sakchy.web.whep;

import kg.sakchy.core.audit.LastingActs;
import kg.sakchy.core.live.LiveViews;
import kg.sakchy.core.stream.LiveStream;

/**
 * A hold on a stream that is recorded for as long as it is held: sessions close it when they end,
 * whatever ends them.
 */
record WitnessedView(LiveViews.LiveView view, LastingActs.Hold watching)
    implements LiveViews.LiveView {
  @Override
  public LiveStream stream() {
    return view.stream();
  }

  @Override
  public LiveViews.Delivery delivery() {
    return view.delivery();
  }

  @Override
  public void close() {
    view.close();
    watching.close();
  }
}
