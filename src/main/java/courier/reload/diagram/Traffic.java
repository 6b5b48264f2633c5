package courier.reload.diagram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.stream.Collectors;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ManagementAgent;

/** What Camel counts of routes and steps, as it is in the JMX console. */
final class Traffic {
  private static final Map<String, String> FIGURES =
      Map.of(
          "ExchangesTotal", "total",
          "ExchangesFailed", "failed",
          "ExchangesInflight", "inflight",
          "MeanProcessingTime", "mean");

  private static final String COUNTS = "StatisticsEnabled";

  private final MBeanServer server;
  private final Map<String, ObjectName> routes;
  private final Map<String, ObjectName> steps;

  Traffic(CamelContext context) {
    ManagementAgent agent = context.getManagementStrategy().getManagementAgent();
    server = agent == null ? null : agent.getMBeanServer();
    routes = names(context, agent, "routes");
    steps = names(context, agent, "processors");
  }

  /** By id, in one question: to ask for each would search all routes each time. */
  private Map<String, ObjectName> names(CamelContext context, ManagementAgent agent, String type) {
    if (server == null) {
      return Map.of();
    }
    try {
      ObjectName all =
          new ObjectName(
              "%s:context=%s,type=%s,*"
                  .formatted(agent.getMBeanObjectDomainName(), context.getManagementName(), type));
      return server.queryNames(all, null).stream()
          .collect(
              Collectors.toMap(
                  name -> ObjectName.unquote(name.getKeyProperty("name")),
                  name -> name,
                  (one, other) -> one));
    } catch (JMException e) {
      throw new IllegalStateException(e);
    }
  }

  void ofRoute(String id, ObjectNode drawn) {
    add(routes.get(id), drawn);
  }

  void ofStep(String id, ObjectNode drawn) {
    add(steps.get(id), drawn);
  }

  /** Whether what goes through a step is counted from now on. */
  void count(String id, boolean counts) {
    ObjectName step = steps.get(id);
    if (step == null) {
      return;
    }
    try {
      server.setAttribute(step, new Attribute(COUNTS, counts));
    } catch (JMException e) {
      // It was stopped meanwhile.
    }
  }

  private void add(ObjectName counted, ObjectNode drawn) {
    if (counted == null) {
      return;
    }
    try {
      if (!Boolean.TRUE.equals(server.getAttribute(counted, COUNTS))) {
        return;
      }
      for (Attribute figure :
          server.getAttributes(counted, FIGURES.keySet().toArray(String[]::new)).asList()) {
        long value = ((Number) figure.getValue()).longValue();
        if (value >= 0) { // no mean of none
          drawn.put(FIGURES.get(figure.getName()), value);
        }
      }
    } catch (JMException e) {
      // It was stopped meanwhile, and has no figures.
    }
  }
}
