package courier.identity;

import courier.http.content.Representation;
import courier.identity.token.Identity;
import courier.identity.token.Role;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpComponent;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpEngine;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code platform-http:} with one more parameter: {@code role}, the least that who asks has to be
 * ({@link Role}; {@code client} if it is not said). One handler asks it of every request, before
 * its route begins. Whatever has a GET has a HEAD, and its answers have the form that is asked for
 * ({@link Representation}).
 */
public final class RolesComponent extends PlatformHttpComponent {
  private static final Logger LOG = LoggerFactory.getLogger(RolesComponent.class);
  private static final String ROLE = "role";
  private static final String METHODS = "httpMethodRestrict";

  private final boolean asks;
  private final Function<Object, byte[]> json;

  /**
   * @param asks whether people are asked who they are
   * @param json makes JSON of an answer that is a value, as a document
   */
  public RolesComponent(boolean asks, Function<Object, byte[]> json) {
    this.asks = asks;
    this.json = json;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    Role role = role(getAndRemoveParameter(parameters, ROLE, String.class, Role.CLIENT.toString()));
    parameters.computeIfPresent(METHODS, (name, methods) -> withHead(methods.toString()));
    Endpoint endpoint = super.createEndpoint(uri, remaining, parameters);
    Engine engine = new Engine(role);
    engine.setCamelContext(getCamelContext());
    ((PlatformHttpEndpoint) endpoint).setPlatformHttpEngine(engine);
    return endpoint;
  }

  private static String withHead(String methods) {
    List<String> all = List.of(methods.split("\\s*,\\s*"));
    return all.contains("GET") && !all.contains("HEAD") ? methods + ",HEAD" : methods;
  }

  private static Role role(String name) {
    return Role.named(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "role is \"%s\": give %s"
                        .formatted(
                            name,
                            Stream.of(Role.values())
                                .map(Role::toString)
                                .collect(Collectors.joining(", ")))));
  }

  /** Has consumers of an endpoint ask for its role, and tell their routes who came. */
  private final class Engine extends VertxPlatformHttpEngine {
    private final Role role;
    private final Map<HttpServerRequest, Identity> asking =
        Collections.synchronizedMap(new WeakHashMap<>());

    Engine(Role role) {
      this.role = role;
      if (asks) {
        setHandlers(List.of(this::require));
      }
    }

    private void require(RoutingContext context) {
      if (TokenHandler.isFor(role, context)) {
        asking.put(context.request(), TokenHandler.identity(context));
        context.next();
      }
    }

    @Override
    public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor route) {
      return super.createConsumer(
          endpoint,
          new DelegateAsyncProcessor(route) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
              Representation asked = Representation.of(exchange, asks);
              if (asks) {
                Access.introduce(exchange, asking.remove(asked.request()));
              }
              return super.process(
                  exchange,
                  atOnce -> {
                    fit(exchange, asked);
                    callback.done(atOnce);
                  });
            }
          });
    }
  }

  private void fit(Exchange exchange, Representation asked) {
    try {
      asked.fit(exchange, json);
    } catch (IllegalArgumentException e) {
      // Camel cannot write it either, and answers with 500.
      LOG.error("The answer to {} is no JSON: {}", asked.request().path(), e.getMessage());
    }
  }
}
