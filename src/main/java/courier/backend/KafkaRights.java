package courier.backend;

import courier.config.StartupException;
import courier.kafka.Kafka;
import courier.kafka.Rights;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.util.URISupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the routes are going to do with Kafka, and whether its ACLs let them. */
public final class KafkaRights {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaRights.class);
  private static final String KAFKA = "kafka:";

  private final Set<String> read = new TreeSet<>();
  private final Set<String> written = new TreeSet<>();
  private final Set<String> joined = new TreeSet<>();

  /**
   * @param context in which the routes are, but do not run yet
   */
  public KafkaRights(CamelContext context) throws URISyntaxException {
    for (RouteDefinition route :
        context.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinitions()) {
      if (!isToRun(context, route)) {
        continue;
      }
      for (String input : kafka(context, route.getEndpointUrl())) {
        read(input);
      }
      for (ToDefinition to :
          ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ToDefinition.class)) {
        kafka(context, to.getEndpointUri()).forEach(output -> written.addAll(topics(output)));
      }
    }
  }

  /** Camel leaves out those whose precondition is not met, when it adds the others. */
  private static boolean isToRun(CamelContext context, RouteDefinition route) {
    String precondition = route.getPrecondition();
    return precondition == null
        || context
            .resolveLanguage("simple")
            .createPredicate(context.resolvePropertyPlaceholders(precondition))
            .matches(new DefaultExchange(context));
  }

  private static List<String> kafka(CamelContext context, String uri) {
    if (uri == null || !uri.startsWith(KAFKA)) {
      return List.of();
    }
    try {
      return List.of(context.resolvePropertyPlaceholders(uri));
    } catch (IllegalArgumentException e) {
      return List.of(); // which Camel refuses too, and knows where it is
    }
  }

  private void read(String uri) throws URISyntaxException {
    Map<String, Object> parameters = URISupport.parseQuery(URISupport.extractQuery(uri));
    if (!Boolean.parseBoolean(String.valueOf(parameters.get("topicIsPattern")))) {
      read.addAll(topics(uri));
    }
    if (parameters.get("groupId") != null) {
      joined.add(parameters.get("groupId").toString());
    }
  }

  private static List<String> topics(String uri) {
    String names = URISupport.stripQuery(uri).substring(KAFKA.length()).replaceFirst("^/+", "");
    return List.of(names.split(","));
  }

  /**
   * @param topics that are written to for sure, as a route may write to others than it names
   * @throws StartupException that names each right that is missing
   */
  public void require(Kafka kafka, Set<String> topics) throws InterruptedException {
    written.retainAll(topics);
    Rights rights = new Rights(kafka);
    try {
      rights.read(read);
      rights.write(written);
      rights.join(joined);
    } catch (ExecutionException e) {
      LOG.debug("Kafka does not say what it allows", e); // the routes will see
    }
    List<String> missing = rights.missing();
    if (!missing.isEmpty()) {
      throw new StartupException(
          "Kafka's ACLs do not let Courier's user %s: allow that, or change the user in kafka.client.sasl.jaas.config."
              .formatted(String.join(", ", missing)));
    }
  }
}
