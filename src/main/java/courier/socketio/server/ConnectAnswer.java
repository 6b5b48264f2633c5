package courier.socketio.server;

import com.corundumstudio.socketio.SocketIOChannelInitializer;
import com.corundumstudio.socketio.Transport;
import com.corundumstudio.socketio.messages.PacketsMessage;
import courier.socketio.guard.Doorkeeper;
import courier.socketio.packet.ConnectPacket;
import courier.socketio.session.Connection;
import courier.socketio.session.Session;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What comes of a CONNECT packet: it goes on to the server, which answers it, or is refused. */
final class ConnectAnswer implements Connection.Answer {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectAnswer.class);

  private final ChannelHandlerContext context;
  private final Session session;
  private final ConnectPacket asked;
  private final PacketsMessage bare;
  private final ChannelInboundHandler server;
  private final Runnable admitted;
  private final Consumer<String> refused;

  /**
   * @param admitted is run once the server has the packet
   * @param refused takes the reason
   */
  ConnectAnswer(
      ChannelHandlerContext context,
      Session session,
      ConnectPacket asked,
      Transport transport,
      Runnable admitted,
      Consumer<String> refused) {
    this.context = context;
    this.session = session;
    this.asked = asked;
    this.admitted = admitted;
    this.refused = refused;
    bare = new PacketsMessage(session.client, asked.withoutData(), transport);
    // Now, as a poll's connection may have its answer, and no handlers, before there is one here.
    server =
        (ChannelInboundHandler) context.pipeline().get(SocketIOChannelInitializer.PACKET_HANDLER);
  }

  ConnectPacket asked() {
    return asked;
  }

  /** The one it came by, or null when it came by a poll. */
  Channel webSocket() {
    return bare.getTransport() == Transport.WEBSOCKET ? context.channel() : null;
  }

  @Override
  public EventExecutor loop() {
    return context.executor();
  }

  /**
   * Goes on once it is known who asks. An error then ends the session, which would wait for ever.
   */
  void when(CompletionStage<Doorkeeper.Caller> known, Consumer<Doorkeeper.Caller> then) {
    known
        .handleAsync(
            (caller, failure) -> {
              if (failure == null) {
                then.accept(caller);
              } else {
                refuse(failure.getMessage());
              }
              return caller;
            },
            loop())
        .exceptionally(
            error -> {
              LOG.warn("A client could not be let in", error);
              session.end(WebSocketCloseStatus.INTERNAL_SERVER_ERROR, "it could not be let in");
              return null;
            });
  }

  /** The packet goes on to the server, also when the poll it came with has its answer. */
  @Override
  public void admit() {
    try {
      server.channelRead(context, bare);
      session.leaveIfOver();
    } catch (Exception e) {
      context.fireExceptionCaught(e);
    }
    admitted.run();
  }

  @Override
  public void refuse(String reason) {
    refused.accept(reason);
  }
}
