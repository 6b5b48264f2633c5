package courier.infra;

/** A server of the real protocol in this process. */
public interface EmbeddedServer extends AutoCloseable {
  void start() throws Exception;

  @Override
  void close();
}
