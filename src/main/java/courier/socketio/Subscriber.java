package courier.socketio;

import com.corundumstudio.socketio.Transport;
import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.protocol.PacketType;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.SucceededFuture;
import java.util.List;
import java.util.UUID;

/**
 * A connected client that gets the events of a room. Whoever sends to it is one at a time. It knows
 * its position and keeps no events, so that it costs nothing to be slow.
 */
final class Subscriber {
  private static final Future<?> FINISHED =
      new SucceededFuture<>(ImmediateEventExecutor.INSTANCE, null);

  private final Session session;
  private final String room;
  private final String pid;
  private volatile Channel upgraded;
  private volatile boolean gone;
  private Channel socket;
  private Cursor position;
  private volatile Turn turn;
  private volatile Future<?> sending = FINISHED;
  private volatile long sent;

  /**
   * @param webSocket null when the client polls
   * @param start up to where it has all events
   */
  Subscriber(Session session, Channel webSocket, String room, Recovery.Start start) {
    this.session = session;
    this.socket = webSocket;
    this.room = room;
    this.pid = start.pid();
    this.position = start.position();
  }

  Session session() {
    return session;
  }

  UUID id() {
    return session.client.getSessionId();
  }

  String pid() {
    return pid;
  }

  String room() {
    return room;
  }

  /** Up to where it has all events, while it catches up. */
  Cursor position() {
    return position;
  }

  void startAt(Cursor from) {
    position = from;
  }

  boolean isConnected() {
    return !gone && session.client.isConnected();
  }

  /** It waits for its turn to catch up, or has it. */
  void waitsFor(Turn next) {
    turn = next;
    if (gone) {
      next.end();
    }
  }

  /** Its turn begins: it was sent nothing in it yet. */
  void begins() {
    sent = 0;
    sending = FINISHED;
  }

  void leave() {
    gone = true;
    Turn last = turn;
    if (last != null) {
      last.end();
    }
  }

  /** The client has left polling for this WebSocket. */
  void upgrade(Channel webSocket) {
    upgraded = webSocket;
    sendQueued();
  }

  /** Something may have been queued for polls when there were no more; a packet takes it along. */
  private void sendQueued() {
    session.client.send(new Packet(PacketType.NOOP, session.client.getEngineIOVersion()));
  }

  /** Where to write events, or null while they are to be queued. */
  Channel socket() {
    // What was queued for its polls goes first.
    if (socket == null
        && upgraded != null
        && session.client.getPacketsQueue(Transport.WEBSOCKET).isEmpty()) {
      socket = upgraded;
    }
    return socket;
  }

  /** Whether it has taken most of what was sent to it, so that more may be. */
  boolean keepsUp() {
    Channel channel = socket();
    if (channel == null) {
      return !hasQueued();
    }
    int half = channel.config().getWriteBufferHighWaterMark() / 2;
    return channel.isWritable() && channel.bytesBeforeUnwritable() > half;
  }

  boolean isPolling() {
    return socket() == null;
  }

  /** Whether events wait for its polls. */
  boolean hasQueued() {
    return isConnected() && !session.client.getPacketsQueue(Transport.POLLING).isEmpty();
  }

  /** Sends what it has missed. */
  void send(Page missed) {
    if (missed.isEmpty()) {
      return;
    }
    sent += missed.length();
    FanOut fanOut = new FanOut();
    for (LogEvent event : missed.events()) {
      position = position.after(event.partition(), event.offset());
      fanOut.add(event, position);
    }
    Channel channel = socket();
    if (channel == null) {
      fanOut.sendTo(List.of(this));
    } else {
      ChannelPromise taken = channel.newPromise();
      sending = taken;
      fanOut.sendTo(channel, taken);
    }
  }

  /** How much it was sent in this turn. */
  long sent() {
    return sent;
  }

  /** What was written to its socket last in this turn. */
  Future<?> sending() {
    return sending;
  }

  void queue(List<LogEvent> events, List<Cursor> positions) {
    for (int i = 0; i < events.size(); i++) {
      session.client.send(
          events.get(i).queued(positions.get(i), session.client.getEngineIOVersion()));
    }
    if (upgraded != null) {
      sendQueued();
    }
  }
}
