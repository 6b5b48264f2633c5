package courier.reload.shadow;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.ComponentResolver;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/**
 * Stands in for all components by which routes meet the world: what is sent there is written down
 * and goes no further, and nothing comes from there by itself.
 */
final class Outside implements ComponentResolver {
  /** These reach nothing beyond the routes. */
  private static final Set<String> INSIDE =
      Set.of("direct", "log", "bean", "class", "language", "validator", "dataformat", "ref");

  private final ComponentResolver inside;
  private final Effects effects;
  private final Map<String, Beginning> routes = new ConcurrentHashMap<>();

  /**
   * Of a route.
   *
   * @param batching whether it gets lists of records
   */
  record Beginning(AsyncProcessor route, boolean batching) {}

  /**
   * @param inside knows those that reach nothing
   */
  Outside(ComponentResolver inside, Effects effects) {
    this.inside = inside;
    this.effects = effects;
  }

  /** What begins so. */
  Set<String> beginnings() {
    return Set.copyOf(routes.keySet());
  }

  /** The route that begins so, such as {@code kafka:client-messages}; null if none does. */
  Beginning route(String uri) {
    return routes.get(uri);
  }

  @Override
  public Component resolveComponent(String name, CamelContext context) throws Exception {
    return INSIDE.contains(name) ? inside.resolveComponent(name, context) : new StandIn(name);
  }

  private final class StandIn extends DefaultComponent {
    private final String scheme;

    StandIn(String scheme) {
      this.scheme = scheme;
      setAutowiredEnabled(false);
    }

    @Override
    protected Endpoint createEndpoint(String uri, String rest, Map<String, Object> parameters) {
      boolean batching = "true".equals(String.valueOf(parameters.get("batching")));
      parameters.clear();
      return new Place(uri, this, scheme + ":" + rest, batching);
    }
  }

  private final class Place extends DefaultEndpoint {
    private final String name;
    private final boolean batching;

    Place(String uri, Component component, String name, boolean batching) {
      super(uri, component);
      this.name = name;
      this.batching = batching;
    }

    @Override
    public boolean isLenientProperties() {
      return true;
    }

    @Override
    public Producer createProducer() {
      return new DefaultProducer(this) {
        @Override
        public void process(Exchange exchange) {
          effects.add(name, exchange.getMessage());
        }
      };
    }

    @Override
    public Consumer createConsumer(Processor processor) {
      DefaultConsumer consumer = new DefaultConsumer(this, processor);
      routes.put(name, new Beginning(consumer.getAsyncProcessor(), batching));
      return consumer;
    }
  }
}
