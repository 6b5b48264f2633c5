package courier;

import courier.infra.EmbeddedServer;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** An embedded server at the very address by which its clients know it. */
final class EmbeddedPart implements Part {
  private final String name;
  private final String property;
  private final InetSocketAddress address;
  private final Path data;
  private final EmbeddedServer server;
  private final Consumer<String> gaveUp;

  EmbeddedPart(
      String name,
      String property,
      InetSocketAddress address,
      Path data,
      BiFunction<Path, InetSocketAddress, EmbeddedServer> server,
      Consumer<String> gaveUp) {
    this.name = name;
    this.property = property;
    this.address = address;
    this.data = data;
    this.server = server.apply(data, address);
    this.gaveUp = gaveUp;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void claim(Ports ports) {
    ports.claim(
        property,
        property,
        address,
        ", or leave out the part " + name + " to use the one that is there");
  }

  @Override
  public void start() throws Exception {
    server.start(
        why ->
            gaveUp.accept(
                "the embedded %s gave up, so this process ends: %s. Give it what it lacks (what is logged above says more) and start Courier again; what was acknowledged is there."
                    .formatted(name, why)));
  }

  @Override
  public void describe(Summary summary) {
    summary.line(
        name, address.getHostString() + ":" + address.getPort(), "embedded, data in " + data);
  }

  @Override
  public void close() {
    server.close();
  }
}
