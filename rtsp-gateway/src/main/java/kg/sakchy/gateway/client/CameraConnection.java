package kg.sakchy.gateway.client;

import java.nio.ByteBuffer;
import java.time.Duration;
import kg.sakchy.core.camera.Transport;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.gateway.failure.Failure;
import kg.sakchy.gateway.hub.FaultSummary;
import kg.sakchy.gateway.hub.FaultSummary.Fault;
import kg.sakchy.gateway.hub.StreamAccounting;
import kg.sakchy.gateway.track.ArrivalStamp;
import kg.sakchy.gateway.track.RunAssembler;
import kg.sakchy.gateway.track.RunOutput;
import kg.sakchy.gateway.track.TrackReceiver;
import kg.sakchy.gateway.transport.IngestLoop;
import kg.sakchy.gateway.transport.RtspChannel;
import kg.sakchy.gateway.transport.UdpPath;
import kg.sakchy.media.rtsp.RtspMessage;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a camera, from dialling to the last byte. It ends once, and tells its owner
 * when its sockets are closed, so that the next one never overlaps with it.
 *
 * <p>Threads: confined to the stream's event loop.
 */
public final class CameraConnection
    implements RtspChannel.Listener, UdpPath.Events, Dialogue.Outcome {
  /** Longest wait for the answer to TEARDOWN. */
  static final Duration FAREWELL = Duration.ofSeconds(1);

  /** Name, TCP and TLS each have one connect timeout. */
  private static final int DIAL_STEPS = 3;

  private static final String TEARDOWN = "TEARDOWN";

  private final GatewayContext context;
  private final Owner owner;
  private final FaultSummary faults;
  private final ArrivalStamp stamp;
  private final RunAssembler run;
  private final RtspChannel channel;
  private final Interleaving interleaving;
  private final Conversation conversation;
  private final Dialogue dialogue;
  private final long dialledAt;
  private boolean connected;
  private boolean paused;
  private @Nullable Session session;
  private @Nullable ConnectionEnd end;

  /** Whom the connection works for. */
  public interface Owner extends RunOutput {
    /** The camera agreed to play; packets follow. */
    void playing();

    /** The connection is closed; the last call. */
    void ended(ConnectionEnd end);
  }

  /**
   * Begins to dial. Must be called on {@code loop}, as everything else here.
   *
   * @param request whom to dial, and what to ask for
   */
  public CameraConnection(
      GatewayContext context,
      IngestLoop loop,
      PlayRequest request,
      Owner owner,
      StreamAccounting accounting,
      FaultSummary faults) {
    this.context = context;
    this.owner = owner;
    this.faults = faults;
    stamp = new ArrivalStamp(context.clock());
    run = new RunAssembler(stamp, owner);
    dialledAt = context.clock().nanoTime();
    channel = context.dialer().dial(request.uri(), loop, this);
    interleaving = new Interleaving(channel);
    conversation = new Conversation(channel, request.credentials(), context.clock());
    dialogue =
        new Dialogue(
            request,
            context.config().responseTimeout(),
            conversation,
            request.source().transport() == Transport.UDP
                ? UdpSetup.source(context.udpPorts(), channel, loop, this)
                : InterleavedSetup.source(interleaving),
            track ->
                new TrackReceiver(track, run, request.mode().tap(track), stamp, accounting, faults),
            this);
  }

  /** Asks for a key frame, at most once a second (RFC 4585 §6.3.1). */
  public void requestKeyFrame() {
    if (session != null) {
      session.requestKeyFrame(context.clock().nanoTime());
    }
  }

  /** Says goodbye and closes; the wait for the camera's answer is bounded. Idempotent. */
  public void close() {
    if (!conclude(new ConnectionEnd.Closed())) {
      return;
    }
    if (!dialogue.hasSession()) {
      channel.close();
    } else if (conversation.isBusy()) {
      conversation.announce(TEARDOWN, dialogue.sessionUri().toString());
      channel.close();
    } else {
      conversation.farewell(TEARDOWN, dialogue.sessionUri().toString(), FAREWELL, channel::close);
    }
  }

  /** Something is wrong: says goodbye without waiting and closes. */
  private void end(ConnectionEnd reason) {
    if (conclude(reason)) {
      if (dialogue.hasSession()) {
        conversation.announce(TEARDOWN, dialogue.sessionUri().toString());
      }
      channel.close();
    }
  }

  /** Decides how it ended and delivers what is unfinished; false if that is done already. */
  private boolean conclude(ConnectionEnd reason) {
    if (end != null) {
      return false;
    }
    dialogue.abandon();
    dialogue.tracks().forEach(track -> track.receiver().finish());
    run.finish();
    end = reason;
    dialogue.tracks().forEach(track -> track.path().close());
    return true;
  }

  /** Whether the camera said that its video ends here (RTCP BYE). */
  public boolean hasLeft() {
    return !dialogue.tracks().isEmpty() && dialogue.tracks().getFirst().receiver().left();
  }

  /** Reads nothing more, so that the camera has to wait, until {@link #resume}. */
  public void pause() {
    paused = true;
    channel.reading(false);
  }

  /** Reads on. */
  public void resume() {
    paused = false;
    channel.reading(true);
    excuseSilence(context.clock().nanoTime());
  }

  /** Silence up to now is not the camera's. */
  private void excuseSilence(long nowNanos) {
    if (session != null) {
      session.excuseSilence(nowNanos);
    }
  }

  /** Does what is due; called from time to time by the owner. */
  public void tick(long nowNanos) {
    if (paused) {
      excuseSilence(nowNanos);
    }
    conversation.tick(nowNanos);
    if (end != null) {
      return;
    }
    run.tick(nowNanos);
    Failure failure =
        connected ? session == null ? null : session.tick(nowNanos) : dialling(nowNanos);
    if (failure != null) {
      end(new ConnectionEnd.Failed(failure));
    }
  }

  private @Nullable Failure dialling(long nowNanos) {
    Duration limit = context.config().connectTimeout().multipliedBy(DIAL_STEPS);
    return nowNanos - dialledAt < limit.toNanos()
        ? null
        : Failure.network(ErrorKind.TIMEOUT, "no connection to the camera within " + limit);
  }

  @Override
  public void connected() {
    connected = true;
    if (end == null) {
      dialogue.start();
    }
  }

  @Override
  public void playing() {
    session =
        new Session(dialogue, conversation, run, context.config(), context.clock().nanoTime());
    owner.playing();
  }

  @Override
  public void ended(ConnectionEnd reason) {
    end(reason);
  }

  @Override
  public void read() {
    stamp.take();
  }

  @Override
  public void interleaved(int number, ByteBuffer payload) {
    if (end == null && !interleaving.frame(number, payload)) {
      faults.count(Fault.FOREIGN_CHANNEL, 1);
    }
  }

  @Override
  public void message(RtspMessage message) {
    conversation.message(message);
  }

  @Override
  public void garbage(int bytes) {
    faults.count(Fault.GARBAGE_BYTE, bytes);
  }

  @Override
  public void stranger() {
    faults.count(Fault.FOREIGN_SENDER, 1);
  }

  @Override
  public void closed(@Nullable Failure failure) {
    conclude(
        new ConnectionEnd.Failed(
            failure == null
                ? Failure.camera(ErrorKind.UNAVAILABLE, "the camera closed the connection")
                : failure));
    if (end != null) {
      owner.ended(end);
    }
  }
}
