package courier.socketio.server;

import courier.socketio.session.Session;
import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.TimeUnit;

/** Reads a connection no faster than what its client emits is taken. */
final class ReadingPace {
  /** Events of a client that wait for it to be read on; and how often that is looked at. */
  private static final int MANY = 16;

  private static final int MANY_BYTES = 64 * 1024;
  private static final int LOOK_MILLIS = 20;

  private boolean pausing;

  /** On the connection's event loop. */
  void follow(ChannelHandlerContext context, Session session) {
    if (!pausing && isBehind(session)) {
      context.channel().config().setAutoRead(false);
      pausing = true;
      look(context, session);
    }
  }

  private static boolean isBehind(Session session) {
    return session.events.waiting() > MANY || session.events.waitingBytes() > MANY_BYTES;
  }

  private void look(ChannelHandlerContext context, Session session) {
    context
        .executor()
        .schedule(
            () -> {
              if (isBehind(session) && context.channel().isActive()) {
                look(context, session);
              } else {
                pausing = false;
                context.channel().config().setAutoRead(true);
              }
            },
            LOOK_MILLIS,
            TimeUnit.MILLISECONDS);
  }
}
