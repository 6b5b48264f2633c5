package courier.http;

import io.netty.channel.Channel;
import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the client of a request is: at the other end of its connection, or where a trusted proxy
 * there says. After {@link #tell} the header {@code X-Forwarded-For} is that address and nothing
 * else.
 */
public final class ClientAddress {
  public static final String HEADER = "X-Forwarded-For";

  private final List<IpSubnetFilterRule> trusted;

  /**
   * @param proxies that are believed: addresses and networks such as {@code 10.0.0.0/8}, with
   *     commas between; none if empty
   * @throws IllegalArgumentException if one of them is neither
   */
  public ClientAddress(String proxies) {
    trusted =
        Stream.of(proxies.split(","))
            .map(String::strip)
            .filter(proxy -> !proxy.isEmpty())
            .map(ClientAddress::rule)
            .toList();
  }

  private static IpSubnetFilterRule rule(String proxy) {
    int slash = proxy.indexOf('/');
    InetAddress address = parse(slash < 0 ? proxy : proxy.substring(0, slash));
    if (address == null) {
      throw new IllegalArgumentException(proxy + " is no address");
    }
    int whole = address.getAddress().length * Byte.SIZE;
    int prefix = slash < 0 ? whole : Integer.parseInt(proxy.substring(slash + 1));
    return new IpSubnetFilterRule(address, prefix, IpFilterRuleType.ACCEPT);
  }

  /** Null if it is none; no name is looked up. */
  private static InetAddress parse(String address) {
    return NetUtil.createInetAddressFromIpAddressString(address);
  }

  public boolean trusts(InetAddress proxy) {
    return trusted.stream().anyMatch(rule -> rule.matches(new InetSocketAddress(proxy, 0)));
  }

  /** Replaces what the request says about its client by what is known of it. */
  public void tell(HttpServerRequest request) {
    InetAddress client = of(peer(request), request.headers().getAll(HEADER));
    request.headers().set(HEADER, client.getHostAddress());
  }

  /** The client of a request of which this was told, or the other end of its connection. */
  public static InetAddress of(HttpServerRequest request) {
    String told = request.getHeader(HEADER);
    return told == null ? peer(request) : parse(told);
  }

  private static InetAddress peer(HttpServerRequest request) {
    return peer(Wire.of(request.connection()));
  }

  public static InetAddress peer(Channel channel) {
    return ((InetSocketAddress) channel.remoteAddress()).getAddress();
  }

  /** Each proxy adds who is before it at the end: the first one that is not trusted is it. */
  InetAddress of(InetAddress peer, List<String> forwardedFor) {
    List<String> hops = new ArrayList<>();
    forwardedFor.forEach(line -> hops.addAll(List.of(line.split(","))));
    InetAddress client = peer;
    for (int i = hops.size() - 1; i >= 0 && trusts(client); i--) {
      InetAddress before = parse(hops.get(i).strip());
      if (before == null) {
        break;
      }
      client = before;
    }
    return client;
  }
}
