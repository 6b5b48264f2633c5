package courier.socketio;

import com.corundumstudio.socketio.transport.WebSocketTransport;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.util.AttributeKey;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** Refuses handshakes and other requests, at the cost of little more than reading them. */
@Sharable
final class Handshakes extends ChannelInboundHandlerAdapter {
  /** Where the client of this connection is. */
  static final AttributeKey<InetAddress> ADDRESS = AttributeKey.valueOf("clientAddress");

  /** Where it is, as who handed the connection over and admitted its request says. */
  static final AttributeKey<InetAddress> ADMITTED = AttributeKey.valueOf("admittedAddress");

  private static final String FORWARDED_FOR = "X-Forwarded-For";

  private final Admission admission;
  private final Sessions sessions;
  private final String path;

  Handshakes(Admission admission, Sessions sessions, String path) {
    this.admission = admission;
    this.sessions = sessions;
    this.path = path;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    FullHttpResponse refusal =
        message instanceof FullHttpRequest request ? refusal(context.channel(), request) : null;
    if (refusal == null) {
      context.fireChannelRead(message);
    } else {
      ((FullHttpRequest) message).release();
      context.writeAndFlush(refusal).addListener(ChannelFutureListener.CLOSE);
    }
  }

  private FullHttpResponse refusal(Channel channel, FullHttpRequest request) {
    QueryStringDecoder address = new QueryStringDecoder(request.uri());
    if (!address.path().equals(path)) {
      return RequestRefusal.notFound(); // some would wait forever for an answer
    }
    List<String> sid = address.parameters().get("sid");
    if (sid == null) {
      return admits(channel, request) ? null : RequestRefusal.tooMany();
    }
    Session session = sessions.of(sid.get(0));
    if (session == null) {
      return RequestRefusal.unknownSession();
    }
    String transport = address.parameters().getOrDefault("transport", List.of("")).get(0);
    return fits(session, transport, channel, request) ? null : RequestRefusal.badRequest();
  }

  /** Whether a session has room for what a request wants of it, as with the reference server. */
  private boolean fits(
      Session session, String transport, Channel channel, FullHttpRequest request) {
    if (transport.equals(WebSocketTransport.NAME)) {
      return session.upgrades(channel);
    }
    if (!session.isPolling()) {
      return false;
    }
    if (request.method().equals(HttpMethod.GET) && !session.polls(channel)) {
      sessions.end(session, WebSocketCloseStatus.POLICY_VIOLATION, "two polls at a time");
      return false;
    }
    return true;
  }

  private boolean admits(Channel channel, FullHttpRequest request) {
    InetAddress peer = ((InetSocketAddress) channel.remoteAddress()).getAddress();
    InetAddress admitted = channel.attr(ADMITTED).getAndSet(null);
    if (admitted == null && peer.isLoopbackAddress()) {
      admitted = forwarded(request);
    }
    channel.attr(ADDRESS).set(admitted == null ? peer : admitted);
    return admitted == null ? admission.admits(peer) : admission.hasRoom(admitted);
  }

  /** What the proxy on this machine says, which is the last address; it has asked as well. */
  private static InetAddress forwarded(FullHttpRequest request) {
    List<String> addresses = request.headers().getAll(FORWARDED_FOR);
    if (addresses.isEmpty()) {
      return null;
    }
    String all = addresses.get(addresses.size() - 1);
    return NetUtil.createInetAddressFromIpAddressString(
        all.substring(all.lastIndexOf(',') + 1).strip());
  }
}
