package courier.socketio.server;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIONamespace;
import com.corundumstudio.socketio.listener.ConnectListener;
import com.corundumstudio.socketio.namespace.Namespace;
import com.corundumstudio.socketio.namespace.NamespacesHub;
import courier.feed.EventStore;
import courier.feed.Limits;
import courier.feed.Subscriptions;
import courier.feed.log.EventLog;
import courier.socketio.entry.Handover;
import courier.socketio.entry.SocketioAcceptor;
import courier.socketio.guard.ClientAddress;
import courier.socketio.guard.Drain;
import courier.socketio.guard.SlowClients;
import courier.socketio.session.FramedFanOut;
import courier.socketio.session.Session;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import java.net.InetAddress;
import java.util.Collection;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.RuntimeCamelException;

/**
 * The listening server: netty-socketio's handlers on a bootstrap of our own. Its own server takes
 * four seconds to stop, cannot have the same port again right after, and leaks a timer when its
 * pipeline is replaced.
 */
public final class SocketioServer implements SocketioAcceptor {
  private final SocketioConfiguration options;
  private final Configuration configuration;
  private final WriteBufferWaterMark pendingBytes;
  private final ConnectListener connectListener;
  private final NamespacesHub namespaces;
  private final SocketioPipeline pipeline;
  private final Drain drain;
  private final EventLoopGroup acceptor;
  private final EventLoopGroup workers;

  public SocketioServer(SocketioConfiguration options) {
    this.options = options;
    pipeline = new SocketioPipeline(options);
    drain = new Drain(pipeline.sessions::all);
    configuration = ServerConfiguration.of(options, pipeline.clients::pid);
    int high = options.getMaxPendingBytes();
    pendingBytes = new WriteBufferWaterMark(high / 2, high);
    connectListener = options.getConnectListener();
    namespaces = new NamespacesHub(configuration);
    acceptor = new NioEventLoopGroup(configuration.getBossThreads());
    workers = new NioEventLoopGroup(configuration.getWorkerThreads());
    SocketIONamespace root = namespace("/");
    root.addConnectListener(pipeline.unasked);
    root.addDisconnectListener(pipeline.clients::disconnected);
  }

  /**
   * @throws RuntimeCamelException if the address cannot be had, naming it
   */
  public void start() {
    pipeline.start(configuration, namespaces);
    try {
      new ServerBootstrap()
          .group(acceptor, workers)
          .channel(NioServerSocketChannel.class)
          // Connections of the last run that linger in TIME_WAIT must not keep the port.
          .option(ChannelOption.SO_REUSEADDR, true)
          .option(ChannelOption.SO_BACKLOG, 1024)
          .childOption(ChannelOption.TCP_NODELAY, true)
          .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, pendingBytes)
          .childHandler(pipeline)
          .bind(configuration.getHostname(), configuration.getPort())
          .syncUninterruptibly();
      workers.scheduleWithFixedDelay(pipeline.slow::check, 1, 1, SECONDS);
      if (options.getDoorkeeper() != null) {
        workers.scheduleWithFixedDelay(pipeline.sessions::endUnwelcome, 1, 1, SECONDS);
      }
      workers.scheduleWithFixedDelay(pipeline.admission::tidy, 10, 10, SECONDS);
    } catch (Exception e) {
      stop();
      throw new RuntimeCamelException(
          "The Socket.IO server cannot listen on %s:%d (%s): free the port or set the option port"
              .formatted(configuration.getHostname(), configuration.getPort(), e.getMessage()),
          e);
    }
  }

  @Override
  public boolean admits(InetAddress client) {
    return pipeline.admission.admits(client);
  }

  @Override
  public int maxPayload() {
    return options.getMaxFramePayloadLength();
  }

  @Override
  public void adopt(Channel channel, FullHttpRequest request, InetAddress client) {
    ClientAddress.admitted(channel, client);
    channel.config().setOption(ChannelOption.TCP_NODELAY, true);
    channel.config().setWriteBufferWaterMark(pendingBytes);
    new Handover(pipeline::addTo, SocketioPipeline.HTTP_AGGREGATOR, workers, channel, request)
        .start();
  }

  @Override
  public boolean isLeaving() {
    return drain.hasBegun();
  }

  /** Closes the connections one by one, within so many milliseconds. */
  public void drain(long millis) throws InterruptedException {
    drain.last(millis);
  }

  /** Closes the connections and the port at once: first who accepts, then who serves. */
  public void stop() {
    acceptor.shutdownGracefully(0, 1, SECONDS).syncUninterruptibly();
    workers.shutdownGracefully(0, 1, SECONDS).syncUninterruptibly();
    pipeline.stop();
  }

  /** The namespace of this name. It stays until the server stops, as its clients do. */
  public SocketIONamespace namespace(String name) {
    String key = name.equals("/") ? Namespace.DEFAULT_NAME : name;
    SocketIONamespace namespace = namespaces.get(key);
    if (namespace == null) {
      namespace = namespaces.create(key);
      if (connectListener != null) {
        namespace.addConnectListener(connectListener);
      }
    }
    return namespace;
  }

  /**
   * Clients of the default namespace get the events of a log, once they are served.
   *
   * @param pool for what is not done by the threads of connections
   */
  public Subscriptions subscribe(EventLog log, EventStore store, ScheduledExecutorService pool)
      throws Exception {
    Limits limits =
        new Limits(
            options.getRecoveries(),
            options.getMaxCatchUpBytes(),
            options.getCatchUpTimeout(),
            options.getMaxMissedPagesBytes());
    return Subscriptions.to(log, store, new FramedFanOut(), limits, pool);
  }

  /** Clients of the default namespace get the events of a log from now on. */
  public void serve(Subscriptions log, Recipients recipients) {
    pipeline.clients.serve(log, recipients);
  }

  public ClientEvents events() {
    return pipeline.events;
  }

  /** Those who get the events of a log in this room. */
  public Collection<Session> sessionsIn(String room) {
    return pipeline.sessions.in(room);
  }

  /** The client of this session, or null when it is gone. */
  public Session session(String id) {
    return pipeline.sessions.of(id);
  }

  public long refusedHandshakes() {
    return pipeline.admission.refused();
  }

  public SlowClients slowClients() {
    return pipeline.slow;
  }

  /** Connected or not yet. */
  int sessions() {
    return pipeline.sessions.all().size();
  }

  public int connectedClients() {
    return namespaces.getAllNamespaces().stream().mapToInt(n -> n.getAllClients().size()).sum();
  }
}
