package courier.infra;

import java.util.function.Consumer;

/** A server of the real protocol in this process. */
public interface EmbeddedServer extends AutoCloseable {
  /**
   * Returns when it can be used.
   *
   * @param gaveUp is told why when the server that runs cannot go on, and nothing but another
   *     process can heal that
   */
  void start(Consumer<String> gaveUp) throws Exception;

  @Override
  void close();
}
