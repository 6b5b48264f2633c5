package courier.socketio;

import static io.netty.handler.codec.http.HttpResponseStatus.NOT_FOUND;
import static io.netty.handler.codec.http.HttpResponseStatus.TOO_MANY_REQUESTS;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.util.AttributeKey;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** Refuses handshakes, at the cost of little more than reading them. */
@Sharable
final class Handshakes extends ChannelInboundHandlerAdapter {
  /** Where the client of this connection is. */
  static final AttributeKey<InetAddress> ADDRESS = AttributeKey.valueOf("clientAddress");

  /** Where it is, as who handed the connection over and admitted its request says. */
  static final AttributeKey<InetAddress> ADMITTED = AttributeKey.valueOf("admittedAddress");

  private static final String FORWARDED_FOR = "X-Forwarded-For";

  private final Admission admission;
  private final String path;

  Handshakes(Admission admission, String path) {
    this.admission = admission;
    this.path = path;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    HttpResponseStatus refusal =
        message instanceof FullHttpRequest request ? refusal(context.channel(), request) : null;
    if (refusal == null) {
      context.fireChannelRead(message);
    } else {
      ((FullHttpRequest) message).release();
      context.writeAndFlush(answer(refusal)).addListener(ChannelFutureListener.CLOSE);
    }
  }

  private HttpResponseStatus refusal(Channel channel, FullHttpRequest request) {
    QueryStringDecoder address = new QueryStringDecoder(request.uri());
    if (!address.path().equals(path)) {
      return NOT_FOUND; // some would wait forever for an answer
    }
    return address.parameters().containsKey("sid") || admits(channel, request)
        ? null
        : TOO_MANY_REQUESTS;
  }

  private boolean admits(Channel channel, FullHttpRequest request) {
    InetAddress peer = ((InetSocketAddress) channel.remoteAddress()).getAddress();
    InetAddress admitted = channel.attr(ADMITTED).getAndSet(null);
    if (admitted == null && peer.isLoopbackAddress()) {
      admitted = forwarded(request);
    }
    channel.attr(ADDRESS).set(admitted == null ? peer : admitted);
    return admitted != null || admission.admits(peer);
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

  private static FullHttpResponse answer(HttpResponseStatus status) {
    FullHttpResponse answer =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.EMPTY_BUFFER);
    answer
        .headers()
        .set(HttpHeaderNames.CONTENT_LENGTH, 0)
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    if (status == TOO_MANY_REQUESTS) {
      answer.headers().set(HttpHeaderNames.RETRY_AFTER, 1);
    }
    return answer;
  }
}
