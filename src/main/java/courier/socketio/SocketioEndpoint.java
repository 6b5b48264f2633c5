package courier.socketio;

import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIONamespace;
import courier.feed.Subscriptions;
import courier.metrics.Figure;
import courier.metrics.Figures;
import java.util.Collection;
import java.util.concurrent.atomic.LongAdder;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/** Send events to connected Socket.IO clients, and receive those that they emit. */
@ManagedResource(description = "Managed Socket.IO endpoint")
@UriEndpoint(
    firstVersion = "4.18.0",
    scheme = "socketio",
    title = "Socket.IO",
    syntax = "socketio:event",
    category = {Category.HTTP, Category.MESSAGING},
    headersClass = SocketioConstants.class)
public class SocketioEndpoint extends DefaultEndpoint {
  @UriPath(
      description =
          "Name of the event. A consumer of connect gets what a client says when it has connected to"
              + " the namespace (auth).")
  @Metadata(required = true)
  private final String event;

  @UriParam(defaultValue = "/", description = "Namespace whose clients get, or emit, the event.")
  private String namespace = "/";

  @UriParam(
      label = "producer",
      description = "Only clients in this room of the namespace get the event.")
  private String room;

  @UriParam(
      label = "producer",
      description =
          "An Iterable body is one event for each element, in order, instead of one event with an"
              + " array.")
  private boolean useIterator;

  @UriParam(
      description =
          "The body is the list of all arguments of the event, or of its acknowledgement, instead of"
              + " the first one alone.")
  private boolean allArguments;

  @UriParam(
      description =
          "An argument is JSON text, letter for letter, instead of what Jackson makes of it: a Map, a"
              + " List, a String, a Number, a Boolean, and bytes where there is an attachment.")
  private boolean json;

  @UriParam private EventLogConfiguration configuration = new EventLogConfiguration();

  private final LongAdder eventsSent = new LongAdder();
  private SocketIONamespace clients;
  private Figures figures;
  private Subscriptions subscriptions;

  SocketioEndpoint(String uri, SocketioComponent component, String event) {
    super(uri, component);
    this.event = event;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    if (configuration.getLog() != null) {
      subscriptions = getComponent().serve(this);
    }
    clients = getComponent().namespace(namespace);
    figures = Figures.of(getCamelContext());
  }

  @Override
  public Producer createProducer() {
    Figures.of(getCamelContext()).expect(Figure.PUSHED, "event", event);
    return new SocketioProducer(this);
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    SocketioConsumer consumer = new SocketioConsumer(this, processor);
    configureConsumer(consumer);
    return consumer;
  }

  void take(SocketioConsumer consumer) {
    getComponent().events().take(namespaceName(), event, consumer);
  }

  void leave(SocketioConsumer consumer) {
    getComponent().events().leave(namespaceName(), event, consumer);
  }

  EventArguments arguments() {
    return new EventArguments(allArguments, json);
  }

  @Override
  public SocketioComponent getComponent() {
    return (SocketioComponent) super.getComponent();
  }

  /** The clients that get an event now. */
  Collection<SocketIOClient> receivers() {
    return room == null ? clients.getAllClients() : clients.getRoomOperations(room).getClients();
  }

  /** The namespace as the server has it; empty is the default one. */
  String namespaceName() {
    return clients.getName();
  }

  /** Who gets the events of the log, or null when there is none. */
  Subscriptions subscriptions() {
    return subscriptions;
  }

  void sent(int events) {
    eventsSent.add(events);
    figures.count(Figure.PUSHED, events, "event", event);
  }

  @ManagedAttribute(description = "Connected clients that an event would reach now")
  public int getConnectedClients() {
    return clients == null ? 0 : receivers().size();
  }

  @ManagedAttribute(description = "Events sent to at least one client since the endpoint started")
  public long getEventsSent() {
    return eventsSent.sum();
  }

  @ManagedAttribute(description = "Name of the event")
  public String getEvent() {
    return event;
  }

  @ManagedAttribute(description = "Namespace whose clients get the event")
  public String getNamespace() {
    return namespace;
  }

  public void setNamespace(String namespace) {
    this.namespace = namespace;
  }

  @ManagedAttribute(description = "Room whose clients get the event")
  public String getRoom() {
    return room;
  }

  public void setRoom(String room) {
    this.room = room;
  }

  public boolean isUseIterator() {
    return useIterator;
  }

  public void setUseIterator(boolean useIterator) {
    this.useIterator = useIterator;
  }

  public boolean isAllArguments() {
    return allArguments;
  }

  public void setAllArguments(boolean allArguments) {
    this.allArguments = allArguments;
  }

  public boolean isJson() {
    return json;
  }

  public void setJson(boolean json) {
    this.json = json;
  }

  public EventLogConfiguration getConfiguration() {
    return configuration;
  }

  /** The options of events that come from a log. */
  public void setConfiguration(EventLogConfiguration configuration) {
    this.configuration = configuration;
  }
}
