package courier.chaos.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Between a part and a server: passes the bytes on, late, later or not at all if told so. */
public class TcpProxy implements AutoCloseable {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final ServerSocket listener;
  private final int server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile int delayMillis;
  private volatile boolean cut;
  private final Object hole = new Object();
  private boolean swallowing;

  public TcpProxy(InetAddress address, int port, int server) throws IOException {
    this.server = server;
    listener = new ServerSocket(port, 100, address);
    start(this::accept);
  }

  private void accept() {
    try {
      while (true) {
        connect(listener.accept());
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void connect(Socket client) {
    open.add(client);
    try {
      Socket to = new Socket(LOOPBACK, server);
      open.add(to);
      if (cut) {
        close(to);
        throw new IOException("cut");
      }
      client.setTcpNoDelay(true);
      to.setTcpNoDelay(true);
      OutputStream back = client.getOutputStream();
      start(
          () ->
              pump(client, to, () -> request(client.getInputStream(), to.getOutputStream(), back)));
      start(() -> pump(client, to, () -> answer(to.getInputStream(), back)));
    } catch (IOException e) {
      close(client);
    }
  }

  /** Passes on what the client says until it ends. */
  void request(InputStream client, OutputStream server, OutputStream back) throws IOException {
    copy(client, server);
  }

  /** Passes on what the server says until it ends. */
  void answer(InputStream server, OutputStream back) throws IOException {
    copy(server, back);
  }

  private void copy(InputStream from, OutputStream to) throws IOException {
    byte[] bytes = new byte[16_384];
    for (int n = from.read(bytes); n >= 0; n = from.read(bytes)) {
      write(to, bytes, n);
    }
  }

  public void write(OutputStream to, byte[] bytes, int length) throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(delayMillis);
      synchronized (hole) {
        while (swallowing) {
          hole.wait();
        }
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    synchronized (to) {
      to.write(bytes, 0, length);
    }
  }

  public void delay(int millis) {
    delayMillis = millis;
  }

  /**
   * Is a black hole until told otherwise: takes connections and says nothing, and nobody is told
   * that the other side is gone. What was said meanwhile gets through afterwards, as TCP has it.
   */
  public void swallow(boolean swallow) {
    synchronized (hole) {
      swallowing = swallow;
      hole.notifyAll();
    }
  }

  /** Ends all connections and takes no others, until told otherwise. */
  public void cut(boolean cut) {
    this.cut = cut;
    if (cut) {
      open.forEach(this::close);
    }
  }

  private interface Pump {
    void run() throws IOException;
  }

  private void pump(Socket client, Socket server, Pump pump) {
    try {
      pump.run();
    } catch (IOException e) {
      // ended by either side, or cut
    } finally {
      close(client);
      close(server);
    }
  }

  private void close(Socket socket) {
    open.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      // it is closed
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    swallow(false);
    cut(true);
  }
}
