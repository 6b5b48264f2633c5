package courier.socketio.session;

import com.corundumstudio.socketio.Transport;
import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.protocol.PacketType;
import courier.feed.Client;
import courier.feed.Delivery;
import courier.socketio.guard.Admission;
import courier.socketio.guard.SlowClients;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.SucceededFuture;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A session that is connected to the default namespace, as a client of a log's events. */
public final class Connection implements Client {
  private static final Future<?> FINISHED =
      new SucceededFuture<>(ImmediateEventExecutor.INSTANCE, null);

  private static final int LOOK_MILLIS = 20;

  /** How the client is told whether it is connected. */
  public interface Answer {
    /** Where it is told, in the order of what else it sends. */
    EventExecutor loop();

    void admit();

    void refuse(String reason);
  }

  private final Session session;
  private final String room;
  private final SlowClients slow;
  private final Answer answer;
  private volatile String pid;
  private volatile Channel upgraded;
  private Channel socket;
  private volatile Future<?> sending = FINISHED;
  private volatile Packet queued;

  /**
   * @param webSocket null when the client polls
   * @param room whose events it gets
   */
  public Connection(
      Session session, Channel webSocket, String room, SlowClients slow, Answer answer) {
    this.session = session;
    this.socket = webSocket;
    this.room = room;
    this.slow = slow;
    this.answer = answer;
  }

  String room() {
    return room;
  }

  /** What it is told as its {@code pid}, or null. */
  public String pid() {
    return pid;
  }

  @Override
  public UUID id() {
    return session.client.getSessionId();
  }

  @Override
  public Object address() {
    return Admission.key(session.address);
  }

  @Override
  public boolean isConnected() {
    return session.client.isConnected();
  }

  @Override
  public void admit(String told, Runnable begin) {
    inOrder(
        () -> {
          if (isConnected()) { // else the server would count it as connected for good
            pid = told;
            answer.admit();
          }
          begin.run();
        });
  }

  @Override
  public void refuse(String reason) {
    inOrder(() -> answer.refuse(reason));
  }

  private void inOrder(Runnable then) {
    EventExecutor loop = answer.loop();
    if (loop.inEventLoop()) {
      then.run();
    } else {
      loop.execute(then);
    }
  }

  /** The client has left polling for this WebSocket. */
  public void upgrade(Channel webSocket) {
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

  @Override
  public boolean keepsUp() {
    Channel channel = socket();
    if (channel == null) {
      return session.queued().isEmpty();
    }
    int half = channel.config().getWriteBufferHighWaterMark() / 2;
    return channel.isWritable() && channel.bytesBeforeUnwritable() > half;
  }

  @Override
  public void send(Delivery missed) {
    Channel channel = socket();
    if (channel == null) {
      queue(missed);
    } else {
      ChannelPromise taken = channel.newPromise();
      sending = taken;
      FramedFanOut.send(missed, channel, taken);
    }
  }

  /** Has it sent by the server, with its next poll. */
  void queue(Delivery events) {
    for (Delivery.Item event : events.items()) {
      Packet packet = FramedFanOut.packet(event, session.client.getEngineIOVersion());
      queued = packet;
      session.client.send(packet);
    }
    if (upgraded != null) {
      sendQueued();
    }
  }

  /** Polls take what is queued, and only the queue knows when they did. */
  @Override
  public void whenTaken(Runnable then) {
    lookWhether(queued, then);
  }

  private void lookWhether(Packet last, Runnable then) {
    EventExecutor executor = session.executor();
    if (last != null
        && isConnected()
        && session.queued().contains(last)
        && !executor.isShuttingDown()) {
      executor.schedule(() -> lookWhether(last, then), LOOK_MILLIS, TimeUnit.MILLISECONDS);
    } else {
      sending.addListener(taken -> then.run());
    }
  }

  @Override
  public void closeAsSlow() {
    slow.close(session);
  }
}
