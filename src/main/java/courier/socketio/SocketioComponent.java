package courier.socketio;

import com.corundumstudio.socketio.SocketIONamespace;
import courier.feed.Subscriptions;
import courier.feed.log.EventLog;
import courier.socketio.entry.SocketioAcceptor;
import courier.socketio.server.ClientEvents;
import courier.socketio.server.Recipients;
import courier.socketio.server.SocketioConfiguration;
import courier.socketio.server.SocketioServer;
import courier.socketio.session.Session;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.Endpoint;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/**
 * Sends exchanges as events to connected Socket.IO clients, and starts routes with what they emit.
 *
 * <p>The component owns the one server of its endpoints. It starts with the first endpoint and
 * stops with the component: a route, and with it its endpoint, can be replaced while clients stay
 * connected.
 */
@Component("socketio")
@ManagedResource(description = "The Socket.IO server")
public class SocketioComponent extends DefaultComponent {
  @Metadata private SocketioConfiguration configuration = new SocketioConfiguration();

  private final StoredEvents stored = new StoredEvents();
  private volatile SocketioServer server;
  private Subscriptions subscriptions;
  private ExecutorService handling;
  private ScheduledExecutorService recovering;
  private ServerFigures figures;

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    if (remaining.isBlank()) {
      throw new IllegalArgumentException("The event is missing, as in socketio:newMessage");
    }
    SocketioEndpoint endpoint = new SocketioEndpoint(uri, this, remaining);
    setProperties(endpoint, parameters);
    return endpoint;
  }

  /** The namespace of this name on the running server, which starts if it does not run yet. */
  synchronized SocketIONamespace namespace(String name) {
    return server().namespace(name);
  }

  /** What clients emit to the running server, which starts if it does not run yet. */
  synchronized ClientEvents events() {
    return server().events();
  }

  /** Begins with no more events that clients emit, and waits a while for those that were begun. */
  public void holdEvents() throws InterruptedException {
    SocketioServer running = server;
    if (running != null) {
      running.events().gate().hold();
    }
  }

  /** Goes on with them. */
  public void releaseEvents() {
    SocketioServer running = server;
    if (running != null) {
      running.events().gate().release();
    }
  }

  /** Has the clients leave one by one, within so many milliseconds, before the component stops. */
  public void drain(long millis) throws InterruptedException {
    SocketioServer running = server;
    if (running != null && millis > 0) {
      running.drain(millis);
    }
  }

  /** A client by its session, or null when it is gone. */
  synchronized Session session(String id) {
    return server == null ? null : server.session(id);
  }

  /** The clients that connected with this name; nobody has one where there is no log. */
  synchronized Collection<Session> sessionsOf(String name) {
    return server == null ? List.of() : server.sessionsIn(name);
  }

  /** Whether anybody is connected with this name. */
  public boolean isHere(String name) {
    return !sessionsOf(name).isEmpty();
  }

  /** How many clients get the events of a log. */
  synchronized int subscribers() {
    return subscriptions == null ? 0 : subscriptions.size();
  }

  /** Sends no event of a log from memory any more that was pushed before. */
  public synchronized void forgetEvents() {
    if (subscriptions != null) {
      subscriptions.forget();
    }
  }

  private SocketioServer server() {
    if (server == null) {
      SocketioServer starting = new SocketioServer(configuration);
      handling =
          getCamelContext()
              .getExecutorServiceManager()
              .newFixedThreadPool(this, "SocketioEvents", configuration.getWorkers());
      starting.events().handleIn(handling, configuration.getWorkers());
      starting.start();
      server = starting;
      figures = ServerFigures.of(getCamelContext(), server);
    }
    return server;
  }

  /**
   * Lets clients get the events of an endpoint's log. When the endpoint is replaced, where the log
   * is and who gets its events stays.
   */
  synchronized Subscriptions serve(SocketioEndpoint endpoint) throws Exception {
    EventLog log = endpoint.getConfiguration().getLog();
    if (subscriptions == null) {
      ExecutorServiceManager threads = getCamelContext().getExecutorServiceManager();
      recovering =
          threads.newScheduledThreadPool(this, "SocketioRecovery", configuration.getRecoveries());
      subscriptions = server().subscribe(log, stored, recovering);
      figures.add(subscriptions.counts());
    }
    stored.readFrom(getCamelContext().createProducerTemplate(), endpoint);
    server().serve(subscriptions, new Recipients(endpoint.getConfiguration().getRecipients()));
    return subscriptions;
  }

  /** Who takes connections over from another server; nobody while the server does not run. */
  public Optional<SocketioAcceptor> acceptor() {
    return Optional.ofNullable(server);
  }

  /** How many clients are connected now, in all namespaces. */
  @ManagedAttribute(description = "Clients that are connected now, in all namespaces")
  public synchronized int getConnectedClients() {
    return server == null ? 0 : server.connectedClients();
  }

  @ManagedAttribute(description = "Clients that get the events of a log")
  public int getSubscribers() {
    return subscribers();
  }

  @ManagedAttribute(description = "Handshakes that were refused since the start")
  public synchronized long getRefusedHandshakes() {
    return server == null ? 0 : server.refusedHandshakes();
  }

  @ManagedAttribute(
      description = "Clients that were closed since the start, as they did not keep up")
  public synchronized long getSlowClientsClosed() {
    return server == null ? 0 : server.slowClients().closed();
  }

  @Override
  protected synchronized void doStop() throws Exception {
    if (server != null) {
      figures.close();
      server.stop();
      getCamelContext().getExecutorServiceManager().shutdownNow(handling);
      server = null;
    }
    if (subscriptions != null) {
      getCamelContext().getExecutorServiceManager().shutdownNow(recovering);
      subscriptions = null;
    }
    super.doStop();
  }

  public SocketioConfiguration getConfiguration() {
    return configuration;
  }

  /** The server's options. */
  public void setConfiguration(SocketioConfiguration configuration) {
    this.configuration = configuration;
  }
}
