package courier;

/** What can be started by its name. */
interface Part extends AutoCloseable {
  String name();

  /** Claims the addresses it is going to listen on. */
  void claim(Ports ports);

  void start() throws Exception;

  /** Tells who started it where it is and what it does. */
  void describe(Summary summary);

  /** The process is going to end: who asks whether it is ready is told so. */
  default void announceEnd() {}

  /**
   * Has those who hold connections leave, while all goes on.
   *
   * @param millis how long that may take
   */
  default void drain(long millis) throws InterruptedException {}

  @Override
  void close();
}
