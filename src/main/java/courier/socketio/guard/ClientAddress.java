package courier.socketio.guard;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AttributeKey;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Where a client is.
 *
 * @param isAdmitted whether somebody before us has counted its request, and let it pass
 */
public record ClientAddress(InetAddress address, boolean isAdmitted) {
  private static final AttributeKey<InetAddress> ADMITTED = AttributeKey.valueOf("admittedAddress");
  private static final String FORWARDED_FOR = "X-Forwarded-For";

  /** Notes where it is, as who hands the connection over and admitted its next request says. */
  public static void admitted(Channel channel, InetAddress client) {
    channel.attr(ADMITTED).set(client);
  }

  /** Of who sends this request, which uses up what was noted. */
  public static ClientAddress of(Channel channel, HttpHeaders headers) {
    InetAddress peer = ((InetSocketAddress) channel.remoteAddress()).getAddress();
    InetAddress admitted = channel.attr(ADMITTED).getAndSet(null);
    if (admitted == null && peer.isLoopbackAddress()) {
      admitted = forwarded(headers);
    }
    return admitted == null ? new ClientAddress(peer, false) : new ClientAddress(admitted, true);
  }

  /** What the proxy on this machine says, which is the last address; it has asked as well. */
  private static InetAddress forwarded(HttpHeaders headers) {
    List<String> addresses = headers.getAll(FORWARDED_FOR);
    if (addresses.isEmpty()) {
      return null;
    }
    String all = addresses.get(addresses.size() - 1);
    return NetUtil.createInetAddressFromIpAddressString(
        all.substring(all.lastIndexOf(',') + 1).strip());
  }
}
