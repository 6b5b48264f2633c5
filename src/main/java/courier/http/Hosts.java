package courier.http;

import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The names by which a server is asked. A page of somebody else's that lets its own name point here
 * (DNS rebinding) asks by that name, and would be of the same origin; it is told 421 (RFC 9110,
 * 15.5.20).
 */
public final class Hosts {
  private static final String ANY = "*";

  private final Set<String> names;

  /**
   * @param names beside {@code localhost} and addresses, which no page can make its own; {@code *}
   *     is any; with commas between
   * @param listening the host that the server listens at, which is one too
   */
  public Hosts(String names, String listening) {
    this.names =
        Stream.concat(Stream.of("localhost", listening), Arrays.stream(names.split(",")))
            .map(name -> name.strip().toLowerCase(Locale.ROOT))
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether it is asked by one of them; no browser leaves the name out. */
  boolean isMeant(HttpServerRequest request) {
    HostAndPort asked = request.authority();
    return asked == null || has(asked.host().toLowerCase(Locale.ROOT));
  }

  private boolean has(String name) {
    return names.contains(ANY)
        || names.contains(name)
        || name.endsWith(".localhost")
        || NetUtil.isValidIpV4Address(name)
        || NetUtil.isValidIpV6Address(name);
  }
}
