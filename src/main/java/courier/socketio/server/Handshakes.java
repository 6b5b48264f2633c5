package courier.socketio.server;

import courier.socketio.guard.Admission;
import courier.socketio.guard.ClientAddress;
import courier.socketio.packet.AnswerHeaders;
import courier.socketio.packet.EngineRequest;
import courier.socketio.packet.RequestRefusal;
import courier.socketio.session.Session;
import courier.socketio.session.Sessions;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Refuses handshakes and other requests, at the cost of little more than reading them. */
@Sharable
final class Handshakes extends ChannelDuplexHandler {
  /** No answer by HTTP, but a WebSocket that is opened and closed. */
  private static final FullHttpResponse SECOND_WEB_SOCKET = RequestRefusal.badRequest();

  private final Admission admission;
  private final Sessions sessions;
  private final String path;
  private final Set<String> transports;

  Handshakes(Admission admission, Sessions sessions, String path, Set<String> transports) {
    this.admission = admission;
    this.sessions = sessions;
    this.path = path;
    this.transports = transports;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof FullHttpRequest request) {
      try {
        inOrder(context, request, EngineRequest.of(request));
      } catch (IllegalArgumentException e) {
        refuse(context, request, RequestRefusal.badRequest());
      }
    } else {
      context.fireChannelRead(message);
    }
  }

  /** The server says 500 of a session that has ended since it was found here. */
  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    boolean isGone =
        message instanceof HttpResponse answer
            && answer.status().equals(HttpResponseStatus.INTERNAL_SERVER_ERROR);
    context.write(isGone ? RequestRefusal.unknownSession() : message, promise);
  }

  /** A poll of a client that upgrades comes after what it sent by the WebSocket before. */
  private void inOrder(
      ChannelHandlerContext context, FullHttpRequest request, EngineRequest asked) {
    Session session = asked.isPoll() ? sessions.of(asked.session()) : null;
    Channel webSocket = session == null ? null : session.transports.upgrading();
    if (webSocket == null) {
      read(context, request, asked);
    } else {
      afterReading(
          webSocket, () -> context.executor().execute(() -> read(context, request, asked)));
    }
  }

  /** What is scheduled on an event loop comes after its next look at what there is to be read. */
  private static void afterReading(Channel channel, Runnable then) {
    EventLoop loop = channel.eventLoop();
    loop.execute(() -> loop.schedule(then, 1, TimeUnit.NANOSECONDS));
  }

  private void read(ChannelHandlerContext context, FullHttpRequest request, EngineRequest asked) {
    FullHttpResponse refusal = refusal(context.channel(), request, asked);
    if (refusal == null) {
      context.fireChannelRead(request);
    } else if (refusal == SECOND_WEB_SOCKET) {
      openAndClose(context.channel(), request);
    } else {
      refuse(context, request, refusal);
    }
  }

  private static void refuse(
      ChannelHandlerContext context, FullHttpRequest request, FullHttpResponse refusal) {
    request.release();
    context.writeAndFlush(refusal).addListener(ChannelFutureListener.CLOSE);
  }

  /** As the reference server does; some clients take another answer for an error of their own. */
  private static void openAndClose(Channel channel, FullHttpRequest request) {
    WebSocketServerHandshaker handshaker =
        new WebSocketServerHandshakerFactory(null, null, false).newHandshaker(request);
    try {
      if (handshaker == null) {
        WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(channel)
            .addListener(ChannelFutureListener.CLOSE);
      } else {
        handshaker.handshake(channel, request);
        channel
            .writeAndFlush(
                new CloseWebSocketFrame(
                    WebSocketCloseStatus.POLICY_VIOLATION, "the session has a WebSocket"))
            .addListener(ChannelFutureListener.CLOSE);
      }
    } finally {
      request.release();
    }
  }

  private FullHttpResponse refusal(Channel channel, FullHttpRequest request, EngineRequest asked) {
    if (!asked.path().equals(path)) {
      return RequestRefusal.notFound(); // some would wait forever for an answer
    }
    FullHttpResponse problem = asked.problem(transports);
    if (problem != null) {
      return problem;
    }
    asked.forgetBase64();
    if (asked.isText()) {
      AnswerHeaders.sayText(channel);
    }
    if (asked.session() == null) {
      return admits(channel, request) ? null : RequestRefusal.tooMany();
    }
    Session session = sessions.of(asked.session());
    if (session == null) {
      return RequestRefusal.unknownSession();
    }
    if (fits(session, asked, channel)) {
      return null;
    }
    return asked.isWebSocket() ? SECOND_WEB_SOCKET : RequestRefusal.badRequest();
  }

  /** Whether a session has room for what a request wants of it, as with the reference server. */
  private boolean fits(Session session, EngineRequest asked, Channel channel) {
    if (asked.isWebSocket()) {
      return session.transports.upgrades(channel);
    }
    if (!session.transports.isPolling()) {
      return false;
    }
    if (asked.isPoll()) {
      if (!session.transports.polls(channel)) {
        session.end(WebSocketCloseStatus.POLICY_VIOLATION, "two polls at a time");
        return false;
      }
      channel.eventLoop().execute(() -> sessions.polled(session)); // when the server has it
    }
    return true;
  }

  private boolean admits(Channel channel, FullHttpRequest request) {
    ClientAddress client = ClientAddress.of(channel, request.headers());
    channel.attr(Sessions.ADDRESS).set(client.address());
    return client.isAdmitted()
        ? admission.hasRoom(client.address())
        : admission.admits(client.address());
  }
}
