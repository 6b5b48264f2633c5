package courier;

/** What can be started by its name. */
interface Part extends AutoCloseable {
  String name();

  /** Claims the addresses it is going to listen on. */
  void claim(Ports ports);

  void start() throws Exception;

  /** Tells who started it where it is and what it does. */
  void describe(Summary summary);

  @Override
  void close();
}
