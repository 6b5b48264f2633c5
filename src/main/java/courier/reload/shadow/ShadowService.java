package courier.reload.shadow;

import courier.failure.Reason;
import courier.reload.JavaRoutes;
import courier.reload.Origin;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.BeanRepository;
import org.apache.camel.spi.ComponentResolver;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.support.PluginHelper;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.Uuid;

/** The routes of a service, running in nobody's world. */
final class ShadowService implements AutoCloseable {
  private static final String KAFKA = "kafka:";

  private final DefaultCamelContext context;
  private final Effects effects = new Effects();
  private final Outside outside;

  /**
   * @param texts of its route files
   * @param beans that they find beside their own
   */
  ShadowService(Map<Path, String> texts, Properties properties, List<BeanRepository> beans)
      throws Exception {
    context = new DefaultCamelContext(new DefaultRegistry(beans.toArray(BeanRepository[]::new)));
    Properties own = new Properties();
    own.putAll(properties);
    own.setProperty("retry.delay", "1"); // nobody waits for what may pass
    context.getPropertiesComponent().setInitialProperties(own);
    context.getCamelContextExtension().setName("shadow");
    context.disableJMX();
    context.setAutowiredEnabled(false); // which knows the components that are stood in for
    ComponentResolver inside = PluginHelper.getComponentResolver(context);
    outside = new Outside(inside, effects);
    context.getCamelContextExtension().addContextPlugin(ComponentResolver.class, outside);
    context.build();
    JavaRoutes.install(context);
    List<Resource> files =
        new TreeMap<>(texts)
            .entrySet().stream() // in their order, as beans name those of files before
                .map(file -> Origin.resource(file.getKey(), file.getValue()))
                .toList();
    PluginHelper.getRoutesLoader(context).loadRoutes(files);
    context.start();
  }

  /** The topics that it reads. */
  Set<String> topics() {
    return outside.beginnings().stream()
        .filter(uri -> uri.startsWith(KAFKA))
        .map(uri -> uri.substring(KAFKA.length()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The file of each route, by how the route begins, such as {@code direct:store-message}. */
  Map<String, Path> files() {
    Map<String, Path> files = new HashMap<>();
    for (RouteDefinition route : context.getRouteDefinitions()) {
      String uri = context.resolvePropertyPlaceholders(route.getInput().getEndpointUri());
      files.put(uri.split("\\?", 2)[0], Origin.of(route));
    }
    return files;
  }

  /** What becomes of a record, in the order in which it would. */
  List<String> effects(ConsumerRecord<byte[], byte[]> record, Uuid topicId) {
    Outside.Beginning begin = outside.route(KAFKA + record.topic());
    Exchange exchange = ShadowRecord.exchange(context, record, topicId, effects);
    if (begin.batching()) {
      exchange = ShadowRecord.batch(context, exchange);
    }
    try {
      begin.route().process(exchange);
    } catch (Exception e) {
      exchange.setException(e);
    }
    if (exchange.getException() != null) {
      effects.add("comes again: " + Reason.of(exchange.getException()));
    }
    return effects.take();
  }

  @Override
  public void close() {
    context.stop();
  }
}
